"""Tables in a text: `| id | model |`, one line a row."""

import re
from collections.abc import Iterator
from itertools import pairwise

from evalc.analysis.codes.rows import EMPTY_ROWS, NO_TABLE, UNEVEN_ROW
from evalc.analysis.reporting import Reporter
from evalc.analysis.values.rows import ID, Column, Row, Rows, columns_are_sound, count_cells, keep_sound
from evalc.base.record import record
from evalc.base.source import Span
from evalc.syntax.tree import ProseDecl

_BAR = re.compile(r"(?<!\\)\|")


@record
class _Line:
    cells: tuple[tuple[str, Span], ...]
    span: Span


def read_table(prose: ProseDecl, reporter: Reporter) -> Rows | None:
    r"""The rows of a table, or None where its header is not sound; what is wrong is reported.

    `\|` in a cell is a `|`, every other backslash is text, and white space around a cell is not part of it.
    """
    lines = list(_lines(prose))
    for line in lines:
        if not line.cells:
            reporter.add(NO_TABLE, line.span)
            return None
    if len(lines) < 2:
        reporter.add(EMPTY_ROWS, prose.span)
        return None
    header, *body = lines
    columns = tuple(Column(text, span) for text, span in header.cells)
    if not columns_are_sound(columns, reporter):
        return None
    names = [column.name for column in columns]
    rows: list[Row] = []
    for line in body:
        if len(line.cells) == len(names):
            cells = dict(zip(names, (text for text, _ in line.cells), strict=True))
            rows.append(Row(cells[ID], cells, line.cells[names.index(ID)][1]))
        else:
            reporter.add(UNEVEN_ROW, line.span, count=count_cells(line.cells), wanted=count_cells(names))
    return Rows(columns, keep_sound(rows, reporter), reporter)


def _lines(prose: ProseDecl) -> Iterator[_Line]:
    for line, offset in zip(prose.text.split("\n"), prose.line_offsets, strict=True):
        text = line.strip()
        if text:
            start = offset + line.index(text)
            yield _Line(tuple(_cells(text, start)), Span(start, start + len(text)))


def _cells(line: str, offset: int) -> Iterator[tuple[str, Span]]:
    """The cells of a line, none where it does not begin and end with a bar."""
    bars = [bar.start() for bar in _BAR.finditer(line)]
    if len(bars) < 2 or bars[0] != 0 or bars[-1] != len(line) - 1:
        return
    for left, right in pairwise(bars):
        raw = line[left + 1 : right]
        text = raw.strip()
        start = offset + left + 1 + (raw.index(text) if text else 0)
        yield text.replace("\\|", "|"), Span(start, start + len(text))
