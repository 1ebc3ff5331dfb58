"""A run as its page shows it: its facts, and as much of it as a page can hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from evalc.model.catalog import Severity
from evalc.model.plan import TargetCard
from evalc.model.report import CaseReport, GateVerdict, Tally
from evalc.pages._flips import CaseFlip

EVALS_SHOWN, FLIPS_SHOWN, CASES_SHOWN = 100, 100, 150
"""How many of each the page of a run shows, those first that something is wrong with."""


@dataclass(frozen=True, slots=True)
class RunFlip:
    """A flip since the run before, with the title of its eval and the target that it was found at."""

    eval_title: str
    target: TargetCard
    flip: CaseFlip


@dataclass(frozen=True, slots=True)
class Ending:
    """How an eval ended at a target."""

    verdict: GateVerdict
    tally: Tally


@dataclass(frozen=True, slots=True)
class EvalRun:
    """One eval in a run, by the names of its targets; `path` is empty for an eval that is gone.

    It `is_settled` if it passed at every target, and no case flipped.
    """

    id: str
    title: str
    path: str
    endings: Mapping[str, Ending]
    is_settled: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a run, by the names of its targets."""

    path: str
    title: str
    severity: Severity
    row: str
    cells: Mapping[str, CaseReport]

    @property
    def is_settled(self) -> bool:
        """Whether it passed wherever it was asked."""
        return all(cell.outcome == "passed" for cell in self.cells.values())


@dataclass(frozen=True, slots=True)
class EvalLines:
    """The cases of one eval in a run."""

    eval_run: EvalRun
    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """A run, and as much of it as a page holds.

    `evals` are those first that something is wrong with or that have flips, `flips` losses first, and `groups` all
    cases where a page can hold them, else those that did not pass. `cost_usd` is None where a part of it is unknown.
    """

    id: str
    path: str
    started_at: str
    finished_at: str
    targets: tuple[TargetCard, ...]
    judges: tuple[TargetCard, ...]
    verdicts: Mapping[str, int]
    tally: Tally
    duration_s: float | None
    cost_usd: float | None
    evals: tuple[EvalRun, ...]
    evals_found: int
    flips: tuple[RunFlip, ...]
    flips_found: int
    losses: int
    groups: tuple[EvalLines, ...]
    cases_left_out: int
