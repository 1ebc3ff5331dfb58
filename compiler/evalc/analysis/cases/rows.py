"""The rows of a case: a table, a file beside the spec, or `row` blocks."""

from evalc.analysis.codes.fields import DUPLICATE_FIELD, UNEXPECTED_BRACKETS
from evalc.analysis.codes.files import UNKNOWN_DATA
from evalc.analysis.codes.rows import (
    COLUMN_IS_LET,
    EACH_AND_ROWS,
    MISSING_CELL,
    TOO_MANY_ROWS,
    UNKNOWN_CELL,
    UNUSED_COLUMN,
)
from evalc.analysis.lower.body import Body
from evalc.analysis.lower.context import Context
from evalc.analysis.values.data_files import read_csv, read_json_lines
from evalc.analysis.values.rows import ID, ROWS_AT_MOST, Column, Row, Rows, keep_sound
from evalc.analysis.values.tables import read_table
from evalc.analysis.values.wording import Wording
from evalc.base.reading import DATA_LIMIT
from evalc.syntax.tree import BlockDecl, FieldDecl

_READERS = {".csv": read_csv, ".jsonl": read_json_lines}


def read_rows(body: Body, context: Context) -> Rows | None:
    """The rows of a case, None where they are not sound, which is reported, or where it has none."""
    each = body.one("each")
    decls = [decl for decl in body.blocks if decl.keyword.text == "row"]
    if each and decls:
        context.reporter.add(EACH_AND_ROWS, decls[0].name.span)
    rows = _read_each(each, context) if each else _read_blocks(decls, context)
    if rows is None:
        return None
    if len(rows.rows) > ROWS_AT_MOST:
        span = each.name.span if each else decls[0].name.span
        context.reporter.add(TOO_MANY_ROWS, span, limit=f"{ROWS_AT_MOST:,}")
        return None
    for column in rows.columns:
        if column.name in context.lets.values:
            rows.reporter.add(COLUMN_IS_LET, column.span, name=column.name)
    return rows


def has_rows(body: Body) -> bool:
    """Whether a case is written as one with rows, sound or not."""
    return body.mentions("each") or any(decl.keyword.text == "row" for decl in body.blocks)


def warn_of_slots_in_cells(rows: Rows, wording: Wording) -> None:
    """Say which cells look as if something were filled into them; cells are data and stay as they are."""
    at_source = Wording(rows.reporter, wording.lets, wording.allowance, wording.columns)
    for row in rows.rows:
        for cell in row.cells.values():
            if "{{" in cell:
                at_source.leave(cell, row.span, where="a cell")


def warn_of_unused_columns(rows: Rows, wording: Wording) -> None:
    """Say which columns no text of the case needs."""
    for column in rows.columns:
        if column.name != ID and column.name not in wording.used:
            rows.reporter.add(UNUSED_COLUMN, column.span, name=column.name)


def _read_each(each: FieldDecl, context: Context) -> Rows | None:
    if each.file is None:
        return read_table(each.value, context.reporter)
    suffix = "." + each.file.text.rpartition(".")[2]
    reader = _READERS.get(suffix)
    if reader is None:
        context.reporter.add(UNKNOWN_DATA, each.file.span, path=each.file.text)
        return None
    source = context.files.source(each.file, limit=DATA_LIMIT)
    return reader(context.reporter.at(source)) if source else None


def _read_blocks(decls: list[BlockDecl], context: Context) -> Rows | None:
    """The rows of `row` blocks, whose columns are the fields of the first."""
    if not decls:
        return None
    first = [Column(decl.name.text, decl.name.span) for decl in _cells_of(decls[0], context)]
    columns = (Column(ID, decls[0].name.span), *first)
    rows = [_row(decl, columns, context) for decl in decls]
    return Rows(columns, keep_sound(rows, context.reporter), context.reporter)


def _row(decl: BlockDecl, columns: tuple[Column, ...], context: Context) -> Row:
    cells = {ID: decl.name.text}
    names = dict.fromkeys(column.name for column in columns)
    for field in _cells_of(decl, context):
        name = field.name.text
        if name not in names:
            near = context.reporter.closest(name, names)
            context.reporter.add(UNKNOWN_CELL, field.name.span, name=name, row=decl.name.text, near=near)
        text = context.files.text(field.file) if field.file else field.value.text
        cells[name] = text or ""
    for name in names:
        if name not in cells:
            context.reporter.add(MISSING_CELL, decl.name.span, name=name, row=decl.name.text)
            cells[name] = ""
    return Row(decl.name.text, cells, decl.name.span)


def _cells_of(decl: BlockDecl, context: Context) -> list[FieldDecl]:
    """The fields of a `row`, each once."""
    found: dict[str, FieldDecl] = {}
    for member in decl.body:
        if not isinstance(member, FieldDecl):
            continue
        first = found.setdefault(member.name.text, member)
        if first is not member:
            line = context.reporter.source.line_of(first.span.start)
            context.reporter.add(DUPLICATE_FIELD, member.name.span, name=member.name.text, line=line)
        if member.qualifier:
            context.reporter.add(UNEXPECTED_BRACKETS, member.qualifier.span, name=member.name.text)
    return list(found.values())
