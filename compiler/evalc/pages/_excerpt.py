"""The beginnings of long texts."""

import re
from dataclasses import dataclass

LONGEST_SHOWN = 20_000
"""How many characters of an answer a page holds; the whole of a longer one lies in a file beside it."""


# A break between two lines of a paragraph: the next line is not blank, indented, a point, a heading, a quote or a row.
_WRAP = re.compile(r"(?<=\S)[ \t]*\n(?=(?![-*+\u2022#>|`~]|\d+[.)]\s)\S)")

_LOOSE_END = " ,;:-\u2013\u2014"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text, or its beginning where it `is_cut`."""

    text: str
    is_cut: bool


def cut_words(text: str, limit: int) -> Excerpt:
    """The first words of a text on one line, within `limit` characters; only a word that is longer is cut itself."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return Excerpt(line, is_cut=False)
    end = line.rfind(" ", 0, limit + 1)
    return Excerpt(line[: end if end > 0 else limit].rstrip(_LOOSE_END), is_cut=True)


def cut_lines(text: str, limit: int = LONGEST_SHOWN) -> Excerpt:
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
