"""Rows: what `each` gives a case, wherever they were written."""

from collections.abc import Mapping, Sequence, Sized

from evalc.analysis.codes.rows import DUPLICATE_COLUMN, DUPLICATE_ROW, NO_ID_COLUMN, WRONG_COLUMN, WRONG_ROW_NAME
from evalc.analysis.reporting import Reporter
from evalc.analysis.values.names import as_name, is_name
from evalc.base.record import record
from evalc.base.source import Span

ID = "id"

ROWS_AT_MOST = 20_000
"""How many cases one case may stand for; as many take some 150 MB."""


@record
class Column:
    """A column's name and where it stands, in the source that holds the rows."""

    name: str
    span: Span


@record
class Row:
    """One row: its name, its cells by column, and where it stands in the source that holds the rows."""

    name: str
    cells: Mapping[str, str]
    span: Span


@record
class Rows:
    """The rows of a case. `reporter` speaks about the source that holds them."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    reporter: Reporter


def columns_are_sound(columns: Sequence[Column], reporter: Reporter) -> bool:
    """Whether no two columns share a name and one is `id`; what is wrong is reported."""
    seen: set[str] = set()
    sound = True
    for column in columns:
        if not 0 < len(column.name) <= 80 or "{" in column.name or "}" in column.name:
            reporter.add(WRONG_COLUMN, column.span, what=_shown(column.name))
            sound = False
        if column.name in seen:
            reporter.add(DUPLICATE_COLUMN, column.span, name=column.name)
            sound = False
        seen.add(column.name)
    if ID not in seen:
        near = next((column for column in columns if column.name.casefold() == ID), None)
        place = near or columns[0]
        meant = ID if near and _is_alone(near.name, near.span, reporter) else None
        reporter.add(NO_ID_COLUMN, place.span, near=meant)
        sound = False
    return sound


def keep_sound(rows: Sequence[Row], reporter: Reporter) -> tuple[Row, ...]:
    """The rows whose names are names, each once; what is wrong with the others is reported."""
    kept: dict[str, Row] = {}
    for row in rows:
        if not is_name(row.name):
            near = as_name(row.name) if _is_alone(row.name, row.span, reporter) else None
            reporter.add(WRONG_ROW_NAME, row.span, what=_shown(row.name), near=near)
        elif row.name in kept:
            line = reporter.source.line_of(kept[row.name].span.start)
            reporter.add(DUPLICATE_ROW, row.span, name=row.name, line=line)
        else:
            kept[row.name] = row
    return tuple(kept.values())


def in_row(cells: Mapping[str, str]) -> str:
    """Which row a finding is about, empty where there are none."""
    return f"in the row `{cells[ID]}`" if cells else ""


def count_cells(cells: Sized) -> str:
    """How many cells there are, in words."""
    return "1 cell" if len(cells) == 1 else f"{len(cells)} cells"


def _is_alone(text: str, span: Span, reporter: Reporter) -> bool:
    """Whether a place is that of a text alone, and not of the whole line that it stands in."""
    return reporter.source.text[span.start : span.end] == text


def _shown(cell: str) -> str:
    return f"`{cell[:80]}`" if cell else "an empty cell"
