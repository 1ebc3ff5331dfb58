"""What a judge's rates would be without what it gets wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.model.calibration import Measured
from evalc.model.catalog import Eval
from evalc.model.plan import TargetCard
from evalc.model.report import Figure
from evalc.model.result import RunResult
from evalc.report.judges.calibration import checked_of
from evalc.report.judges.corrected import corrected_rate
from evalc.report.judges.measure import measured_name
from evalc.report.judges.standing import calibrations_of


@dataclass(frozen=True, slots=True)
class JudgedRate:
    """The rate that a judge gave one target by one rubric, and what it is when its errors are taken out.

    `passed` of `total` checks passed, repeats averaged within each. `date` is the day on which the judge was measured.
    """

    target: str
    rubric: str
    passed: float
    total: int
    corrected: Figure
    date: str


def corrected_rates(run: RunResult, kept: Sequence[Measured]) -> Iterator[JudgedRate]:
    """The rate of each target by each rubric on which the judge was measured as it is, on answers of both kinds."""
    if run.plan.judge is None:
        return
    for eval_ in run.plan.evals:
        for name, found in calibrations_of(eval_, run.plan.judge, kept=kept):
            if found is None or found.standing != "fresh":
                continue
            for target in run.plan.targets:
                shares = list(_shares(run, eval_, target=target, rubric=name))
                figure = corrected_rate(sum(shares), len(shares), checked=checked_of(found.measured))
                if figure.value is not None:
                    yield JudgedRate(target.name, name, sum(shares), len(shares), figure, found.measured.date)


def _shares(run: RunResult, eval_: Eval, *, target: TargetCard, rubric: str) -> Iterator[float]:
    """For each judged check of the last answer the share of its repeats that passed, where any has a verdict."""
    names = {
        (case.id, check.name)
        for case in eval_.cases
        for check in case.checks
        if check.is_judged and check.level == "must" and measured_name(eval_, check) == rubric
    }
    outcomes: dict[tuple[str, str], list[bool]] = {}
    for trial in run.results:
        for result in trial.checks if trial.trial.target == target.name else ():
            key = trial.trial.case_id, result.check
            if key in names and not result.reply and result.outcome in ("passed", "failed"):
                outcomes.setdefault(key, []).append(result.outcome == "passed")
    return (sum(found) / len(found) for found in outcomes.values())
