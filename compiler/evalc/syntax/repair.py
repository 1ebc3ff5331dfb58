"""A text with edits made in it that still knows where everything stood before."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from evalc.base.diagnostic import Diagnostic, Edit, Fix
from evalc.base.source import Source, Span


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text made from another one by edits; `starts` and `origins` are where its pieces begin, here and there.

    A piece that an edit put in has no place of its own there, so all of it stands where the edit began.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    is_kept: tuple[bool, ...]
    before: "Repaired | None" = None

    def offset(self, at: int) -> int:
        """Where an offset of this text is in the text that all edits began with."""
        piece = bisect_right(self.starts, at) - 1
        here = self.origins[piece] + (at - self.starts[piece] if self.is_kept[piece] else 0)
        return self.before.offset(here) if self.before else here

    def span(self, start: int, end: int) -> Span:
        """Where a range of this text is in the text that all edits began with."""
        first = self.offset(start)
        return Span(first, max(first, self.offset(end)))

    def diagnostic(self, found: Diagnostic, source: Source) -> Diagnostic:
        """A finding about this text as one about the text that all edits began with."""
        fix = found.fix and Fix(
            found.fix.title,
            tuple(Edit(self.span(edit.span.start, edit.span.end), edit.text) for edit in found.fix.edits),
            found.fix.is_safe,
        )
        return replace(found, source=source, span=self.span(found.span.start, found.span.end), fix=fix)

    def edited(self, edits: Iterable[Edit]) -> "Repaired":
        """A text with these edits made in this one; of two that overlap the first in the text is made."""
        pieces: list[str] = []
        starts, origins, is_kept = [0], [0], [True]
        length = at = 0

        def put(piece: str, origin: int, kept: bool) -> None:
            nonlocal length
            pieces.append(piece)
            starts.append(length)
            origins.append(origin)
            is_kept.append(kept)
            length += len(piece)

        for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
            if edit.span.start < at:
                continue
            put(self.text[at : edit.span.start], at, True)
            put(edit.text, edit.span.start, False)
            at = edit.span.end
        put(self.text[at:], at, True)
        return Repaired("".join(pieces), tuple(starts), tuple(origins), tuple(is_kept), self)


def unrepaired(text: str) -> Repaired:
    """A text without any edit."""
    return Repaired(text, (0,), (0,), (True,))
