"""The guide names every kind of change."""

from pathlib import Path

from evalc.diff.kinds.all import KINDS
from evalc.model.change import DIRECTIONS

GUIDE = Path(__file__).parents[2] / "site" / "docs" / "review.md"


def table() -> str:
    """The table of all kinds, as it stands at the end of the guide."""
    lines = ["| kind | direction | what it is |", "|---|---|---|"]
    kinds = sorted(KINDS.values(), key=lambda kind: (DIRECTIONS.index(kind.direction), kind.name))
    lines += [f"| `{kind.name}` | {kind.direction} | {kind.meaning} |" for kind in kinds]
    return "\n".join(lines) + "\n"


def test_the_guide_ends_with_the_table_of_all_kinds() -> None:
    """A reviewer who meets a word that no page explains has to read our code."""
    assert GUIDE.read_text(encoding="utf-8").endswith(table())
