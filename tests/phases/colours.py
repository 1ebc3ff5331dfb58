"""The colours of a spec, as the grammar reads it."""

from collections.abc import Mapping
from pathlib import Path

from tests.colours.drawing import draw_truth

MAKES = ("colours",)


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The spec with the signs of its colours below each line."""
    return {"colours": draw_truth(sections["input.evalc"])}
