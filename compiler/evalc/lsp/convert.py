"""Places in a text as an editor counts them, and back."""

import re
from dataclasses import dataclass

from lsprotocol import types

from evalc.base.diagnostic import Edit
from evalc.base.source import Source, Span

_UNIT_BYTES = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_LINE_END = re.compile("\r\n?")


def read_text(text: str) -> str:
    """A document's text as specs are read: lines ended by line feeds, and a mark for half of a pair of surrogates.

    Neither changes the number of a line, nor how many units of UTF-16 stand before a place in it.
    """
    return _LINE_END.sub("\n", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))


@dataclass(frozen=True, slots=True)
class Ruler:
    """Counts in one source: offsets are code points of the whole text, positions are lines and units of an encoding.

    Places outside of the text are taken for the nearest one inside, for an editor may be a keystroke ahead.
    """

    source: Source
    encoding: str = "utf-16"

    def position(self, offset: int) -> types.Position:
        """The position of an offset."""
        offset = max(0, min(offset, len(self.source.text)))
        line, column = self.source.position(offset)
        before = self.source.text[offset - column + 1 : offset]
        return types.Position(line - 1, self._units(before))

    def offset(self, position: types.Position) -> int:
        """The offset of a position."""
        if position.line >= self.source.line_count:
            return len(self.source.text)
        line = max(position.line, 0) + 1
        column, units = 0, 0
        text = self.source.line_text(line)
        while column < len(text) and units < position.character:
            units += self._units(text[column])
            column += 1
        return self.source.line_start(line) + column

    def range(self, span: Span) -> types.Range:
        """The range of a span."""
        return types.Range(self.position(span.start), self.position(max(span.start, span.end)))

    def span(self, range: types.Range) -> Span:
        """The span of a range."""
        start = self.offset(range.start)
        return Span(start, max(start, self.offset(range.end)))

    def text_edit(self, edit: Edit) -> types.TextEdit:
        """An edit in the editor's terms."""
        return types.TextEdit(self.range(edit.span), edit.text)

    def length(self, span: Span) -> int:
        """How many units a span within one line has."""
        return self._units(self.source.text[span.start : span.end])

    def _units(self, text: str) -> int:
        if self.encoding == "utf-32" or text.isascii():
            return len(text)
        encoding = "utf-8" if self.encoding == "utf-8" else "utf-16-le"
        return len(text.encode(encoding, "replace")) // _UNIT_BYTES[self.encoding]
