"""Texts with cures made in them, that still know where everything stood before."""

from bisect import bisect_right
from collections.abc import Iterable

from evalc.base.record import record
from evalc.base.source import Span
from evalc.syntax.slips.slip import Swap


@record
class Repaired:
    """A text made from another one by swaps; `starts` and `origins` are where its pieces begin, here and there.

    A piece that was put in has no place of its own there, so all of it stands where its swap began.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    is_kept: tuple[bool, ...]
    before: "Repaired | None" = None

    def offset(self, at: int) -> int:
        """Where an offset of this text is in the text that all repairs began with."""
        piece = bisect_right(self.starts, at) - 1
        here = self.origins[piece] + (at - self.starts[piece] if self.is_kept[piece] else 0)
        return self.before.offset(here) if self.before else here

    def span(self, start: int, end: int) -> Span:
        """Where a range of this text is in the text that all repairs began with."""
        first = self.offset(start)
        return Span(first, max(first, self._end(end)))

    def _end(self, at: int) -> int:
        """Where a range that ends at an offset of this text ends: right behind what it holds, if that was kept."""
        piece = bisect_right(self.starts, at - 1) - 1
        if at > 0 and self.is_kept[piece]:
            here = self.origins[piece] + at - self.starts[piece]
        else:
            piece = bisect_right(self.starts, at) - 1
            here = self.origins[piece] + (at - self.starts[piece] if self.is_kept[piece] else 0)
        return self.before._end(here) if self.before else here

    def swapped(self, swaps: Iterable[Swap]) -> "Repaired":
        """A text with these swaps made in this one; of two that overlap the first in the text is made."""
        pieces: list[str] = []
        starts, origins, is_kept = [0], [0], [True]
        length = at = 0
        for swap in sorted(swaps, key=lambda swap: (swap.start, swap.end)):
            if swap.start < at:
                continue
            for piece, origin, kept in ((self.text[at : swap.start], at, True), (swap.text, swap.start, False)):
                pieces.append(piece)
                starts.append(length)
                origins.append(origin)
                is_kept.append(kept)
                length += len(piece)
            at = swap.end
        pieces.append(self.text[at:])
        starts.append(length)
        origins.append(at)
        is_kept.append(True)
        return Repaired("".join(pieces), tuple(starts), tuple(origins), tuple(is_kept), self)


def unrepaired(text: str) -> Repaired:
    """A text as it was read."""
    return Repaired(text, (0,), (0,), (True,))
