"""The canonical layout of tables."""

import re
from collections.abc import Iterator, Sequence

from evalc.base.visible import width

_BAR = re.compile(r"(?<!\\)\|")


def lay_out_table(lines: Sequence[str], column: int) -> Iterator[str]:
    """The lines of a table with each cell as wide as the one of the header, or wider where it must be.

    Lines that make no table stay as they are.
    """
    rows = [_cells(line) for line in lines if line.strip(" \t")]
    if not rows or not all(rows):
        yield from lines
        return
    widths = [max(width(cell.strip(" \t")), width(cell) - 2) for cell in rows[0]]
    for row in rows:
        cells = (cell.strip(" \t") for cell in row)
        padded = [cell + " " * ((widths[at] if at < len(widths) else 0) - width(cell)) for at, cell in enumerate(cells)]
        yield f"{' ' * column}| {' | '.join(padded)} |"


def _cells(line: str) -> list[str]:
    """The cells of a line as written; none where it does not begin and end with a bar."""
    text = line.strip(" \t")
    bars = [bar.start() for bar in _BAR.finditer(text)]
    if len(bars) < 2 or bars[0] != 0 or bars[-1] != len(text) - 1:
        return []
    return _BAR.split(text)[1:-1]
