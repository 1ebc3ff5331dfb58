"""What a judge's rates would be without what it gets wrong."""

from collections.abc import Iterable, Iterator, Sequence

from evalc.model.calibration import JudgedRate, Measured
from evalc.model.catalog import Eval
from evalc.model.plan import TargetCard
from evalc.model.result import RunResult, TrialResult
from evalc.report.judges.calibration import checked_of
from evalc.report.judges.corrected import corrected_rate
from evalc.report.judges.measure import measured_name
from evalc.report.judges.standing import calibrations_of


def corrected_rates(run: RunResult, kept: Sequence[Measured]) -> Iterator[JudgedRate]:
    """The rate of each target by each rubric on which the judge was measured as it is, on answers of both kinds."""
    if run.plan.judge is None:
        return
    for eval_ in run.plan.evals:
        for name, measured in _fresh(eval_, run.plan.judge, kept):
            for target in run.plan.targets:
                trials = (result for result in run.results if result.trial.target == target.name)
                yield from _rate(eval_, trials, measured, target=target.name, rubric=name)


def corrected_rates_of(
    eval_: Eval, trials: Sequence[TrialResult], *, target: str, judge: TargetCard, kept: Iterable[Measured]
) -> Iterator[JudgedRate]:
    """The rate of one target by each rubric of an eval, as above."""
    for name, measured in _fresh(eval_, judge, kept):
        yield from _rate(eval_, trials, measured, target=target, rubric=name)


def rate_in_words(rate: JudgedRate) -> str:
    """A rate as `93 % (82 to 100) for the judge's 90% of 120, by what it got wrong on 2026-03-04`."""
    corrected, interval = rate.corrected.value, rate.corrected.interval
    assert corrected is not None, "a rate that cannot be corrected is none"
    assert interval, "a figure has an interval"
    figure = f"{corrected * 100:.0f} % ({interval.low * 100:.0f} to {interval.high * 100:.0f})"
    return (
        f"{figure} for the judge's {rate.passed / rate.total:.0%} of {rate.total}, by what it got wrong on {rate.date}"
    )


def _fresh(eval_: Eval, judge: TargetCard, kept: Iterable[Measured]) -> Iterator[tuple[str, Measured]]:
    for name, found in calibrations_of(eval_, judge, kept=kept):
        if found and found.standing == "fresh":
            yield name, found.measured


def _rate(
    eval_: Eval, trials: Iterable[TrialResult], measured: Measured, *, target: str, rubric: str
) -> Iterator[JudgedRate]:
    shares = list(_shares(eval_, trials, rubric))
    figure = corrected_rate(sum(shares), len(shares), checked=checked_of(measured))
    if figure.value is not None:
        yield JudgedRate(
            target=target,
            rubric=rubric,
            passed=sum(shares),
            total=len(shares),
            corrected=figure,
            date=measured.date,
        )


def _shares(eval_: Eval, trials: Iterable[TrialResult], rubric: str) -> Iterator[float]:
    """For each judged check of the last answer the share of its repeats that passed, where any has a verdict."""
    names = {
        (case.id, check.name)
        for case in eval_.cases
        for check in case.checks
        if check.is_judged and check.level == "must" and measured_name(eval_, check) == rubric
    }
    outcomes: dict[tuple[str, str], list[bool]] = {}
    for trial in trials:
        for result in trial.checks:
            key = trial.trial.case_id, result.check
            if key in names and not result.reply and result.outcome in ("passed", "failed"):
                outcomes.setdefault(key, []).append(result.outcome == "passed")
    return (sum(found) / len(found) for found in outcomes.values())
