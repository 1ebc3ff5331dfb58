"""Colours as a drawing: each line of a text with one sign below each character."""

from collections.abc import Iterable

from evalc.syntax.colours import Colour, paint

SIGNS: dict[Colour, str] = {
    "comment": "#",
    "error": "!",
    "field": "f",
    "keyword": "k",
    "level": "l",
    "name": "n",
    "number": "9",
    "operator": "=",
    "path": "$",
    "pattern": "/",
    "prose": "~",
    "punctuation": ".",
    "qualifier": "q",
    "slot": "{",
    "text": '"',
    "title": "t",
    "value": "v",
    "verb": "b",
    "word": "w",
}

Ranges = Iterable[tuple[Colour, int, int]]
"""Colours with the half-open range of code points that each has."""


def draw(text: str, ranges: Ranges) -> str:
    """The lines of a text that have a visible character, with the signs of their colours below each.

    White space has no sign, and what has no colour a `?`; where two ranges overlap the later one counts.
    """
    signs = [sign if sign.isspace() else "?" for sign in text]
    for colour, start, end in ranges:
        for at in range(start, end):
            if not text[at].isspace():
                signs[at] = SIGNS[colour]
    drawn, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            drawn += [line, "".join(signs[at : at + len(line)]).rstrip()]
        at += len(line) + 1
    return "\n".join([*drawn, ""])


def draw_truth(text: str) -> str:
    """The drawing that each engine has to give."""
    return draw(text, ((stroke.colour, stroke.span.start, stroke.span.end) for stroke in paint(text)))
