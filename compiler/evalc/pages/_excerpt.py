"""The beginnings of long texts."""

import re
from dataclasses import dataclass

LONGEST_OPEN = 2_000
"""How many characters of an answer stand open on a page; what follows them is folded."""

LONGEST_SHOWN = 20_000
"""How many characters of an answer a page holds; the rest of a longer one lies only in the file beside it."""


# A break between two lines of a paragraph: the next line is not blank, indented, a point, a heading, a quote or a row.
_WRAP = re.compile(r"(?<=\S)[ \t]*\n(?=(?![-*+\u2022#>|`~]|\d+[.)]\s)\S)")

_BRIEF = 180

_LOOSE_END = " ,;:-\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text, or its beginning where it `is_cut`."""

    text: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """A text in the parts that a page shows: the open beginning, then what is folded; `is_cut` where more follows."""

    open: str
    folded: str
    is_cut: bool

    @property
    def is_long(self) -> bool:
        """Whether not all of the text stands open."""
        return bool(self.folded) or self.is_cut


def cut_words(text: str, limit: int) -> Excerpt:
    """The first words of a text on one line, within `limit` characters; only a word that is longer is cut itself."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return Excerpt(line, is_cut=False)
    end = line.rfind(" ", 0, limit + 1)
    return Excerpt(line[: end if end > 0 else limit].rstrip(_LOOSE_END), is_cut=True)


def brief(text: str) -> str:
    """A text on one line, short enough for a card of its own."""
    cut = cut_words(text, _BRIEF)
    return f"{cut.text} …" if cut.is_cut else cut.text


def split_text(text: str) -> Parts:
    """A text split at the ends of lines: at most `LONGEST_OPEN` characters open, and `LONGEST_SHOWN` in all."""
    start, shown = cut_lines(text, LONGEST_OPEN), cut_lines(text, LONGEST_SHOWN)
    return Parts(start.text, shown.text[len(start.text) :], shown.is_cut)


def cut_lines(text: str, limit: int) -> Excerpt:
    """The first lines of a text within `limit` characters; a single longer line is cut between words."""
    if len(text) <= limit:
        return Excerpt(text, is_cut=False)
    head = text[:limit]
    end = max(head.rfind("\n"), head.rfind(" ") if "\n" not in head else -1)
    return Excerpt(head[:end] if end > 0 else head, is_cut=True)


def reflow(text: str) -> str:
    """Prose with the line breaks that mean something: those around blank lines and before points, quotes and tables.

    Authors wrap their paragraphs at some width, which is not the width of a page.
    """
    return _WRAP.sub(" ", text)
