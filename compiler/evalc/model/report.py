"""What results say, computed."""

from typing import Literal

from evalc.model.catalog import Severity
from evalc.model.plan import TargetCard
from evalc.model.result import Outcome, PersonVerdict, TrialResult
from evalc.model.stored import Kept, Stored

GateVerdict = Literal["passed", "failed", "inconclusive"]


class Interval(Stored):
    """The range that a rate plausibly lies in; both ends are shares 0 to 1."""

    low: float
    high: float


class Figure(Stored):
    """A figure with its 95 % interval, both None where too little was counted for them."""

    value: float | None = None
    interval: Interval | None = None


class Split(Stored):
    """An answer about which the judges of a panel do not agree; `words` say how they voted."""

    trial_id: str
    check: str
    words: str


class Agreement(Stored):
    """How far the judges of a panel agree on a criterion, over `answers` answers: Krippendorff's alpha.

    `rubric` is its name, or `claims` for all plain claims of an eval.
    """

    rubric: str
    criterion: str
    answers: int
    alpha: Figure
    splits: tuple[Split, ...] = ()


class CanaryReport(Stored):
    """How many answers with a known verdict were put to the judge of an eval, and what it was wrong about, in words.

    It was `too_mild` with bad ones and `too_strict` with good ones.
    """

    put: int = 0
    too_mild: tuple[str, ...] = ()
    too_strict: tuple[str, ...] = ()


class Tally(Stored):
    """How many cases ended how."""

    passed: int = 0
    failed: int = 0
    errored: int = 0
    unscored: int = 0
    skipped: int = 0

    @property
    def decided(self) -> int:
        """How many have a verdict: the base of the rate."""
        return self.passed + self.failed

    @property
    def total(self) -> int:
        """How many there are."""
        return self.decided + self.errored + self.unscored + self.skipped

    @property
    def rate(self) -> float | None:
        """The share that passed, 0 to 1, or None where nothing was decided."""
        return self.passed / self.decided if self.decided else None


class CaseReport(Kept):
    """One case at one target: its outcome by its own rule, and the trials behind it in order of repeat.

    `repeats` are the outcomes of those trials, and stay where the trials themselves are left out.
    """

    case_id: str
    severity: Severity
    fingerprint: str
    outcome: Outcome
    passes: int
    repeats: tuple[Outcome, ...] = ()
    trials: tuple[TrialResult, ...]
    people: tuple[PersonVerdict, ...] = ()

    @property
    def decided(self) -> int:
        """How many repeats have a verdict."""
        return sum(outcome in ("passed", "failed") for outcome in self.repeats)

    @property
    def reason_not_asked(self) -> str:
        """Why nothing of the case was asked, where there is one reason for it; many cases have the same one."""
        if self.outcome == "skipped" and not self.trials:
            return "the run ended before their answers came; it can go on"
        reasons = {trial.fault.message for trial in self.trials if trial.fault and not trial.attempts}
        return next(iter(reasons)) if self.outcome == "skipped" and len(reasons) == 1 else ""

    @property
    def is_flaky(self) -> bool:
        """Whether some repeats passed and some failed."""
        return 0 < self.passes < self.decided


class Reliability(Stored):
    """How likely, of so many repeats of a case, any passes (pass@k) and all pass (pass^k).

    Both are means over the `cases` that have as many repeats with a verdict, and have no bias.
    """

    repeats: int
    cases: int
    any_passes: float
    all_pass: float


class Timing(Stored):
    """How long answers took, in seconds: the median, and what 95 % of them did not exceed (nearest rank).

    `streamed` answers have the time to their first letter too.
    """

    answers: int
    median_s: float
    most_s: float
    streamed: int = 0
    first_token_median_s: float | None = None
    first_token_most_s: float | None = None


class ConditionReport(Stored):
    """One condition of a gate with the value found, such as `critical = 100%` and `8 of 9 passed (89 %)`."""

    words: str
    found: str
    verdict: GateVerdict


class Gate(Stored):
    """The decision about one eval at one target, with what decided it first."""

    verdict: GateVerdict
    reason: str
    conditions: tuple[ConditionReport, ...] = ()


class EvalReport(Stored):
    """One eval at one target in one run.

    `interval` is Wilson's around the rate of the tally; rows of one `each` are a cluster and tell less than as many
    cases. `reliability` has an entry for each number of repeats, from 1 on, and none where no case was repeated.
    """

    run_id: str
    started_at: str
    finished_at: str
    eval_id: str
    eval_fingerprint: str
    eval_version: str
    target: TargetCard
    judge: TargetCard | None
    tally: Tally
    interval: Interval | None
    by_severity: dict[Severity, Tally]
    cases: tuple[CaseReport, ...]
    gate: Gate
    agreement: tuple[Agreement, ...] = ()
    canaries: CanaryReport = CanaryReport()
    reliability: tuple[Reliability, ...] = ()
    timing: Timing | None = None
    cost_usd: float | None = None
    duration_s: float | None = None


class Report(Stored):
    """What one or more runs say, newest run first; within a run by eval, then by target."""

    evals: tuple[EvalReport, ...]
