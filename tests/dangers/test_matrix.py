"""The table of dangers in the guide, and that each row of it has tests."""

import ast
from itertools import chain

import pytest

from tests.dangers.matrix import GROUPS, Row
from tests.house.modules import ROOT

PAGE = ROOT / "site" / "docs" / "untrusted.md"


@pytest.mark.parametrize("row", [*chain(*GROUPS.values())], ids=lambda row: row.danger)
def test_each_row_has_tests(row: Row) -> None:
    """A row whose test was renamed or taken out would be a promise that nobody keeps."""
    missing = []
    for place in row.shown_by:
        path, _, name = place.partition("::")
        module = ast.parse((ROOT / path).read_bytes()) if name else None
        names = {node.name for node in ast.walk(module) if isinstance(node, ast.FunctionDef)} if module else {""}
        missing += [place] if name not in names or not (ROOT / path).is_file() else []

    assert row.shown_by
    assert [] == missing


def test_the_guide_has_the_rows_of_the_matrix() -> None:
    """What the guide says that evalc does is what a test has seen it do, and it says which."""
    shown = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    expected = []
    for group, rows in GROUPS.items():
        expected.append(f"| {group.lower()} | evalc | shown by |")
        for row in rows:
            names = [place.rpartition("::")[2].removeprefix("tests/cases/") for place in row.shown_by]
            expected.append(f"| {row.danger} | {row.does} | {', '.join(f'`{name}`' for name in names)} |")

    assert expected == [line for line in shown if not line.startswith("| ---")]
