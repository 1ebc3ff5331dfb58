"""The slips of one reading, without those that only follow from others."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from evalc.syntax.codes.layout import MERGE_CONFLICT
from evalc.syntax.slips.slip import Slip

MOST_SLIPS = 100
"""The mistakes of one file that are told."""


@dataclass(slots=True)
class Ledger:
    """Keeps slips in the order found.

    Below a slip that opens, deeper lines than `muted` are passed over; a full ledger passes over all the rest.
    """

    slips: list[Slip] = field(default_factory=list)
    is_in_conflict: bool = False
    is_full: bool = False
    muted: int | None = None

    def tell(self, text: str, slips: Iterable[Slip]) -> None:
        """Keep slips of a text."""
        for slip in slips:
            line = text[text.rfind("\n", 0, slip.start) + 1 : slip.start]
            column = len(line) - len(line.lstrip(" \t"))
            self.unmute(column)
            if self.muted is not None or self.is_full:
                return
            if slip.opens:
                self.muted = column
            self.is_in_conflict = self.is_in_conflict or slip.code is MERGE_CONFLICT
            self.slips.append(slip)
            self.is_full = len(self.slips) > MOST_SLIPS

    def unmute(self, column: int) -> None:
        """Go on to a line that is indented so far."""
        if self.muted is not None and column <= self.muted:
            self.muted = None
