"""A pass rate freed from what its judge gets wrong."""

from dataclasses import dataclass
from math import sqrt

from evalc.model.report import Figure, Interval
from evalc.report.statistics.intervals import Z_95


@dataclass(frozen=True, slots=True)
class Checked:
    """What a judge said of answers that people labelled: how many of those that pass it passed, and failed the rest."""

    passed: int
    of_good: int
    failed: int
    of_bad: int


def corrected_rate(passed: float, total: int, *, checked: Checked) -> Figure:
    """The rate of answers that people would pass, where a judge passed `passed` of `total`, with its 95 % interval.

    It is empty where the judge was not measured on both kinds of answers, or does no better than chance, so that its
    words say nothing of the rate. The interval holds what is not known of the judge as well as of the answers.

    Source: Lee et al. 2025, "How to correctly report LLM-as-a-judge evaluations", arXiv 2511.21140: the estimate of
    Rogan and Gladen 1978, and an interval by the delta method on counts with the pseudo-counts of Agresti and Coull.
    """
    if not total or not checked.of_good or not checked.of_bad:
        return Figure()
    sensitivity, specificity = checked.passed / checked.of_good, checked.failed / checked.of_bad
    if sensitivity + specificity <= 1:
        return Figure()
    value = _within((passed / total + specificity - 1) / (sensitivity + specificity - 1))
    return Figure(value=value, interval=_interval(passed, total, checked=checked))


def _interval(passed: float, total: int, *, checked: Checked) -> Interval:
    square = Z_95 * Z_95
    size = total + square
    rate = (passed + square / 2) / size
    good, bad = checked.of_good + 2, checked.of_bad + 2
    sensitivity, specificity = (checked.passed + 1) / good, (checked.failed + 1) / bad
    power = sensitivity + specificity - 1
    if power <= 0:
        return Interval(low=0, high=1)
    middle = (rate + specificity - 1) / power
    # How much each of the two rates of the judge is still open.
    of_good, of_bad = sensitivity * (1 - sensitivity) / good, specificity * (1 - specificity) / bad
    shift = 2 * square * (middle * of_good - (1 - middle) * of_bad)
    error = sqrt(rate * (1 - rate) / size + (1 - middle) ** 2 * of_bad + middle**2 * of_good) / power
    centre = middle + shift
    return Interval(low=_within(centre - Z_95 * error), high=_within(centre + Z_95 * error))


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))
