"""Intervals of rates: what the cases of a suite say about cases like them."""

from collections.abc import Sequence
from math import sqrt

from evalc.model.report import Interval
from evalc.report.statistics.distributions import beta_quantile, student_quantile

Z_95 = 1.959963984540054
"""Standard deviations to each side that hold 95 % of a normal distribution."""

FEWEST_CLUSTERS = 6
"""With fewer, cases count alone: neither can their likeness be told, nor is any pattern of signs unlikely enough."""


def wilson_interval(passed: float, total: float, *, z: float = Z_95) -> Interval:
    """The range that a pass rate plausibly lies in; both ends are shares 0 to 1.

    Args:
        passed: How many passed; a fraction where repeats are averaged or the total is an effective size.
        z: Standard deviations to each side.

    Raises:
        ValueError: `total` is 0, so there is no rate, or `passed` is not within 0 to `total`.

    Source: Wilson 1927, "Probable inference", JASA 22 (158), 209-212.
    """
    _demand_rate(passed, total)
    rate = passed / total
    scale = 1 + z * z / total
    middle = (rate + z * z / (2 * total)) / scale
    half = z / scale * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    # At the ends the formula gives 0 or 1 but for rounding, which must not lie outside.
    low = 0.0 if passed == 0 else max(0.0, middle - half)
    high = 1.0 if passed == total else min(1.0, middle + half)
    return Interval(low=low, high=high)


def exact_interval(passed: float, total: float, *, confidence: float = 0.95) -> Interval:
    """The range of rates that such a count does not contradict; never too narrow, and wider than Wilson's.

    Raises:
        ValueError: As for `wilson_interval`.

    Source: Clopper and Pearson 1934, "The use of confidence or fiducial limits", Biometrika 26, 404-413.
    """
    _demand_rate(passed, total)
    tail = (1 - confidence) / 2
    low = beta_quantile(tail, a=passed, b=total - passed + 1) if passed else 0.0
    high = beta_quantile(1 - tail, a=passed + 1, b=total - passed) if passed < total else 1.0
    return Interval(low=low, high=high)


def effective_size(clusters: Sequence[Sequence[float]]) -> float:
    """How many independent cases tell as much as these, whose pass shares come in clusters of cases that are alike.

    Where all cases ended alike, or there are few clusters, nothing can be said of likeness, and each case counts.

    Source: Korn and Graubard 1998, "Confidence intervals for proportions with small expected number of positive
    counts", Survey Methodology 24, 193-201; variance of clusters as in Miller 2024, arXiv 2411.00640.
    """
    shares = [share for cluster in clusters for share in cluster]
    total, count = len(shares), len(clusters)
    if count < FEWEST_CLUSTERS or count == total:
        return float(total)
    rate = sum(shares) / total
    variance = count / (count - 1) * sum(sum(share - rate for share in cluster) ** 2 for cluster in clusters) / total**2
    if variance == 0 or rate in (0, 1):
        return float(total)
    # Few clusters tell little of their own variance, which Student's t makes up for.
    freedom = (student_quantile(0.975, total - 1) / student_quantile(0.975, count - 1)) ** 2
    return float(max(1.0, min(total, rate * (1 - rate) / variance * freedom)))


def clustered_interval(clusters: Sequence[Sequence[float]]) -> Interval:
    """Wilson's interval of the mean of pass shares 0 to 1 that come in clusters of cases which are alike.

    Raises:
        ValueError: There is no case.
    """
    shares = [share for cluster in clusters for share in cluster]
    if not shares:
        raise ValueError("no rate of 0 cases")
    size = effective_size(clusters)
    return wilson_interval(sum(shares) / len(shares) * size, size)


def _demand_rate(passed: float, total: float) -> None:
    if total <= 0 or not 0 <= passed <= total:
        raise ValueError(f"no rate of {passed} in {total}")
