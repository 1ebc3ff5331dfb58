"""Source texts and places in them."""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from evalc.base.record import record


@record
class Span:
    """A half-open range [start, end) of code points in one source."""

    start: int
    end: int


@dataclass(frozen=True)
class Source:
    """A text with the name that messages show, usually a path relative to the catalog's root, with `/`."""

    name: str
    text: str

    @cached_property
    def _line_starts(self) -> list[int]:
        lengths = map(len, self.text.split("\n"))
        return list(accumulate(map((1).__add__, lengths), initial=0))[:-1]

    def line_of(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return bisect_right(self._line_starts, offset)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both counted from 1, the column in code points."""
        line = self.line_of(offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_start(self, line: int) -> int:
        """The offset at which a line counted from 1 begins."""
        return self._line_starts[line - 1]

    def line_text(self, line: int) -> str:
        """The text of a line counted from 1, without its line break."""
        start = self.line_start(line)
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    @property
    def line_count(self) -> int:
        """How many lines there are; a text that ends in a line break has an empty last one."""
        return len(self._line_starts)
