"""The colours of a document, by the real lexer."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lsprotocol import types

from evalc.base.record import record
from evalc.base.source import Source
from evalc.lsp.convert import Ruler
from evalc.lsp.view import View
from evalc.syntax.colours import Colour, paint

_KINDS: dict[Colour, str] = {
    "comment": "comment",
    "field": "property",
    "keyword": "keyword",
    "level": "keyword",
    "name": "class",
    "number": "number",
    "operator": "operator",
    "path": "property",
    "pattern": "regexp",
    "qualifier": "parameter",
    "slot": "variable",
    "text": "string",
    "verb": "function",
    "word": "keyword",
}
_NAMES = sorted(set(_KINDS.values()))
# What is below the left margin depends on nothing above the header that it belongs to.
_HEADER = re.compile(r"^(?:case|eval|rubric|vendor)[ \t]+[^\s:(\"=|][^\s:]*[ \t]*(?::[^\n]*)?$", re.MULTILINE)

LEGEND = types.SemanticTokensLegend(token_types=_NAMES, token_modifiers=[])


@record
class Part:
    """The tokens of a part of a document, the first counted from its first line, and how far it goes."""

    numbers: tuple[int, ...]
    last_line: int
    lines: int


def tokens(view: View) -> types.SemanticTokens:
    """The coloured parts of a document; titles, prose and values keep the colour that text has."""
    numbers: list[int] = []
    start, line = 0, 0
    for text in _parts(view.source.text):
        part = tokens_of_part(text, view.encoding)
        if part.numbers:
            numbers.append(start + part.numbers[0] - line)
            numbers += part.numbers[1:]
            line = start + part.last_line
        start += part.lines
    return types.SemanticTokens(numbers)


def _parts(text: str) -> Iterator[str]:
    """A text cut in front of its headers: what is typed in one case changes the colours of no other."""
    start = 0
    for header in _HEADER.finditer(text):
        if header.start() > start:
            yield text[start : header.start()]
            start = header.start()
    yield text[start:]


@lru_cache(maxsize=8192)
def tokens_of_part(text: str, encoding: str) -> Part:
    """The tokens of a text that begins with a header, or with a whole document; remembered by the text."""
    ruler = Ruler(Source("", text), encoding)
    numbers: list[int] = []
    line, column = 0, 0
    for stroke in paint(text):
        kind = _KINDS.get(stroke.colour)
        if kind is None:
            continue
        at = ruler.position(stroke.span.start)
        if at.line != line:
            column = 0
        numbers += [at.line - line, at.character - column, ruler.length(stroke.span), _NAMES.index(kind), 0]
        line, column = at.line, at.character
    return Part(tuple(numbers), line, text.count("\n"))
