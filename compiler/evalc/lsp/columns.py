"""The columns that a case's rows have, wherever they stand."""

import re

from evalc.analysis.reporting import Reporter, span_in
from evalc.analysis.values.data_files import read_csv, read_json_lines
from evalc.base.reading import DATA_LIMIT, ReadProblem
from evalc.base.source import Source, Span
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, FieldDecl

_CELL = re.compile(r"(?<=\|)[ \t]*((?:[^|\n\\]|\\.)*?)[ \t]*(?=\|)")
_READERS = {".csv": read_csv, ".jsonl": read_json_lines}


def columns_of(view: View, path: str, *, case: BlockDecl) -> dict[str, tuple[Span, ...]]:
    """The columns of a case, each with the places in the spec that declare it: none for one of a file."""
    for member in case.body:
        if isinstance(member, FieldDecl) and member.name.text == "each":
            if member.file is None:
                return _of_table(member)
            return dict.fromkeys(_of_file(view, path, member.file.text), ())
    found: dict[str, tuple[Span, ...]] = {}
    for row in case.body:
        if isinstance(row, BlockDecl) and row.keyword.text == "row":
            found.setdefault("id", ())
            for field in row.body:
                if isinstance(field, FieldDecl):
                    found[field.name.text] = (*found.get(field.name.text, ()), field.name.span)
    return found


def row_count(case: BlockDecl) -> int:
    """How many rows a case has in its own text."""
    each = next((item for item in case.body if isinstance(item, FieldDecl) and item.name.text == "each"), None)
    if each and each.file is None:
        return max(0, sum(bool(line.strip()) for line in each.value.text.split("\n")) - 1)
    return sum(isinstance(item, BlockDecl) and item.keyword.text == "row" for item in case.body)


def _of_table(each: FieldDecl) -> dict[str, tuple[Span, ...]]:
    header = each.value.text.partition("\n")[0]
    return {
        cell[1]: (span_in(each.value, start=cell.start(1), end=cell.end(1)),)
        for cell in _CELL.finditer(header)
        if cell[1]
    }


def _of_file(view: View, spec: str, written: str) -> list[str]:
    reader = _READERS.get("." + written.rpartition(".")[2])
    path = view.target(spec, written)
    if reader is None or path is None:
        return []
    try:
        source = Source(path, view.loader.read_text(path, limit=DATA_LIMIT))
    except ReadProblem:
        return []
    rows = reader(Reporter(source))
    return [column.name for column in rows.columns] if rows else []
