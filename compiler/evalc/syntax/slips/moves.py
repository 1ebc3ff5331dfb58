"""Lines that get another indentation, and the slips that these make."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from evalc.base.record import record
from evalc.syntax.codes.layout import TAB_INDENT, TEXT_NOT_INDENTED, WRONG_INDENT
from evalc.syntax.slips.slip import Cure, Slip, Swap

_TAB_WIDTH = 2


@record
class Line:
    """A line that is not blank, cut behind its indentation; its number counts such lines alone."""

    number: int
    start: int
    indent: str
    body: str

    @property
    def width(self) -> int:
        """The column that a reader sees, when a tab goes to the next even one."""
        return _width(self.indent) if "\t" in self.indent else len(self.indent)

    def cut(self, column: int) -> str:
        """What of the indentation lies beyond a column."""
        width = 0
        for at, space in enumerate(self.indent):
            if width >= column:
                return self.indent[at:]
            width += 1 if space == " " else _TAB_WIDTH - width % _TAB_WIDTH
        return ""


@record
class Move:
    """A line that gets another indentation: `what` stands there, in `wanted` it would be right."""

    line: Line
    indent: str
    sort: Literal["tab", "indent", "text"]
    what: str
    wanted: int


def slips_of(moves: Sequence[Move]) -> Iterator[Slip]:
    """One slip for all tabs, and one for each run of lines that stand wrong in the same way.

    The moves stand in the order of their lines; a line that stands right ends a run.
    """
    yield from _tabs([move for move in moves if move.sort == "tab"])
    yield from _runs([move for move in moves if move.sort != "tab"])


def _width(indent: str) -> int:
    width = 0
    for space in indent:
        width += 1 if space == " " else _TAB_WIDTH - width % _TAB_WIDTH
    return width


def _tabs(moves: Sequence[Move]) -> Iterator[Slip]:
    if moves:
        first = moves[0].line
        cure = Cure("indent by two spaces a level", _swaps(moves))
        start = first.start + first.indent.index("\t")
        yield Slip(TAB_INDENT, start, start + 1, "a level is two spaces", _more(moves), cure)


def _runs(moves: Sequence[Move]) -> Iterator[Slip]:
    numbered = enumerate(moves)
    for (_, sort), run in groupby(numbered, key=lambda pair: (pair[1].line.number - pair[0], pair[1].sort)):
        found = [move for _, move in run]
        first, last = found[0], found[-1]
        start = first.line.start + len(first.line.indent)
        column = first.line.width + 1
        if sort == "text":
            end = last.line.start + len(last.line.indent) + len(last.line.body)
            label = f"indent it by {first.wanted - first.line.width} spaces"
            cure = Cure("indent the text", _swaps(found), is_safe=False)
            values = {"column": column, "field": first.what}
            yield Slip(TEXT_NOT_INDENTED, start, end, label, cure=cure, values=values)
        else:
            end = first.line.start + len(first.line.indent) + len(first.line.body)
            wanted = f"column {first.wanted + 1}"
            cure = Cure(f"move it to {wanted}", _swaps(found))
            values = {"what": first.what, "column": column, "wanted": first.wanted + 1}
            yield Slip(WRONG_INDENT, start, end, f"{wanted} fits", _more(found), cure, values)


def _swaps(moves: Sequence[Move]) -> tuple[Swap, ...]:
    return tuple(_swap(move.line, move.indent) for move in moves)


def _swap(line: Line, indent: str) -> Swap:
    """The least that turns a line's indentation into another one, so that what stays keeps its place."""
    kept = 0
    while kept < min(len(indent), len(line.indent)) and indent[-kept - 1] == line.indent[-kept - 1]:
        kept += 1
    return Swap(line.start, line.start + len(line.indent) - kept, indent[: len(indent) - kept])


def _more(moves: Sequence[Move]) -> str:
    count = len(moves) - 1
    if count == 0:
        return ""
    return f"{count} more lines stand wrong likewise" if count > 1 else "one more line stands wrong likewise"
