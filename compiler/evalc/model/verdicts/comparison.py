"""What two runs of the same cases say together."""

from typing import Literal

from evalc.model.catalog import Severity
from evalc.model.plan import TargetCard
from evalc.model.report import Interval
from evalc.model.result import Outcome
from evalc.model.stored import Place, Stored


class CaseScore(Stored):
    """How one case did at one target: its outcome by its own rule, and those of its repeats in their order.

    `judge` is the fingerprint of who judged it, empty where code decided all of it.
    """

    case_id: str
    fingerprint: str
    outcome: Outcome
    repeats: tuple[Outcome, ...]
    judge: str = ""

    @property
    def passes(self) -> int:
        """How many repeats passed."""
        return self.repeats.count("passed")

    @property
    def decided(self) -> int:
        """How many repeats have a verdict."""
        return self.passes + self.repeats.count("failed")

    @property
    def share(self) -> float | None:
        """The share of decided repeats that passed, or None where none is decided."""
        return self.passes / self.decided if self.decided else None

    @property
    def is_flaky(self) -> bool:
        """Whether some repeats passed and some failed."""
        return 0 < self.passes < self.decided


class CasePair(Stored):
    """A case in both runs."""

    title: str
    severity: Severity
    tags: tuple[str, ...] = ()
    place: Place
    before: CaseScore
    after: CaseScore

    @property
    def case_id(self) -> str:
        """The id, which is the same in both."""
        return self.after.case_id


LeftOutReason = Literal["changed", "added", "not-run", "other-judge", "undecided"]
"""`changed`: it asks or checks something else now. `added`: the run before has it not. `not-run`: the run after has it
not. `other-judge`: who judged it is not the same. `undecided`: in one of the runs no repeat has a verdict."""


class LeftOut(Stored):
    """A case that is in one run or in both, and that nothing is said about."""

    case_id: str
    reason: LeftOutReason


class Rate(Stored):
    """The mean over cases of the share of repeats that passed, 0 to 1, with its interval."""

    rate: float
    interval: Interval


class Slice(Stored):
    """Some of the cases that both runs have, such as all critical ones, and what became of them.

    `kind` and `name` say which: all of them with an empty name, those of a severity, those with a tag. `lost` passed
    before and fails now, `gained` the other way round. `difference` is the rate after less the one before. `p_value`
    is two-sided, and raised for all slices of its kind together; it and the rates are None for fewer than ten cases
    of a severity or tag, which are too few to rank. `smallest_visible` is the loss that is found four times in five.
    """

    kind: Literal["all", "severity", "tag"]
    name: str = ""
    cases: int
    lost: int
    gained: int
    before: Rate | None = None
    after: Rate | None = None
    difference: float | None = None
    interval: Interval | None = None
    p_value: float | None = None
    test: Literal["mcnemar", "sign-flip"] | None = None
    smallest_visible: float | None = None


class Side(Stored):
    """One side of a comparison: a target in a run, or a baseline, whose `run_id` is empty."""

    run_id: str
    started_at: str = ""
    target: TargetCard
    judge: TargetCard | None = None


class TargetComparison(Stored):
    """The same cases in two runs, or at two targets. Flips first, the most severe first; slices: all, then parts.

    `flips` are the pairs whose outcome turned between passed and failed, losses before gains. `shifts` are those whose
    outcome stayed and whose share of passed repeats did not. `notes` say what makes the sides less comparable.
    """

    before: Side
    after: Side
    flips: tuple[CasePair, ...]
    shifts: tuple[CasePair, ...] = ()
    slices: tuple[Slice, ...]
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> Slice:
        """What is said of all cases together."""
        return self.slices[0]


class RunComparison(Stored):
    """Two runs, target by target: those of the same name, or the only one on each side whatever its name."""

    format: Literal["evalc-comparison"] = "evalc-comparison"
    format_version: int = 1
    targets: tuple[TargetComparison, ...]
    unmatched: tuple[str, ...] = ()
