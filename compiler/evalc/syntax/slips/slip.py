"""One mistake in the writing, and what mends it."""

import re
from collections.abc import Mapping
from dataclasses import field, replace

from evalc.base.diagnostic import Code
from evalc.base.record import record


@record
class Part:
    """A range of a text that is read."""

    text: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """What stands there."""
        return self.text[self.start : self.end]


def part_of(found: re.Match[str], group: int = 0) -> Part:
    """What a group of a match holds, in the text that was searched."""
    return Part(found.string, *found.span(group))


@record
class Swap:
    """A range of a text and what stands there instead."""

    start: int
    end: int
    text: str


@record
class Cure:
    """What mends a slip; a safe one may be made unseen.

    The parser reads on as if it had been made, but for a guess, after which what follows could seem wrong too.
    """

    title: str
    swaps: tuple[Swap, ...]
    is_safe: bool = True
    is_guess: bool = False


@record
class Slip:
    """One mistake in the writing, with places in the text that was read.

    One that opens stands above deeper lines, which can be judged when it is cured, and not before.
    """

    code: Code
    start: int
    end: int
    label: str = ""
    help: str = ""
    cure: Cure | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    opens: bool = False

    def moved(self, by: int, indent: int) -> "Slip":
        """A slip in one line as a slip in the text in which that line begins at `by`, indented by `indent`."""
        cure = self.cure and replace(
            self.cure,
            swaps=tuple(
                Swap(swap.start + by, swap.end + by, swap.text.replace("\n", "\n" + " " * indent))
                for swap in self.cure.swaps
            ),
        )
        return replace(self, start=self.start + by, end=self.end + by, cure=cure)
