"""What each part of a text is, for everything that shows specs in colour."""

import re
from collections.abc import Iterator
from typing import Literal, cast

from evalc.base.record import record
from evalc.base.source import Span
from evalc.syntax.grammar import IN_BRACKETS, LineToken, Rows, line_parser, lines_of, word_pattern

Colour = (
    Literal["comment", "error", "field", "keyword", "level", "name", "number", "operator", "path", "pattern"]
    | Literal["prose", "punctuation", "qualifier", "slot", "text", "title", "value", "verb", "word"]
)
"""`field` is a field's name and `value` what stands behind its colon; `slot` is a `{{name}}`.

`level` is `must`, `should` and their `not`, `verb` the first word behind it, `word` any further one.
`error` is a line that fits nowhere, or the end of a line from where it cannot be read.
"""


@record
class Stroke:
    """A range in one colour, within one line; it begins and ends with a visible character."""

    colour: Colour
    span: Span


@record
class _Shape:
    """How a line is cut, and the colour of each group."""

    pattern: re.Pattern[str]
    colours: tuple[Colour, ...]


_HEADER = _Shape(re.compile(r"(\S+)[ \t]+([^\s:]+)[ \t]*(:?)(.*)"), ("keyword", "name", "punctuation", "title"))
_FIELD = _Shape(
    re.compile(rf"([^\s:(]+)[ \t]*(?:(\()({IN_BRACKETS})(\))[ \t]*)?(:)(.*)"),
    ("field", "punctuation", "qualifier", "punctuation", "punctuation", "value"),
)
_LET = _Shape(
    re.compile(r'(let)[ \t]+(?:([^\s:="]+)[ \t]*([=:])(.*)|(.*))'),
    ("keyword", "name", "punctuation", "value", "error"),
)
_SHAPES = {
    "FIELD": _FIELD,
    "HEAD": _HEADER,
    "LET": _LET,
    "LET_TEXT": _LET,
    "RETIRED": _Shape(
        re.compile(r"(retired)[ \t]+(?:([^\s:]+)[ \t]*(:)(.*)|(.*))"),
        ("keyword", "name", "punctuation", "title", "error"),
    ),
    "TEXT": _FIELD,
    "USE": _Shape(re.compile(r'(use)[ \t]+(?:("[^"\n]*")[ \t]*(?=\n)|(.*))'), ("keyword", "text", "error")),
}
_FILE = _Shape(re.compile(r'(file)[ \t]+("[^"\n]*")'), ("keyword", "text"))

_BAR = re.compile(r"(?<!\\)\|")
_BLANK = re.compile(r"[ \t]*")
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_SLOT = re.compile(r"\{\{[A-Za-z0-9][A-Za-z0-9_.-]*\}\}")
_LINE = re.compile(r"[^\n]+")

# Where a slot is filled, and so stands out.
_FILLED = frozenset({"pattern", "prose", "text", "title", "value"})
_WORDS: dict[str, Colour] = {
    "COMMA": "punctuation",
    "NUMBER": "number",
    "OPERATOR": "operator",
    "PATH": "path",
    "PATTERN": "pattern",
    "TEXT": "text",
}


def paint(text: str) -> tuple[Stroke, ...]:
    """The strokes of a text in order, as the grammar reads it, whatever the text."""
    ended = text if text.endswith("\n") else text + "\n"
    return tuple(_strokes(ended, cast(Rows, line_parser().parse(ended))))


def _strokes(text: str, rows: Rows) -> Iterator[Stroke]:
    at = 0
    for row in _lines(text, rows):
        yield from _between(text, at, row.start_pos)
        yield from _line(text, row)
        at = row.end_pos
    yield from _between(text, at, len(text))


def _lines(text: str, rows: Rows) -> Iterator[LineToken]:
    for row in rows:
        if isinstance(row, list):
            yield from _lines(text, row)
        else:
            yield from lines_of(text, row)


