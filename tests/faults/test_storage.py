"""The fault matrix of disks, processes and terminals: each row states what must happen, and shows that it does."""

from pathlib import Path

import pytest

from tests.faults.storage import GROUPS, Row
from tests.house.modules import ROOT

PAGE = ROOT / "site" / "docs" / "run-log.md"


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{group}: {row.fault}") for group, rows in GROUPS.items() for row in rows]
)
def test_each_fault_ends_as_the_matrix_says(row: Row, tmp_path: Path) -> None:
    """What was shown survives, what is damaged is named, and nothing counts twice."""
    row.shown(tmp_path)


def test_the_guide_has_the_rows_of_the_matrix() -> None:
    """What the guide says that evalc does is what a test has seen it do."""
    text = PAGE.read_text("utf-8").partition("## When things go wrong\n")[2]
    shown = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    expected = []
    for group, rows in GROUPS.items():
        expected.append(f"| {group.lower()} | evalc |")
        expected += [f"| {row.fault} | {row.does} |" for row in rows]

    assert expected == shown
