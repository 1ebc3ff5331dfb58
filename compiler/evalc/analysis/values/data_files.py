"""Rows in files beside a spec: CSV and JSON Lines, every value as text."""

import csv
import re
from collections.abc import Iterator
from itertools import islice

from pydantic import JsonValue

from evalc.analysis.codes.files import WRONG_CSV, WRONG_JSON
from evalc.analysis.codes.rows import EMPTY_ROWS, ROW_KEYS, UNEVEN_ROW, WRONG_CELL
from evalc.analysis.reporting import Reporter
from evalc.analysis.values.rows import ID, ROWS_AT_MOST, Column, Row, Rows, columns_are_sound, count_cells, keep_sound
from evalc.analysis.values.strict_json import JsonMistake, read_json
from evalc.base.source import Source, Span

# A file may be large, and so its lines are not cut out before somebody wants them.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_FILLED = re.compile(r"[^\n]+")

Record = tuple[list[str], Span]


def read_csv(reporter: Reporter) -> Rows | None:
    """The rows of a CSV file with a header, as in RFC 4180; what is wrong is reported."""
    records: list[Record] = []
    try:
        # The header, and one row more than fits, so that it shows.
        records.extend(islice(_records(reporter.source), ROWS_AT_MOST + 2))
    except _CsvMistake as mistake:
        reporter.add(WRONG_CSV, mistake.span, path=reporter.source.name, reason=mistake.reason)
        return None
    if len(records) < 2:
        reporter.add(EMPTY_ROWS, Span(0, 0))
        return None
    (names, place), *body = records
    columns = tuple(Column(name.strip(), place) for name in names)
    if not columns_are_sound(columns, reporter):
        return None
    headers = [column.name for column in columns]
    rows: list[Row] = []
    for values, span in body:
        if len(values) == len(headers):
            cells = dict(zip(headers, values, strict=True))
            rows.append(Row(cells[ID], cells, span))
        else:
            reporter.add(UNEVEN_ROW, span, count=count_cells(values), wanted=count_cells(headers))
    return Rows(columns, keep_sound(rows, reporter), reporter)


def read_json_lines(reporter: Reporter) -> Rows | None:
    """The rows of a JSON Lines file, each an object with the keys of the first; what is wrong is reported."""
    columns: tuple[Column, ...] = ()
    rows: list[Row] = []
    for line, span in islice(_filled_lines(reporter.source), ROWS_AT_MOST + 1):
        cells = _read_object(line, span, reporter)
        if cells is None:
            continue
        if not columns:
            columns = tuple(Column(name, span) for name in cells)
            if not columns or not columns_are_sound(columns, reporter):
                return None
        if cells.keys() == {column.name for column in columns}:
            rows.append(Row(cells[ID], cells, span))
        else:
            odd = sorted(cells.keys() ^ {column.name for column in columns})
            reporter.add(ROW_KEYS, span, names=", ".join(f"`{name}`" for name in odd))
    if not columns:
        reporter.add(EMPTY_ROWS, Span(0, 0))
        return None
    return Rows(columns, keep_sound(rows, reporter), reporter)


class _CsvMistake(ValueError):
    def __init__(self, reason: str, span: Span) -> None:
        super().__init__(reason)
        self.reason = reason
        self.span = span


def _records(source: Source) -> Iterator[Record]:
    """Each record with the place of its first line; lines without anything are left out."""
    starts = [0]

    def lines() -> Iterator[str]:
        for line in _LINE.finditer(source.text):
            starts.append(line.end())
            yield line[0]

    reader = csv.reader(lines(), strict=True)
    while True:
        first = reader.line_num
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _CsvMistake(str(error), _line_span(source, starts[first])) from None
        if values:
            yield values, _line_span(source, starts[first])


def _line_span(source: Source, start: int) -> Span:
    end = source.text.find("\n", start)
    return Span(start, len(source.text) if end < 0 else end)


def _filled_lines(source: Source) -> Iterator[tuple[str, Span]]:
    for found in _FILLED.finditer(source.text):
        if not found[0].isspace():
            yield found[0], Span(*found.span())


def _read_object(line: str, span: Span, reporter: Reporter) -> dict[str, str] | None:
    try:
        value = read_json(line, numbers_as_text=True)
    except JsonMistake as mistake:
        at = Span(span.start + mistake.offset, span.end)
        reporter.add(WRONG_JSON, at, path=reporter.source.name, reason=mistake.reason)
        return None
    if not isinstance(value, dict):
        reporter.add(WRONG_CELL, span, what="this line", wanted="an object with a value for each column")
        return None
    cells = {name: _as_text(item) for name, item in value.items()}
    wrong = [name for name, text in cells.items() if text is None]
    for name in wrong:
        reporter.add(WRONG_CELL, span, what=f"`{name}`", wanted="a text, a number, true or false")
    return None if wrong else {name: text for name, text in cells.items() if text is not None}


def _as_text(value: JsonValue) -> str | None:
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return None