def _between(text: str, start: int, end: int) -> Iterator[Stroke]:
    """What the grammar ignores: comments, and lines that fit nowhere."""
    for line in _LINE.finditer(text, start, end):
        yield from _whole("comment" if line[0].lstrip().startswith("#") else "error", text, line.span())


def _line(text: str, row: LineToken) -> Iterator[Stroke]:
    kind, first = row.type.removeprefix("SUB"), _after_blank(text, row.start_pos)
    if kind in {"CHECK", "PASS"}:
        yield from _words(text, first)
        return
    shape = _SHAPES[kind]
    cut = shape.pattern.match(text, first)
    assert cut is not None
    yield from _cut(text, cut, shape.colours)
    is_table = row.type == "TEXT" and cut[1] == "each"
    for line in _LINE.finditer(text, cut.end(), row.end_pos):
        yield from _row(text, line.span()) if is_table else _whole("prose", text, line.span())


def _cut(text: str, cut: re.Match[str], colours: tuple[Colour, ...]) -> Iterator[Stroke]:
    for group, colour in enumerate(colours, start=1):
        if cut[group]:
            yield from _value(text, cut.span(group)) if colour == "value" else _whole(colour, text, cut.span(group))


def _value(text: str, span: tuple[int, int]) -> Iterator[Stroke]:
    """What stands behind a colon: a file, a text in quotes, or words."""
    start, end = _after_blank(text, span[0]), span[0] + len(text[slice(*span)].rstrip())
    file = _FILE.pattern.fullmatch(text, start, end)
    if file:
        yield from _cut(text, file, _FILE.colours)
    else:
        yield from _whole("text" if _QUOTED.fullmatch(text, start, end) else "value", text, span)


def _row(text: str, span: tuple[int, int]) -> Iterator[Stroke]:
    """A line of a table, cut at its bars."""
    at = span[0]
    for bar in _BAR.finditer(text, *span):
        yield from _whole("prose", text, (at, bar.start()))
        yield from _whole("punctuation", text, bar.span())
        at = bar.end()
    yield from _whole("prose", text, (at, span[1]))


def _words(text: str, at: int) -> Iterator[Stroke]:
    """A check or a rule, word by word."""
    end = text.index("\n", at)
    painted: list[Colour] = []
    is_rule = text.startswith("pass", at)
    while (at := _after_blank(text, at)) < end:
        word = word_pattern().match(text, at, end)
        if not word:
            yield from _whole("error", text, (at, end))
            return
        colour = _WORDS.get(str(word.lastgroup)) or _name(word[0], painted, is_rule)
        painted.append(colour)
        yield from _whole(colour, text, word.span())
        at = word.end()


def _name(name: str, painted: list[Colour], is_rule: bool) -> Colour:
    """The colour of a name in a check or a rule, which depends on what stands before it."""
    if is_rule:
        return "keyword" if name in {"pass", "when", "and"} else "word"
    if not painted or (painted == ["level"] and name == "not"):
        return "level"
    if name == "as":
        return "keyword"
    if painted[-1] == "keyword":
        return "name"
    return "verb" if painted[-1] == "level" else "word"


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _whole(colour: Colour, text: str, span: tuple[int, int]) -> Iterator[Stroke]:
    """A range in one colour, with the slots in it in theirs."""
    at = span[0]
    for slot in _SLOT.finditer(text, *span) if colour in _FILLED else ():
        yield from _visible(colour, text, (at, slot.start()))
        yield Stroke("slot", Span(*slot.span()))
        at = slot.end()
    yield from _visible(colour, text, (at, span[1]))


def _visible(colour: Colour, text: str, span: tuple[int, int]) -> Iterator[Stroke]:
    """A range without the white space at its ends; nothing where it is all white space."""
    written = text[slice(*span)]
    if written.strip():
        start = span[0] + len(written) - len(written.lstrip())
        yield Stroke(colour, Span(start, start + len(written.strip())))
