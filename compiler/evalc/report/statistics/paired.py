"""Two runs of the same cases: is the difference more than chance, and how large may it be."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import sqrt
from random import Random
from typing import Literal

from evalc.model.report import Interval
from evalc.report.statistics.distributions import binomial_share
from evalc.report.statistics.intervals import Z_95

Alternative = Literal["different", "worse"]
"""What a test looks for: a difference in any direction, or a loss only."""

_DRAWS = 10_000
# Up to 2^14 combinations of signs are looked at one by one.
_MOST_ENUMERATED = 14
_MOST_CHOICES = 4_000_000
_ROUNDING = 1e-9


def mcnemar_p(lost: int, gained: int, *, alternative: Alternative = "different") -> float:
    """How likely flips as uneven as these are where both directions are equally likely; exact.

    Source: McNemar 1947, "Note on the sampling error of the difference between correlated proportions",
    Psychometrika 12, 153-157, with the binomial distribution in place of its approximation.
    """
    flips = lost + gained
    if alternative == "worse":
        return binomial_share(gained, trials=flips, chance=0.5)
    return min(1.0, 2 * binomial_share(min(lost, gained), trials=flips, chance=0.5))


def sign_flip_p(differences: Sequence[float], *, seed: int, alternative: Alternative = "different") -> float:
    """How likely a sum as far out is where each difference could as well have the other sign.

    A difference is that of one case, or the sum over one cluster. Few are enumerated, of many 10,000 draws are taken.

    Source: Fisher 1935, "The design of experiments"; the correction for draws is that of Phipson and Smyth 2010,
    "Permutation p-values should never be zero", Statistical Applications in Genetics 9 (1), 39.
    """
    moved = [difference for difference in differences if difference]
    observed = sum(moved)
    limit = abs(observed) - _ROUNDING if alternative == "different" else -observed - _ROUNDING

    def is_as_far(total: float) -> bool:
        return (abs(total) if alternative == "different" else -total) >= limit

    if len(moved) <= _MOST_ENUMERATED:
        sums = [sum(signed) for signed in product(*((part, -part) for part in moved))]
        return sum(map(is_as_far, sums)) / len(sums)
    random = Random(seed)  # noqa: S311  # Drawn again for the same runs, it must give the same, and it keeps no secret.
    # Most cases differ by one of a few amounts, so that the signs of each amount are drawn together.
    amounts = Counter(round(abs(part), 12) for part in moved)
    hits = 0
    for _ in range(_DRAWS):
        total = sum(part * (count - 2 * random.getrandbits(count).bit_count()) for part, count in amounts.items())
        hits += is_as_far(total)
    return (hits + 1) / (_DRAWS + 1)


def flip_interval(lost: int, gained: int, *, cases: int) -> Interval:
    """The range of the difference of two pass rates over the same cases, one answer each; ends are shares -1 to 1.

    Source: Agresti and Min 2005, "Simple improved confidence intervals for comparing matched proportions",
    Statistics in Medicine 24, 729-740.
    """
    padded = cases + 2
    difference = (gained - lost) / padded
    error = sqrt((lost + gained + 1) - (gained - lost) ** 2 / padded) / padded
    return Interval(low=max(-1.0, difference - Z_95 * error), high=min(1.0, difference + Z_95 * error))


def bootstrap_interval(clusters: Sequence[Sequence[float]], *, seed: int) -> Interval:
    """The range of the mean difference of cases that come in clusters: percentiles of means of clusters drawn again.

    The more clusters there are, the fewer draws are taken, at least 2,000. There is at least one cluster.

    Source: Efron and Tibshirani 1993, "An introduction to the bootstrap", chapter 13.
    """
    random = Random(seed)  # noqa: S311  # As above.
    sums = [(sum(cluster), len(cluster)) for cluster in clusters]
    draws = max(2_000, min(_DRAWS, _MOST_CHOICES // len(sums)))
    means = sorted(_mean(random.choices(sums, k=len(sums))) for _ in range(draws))
    return Interval(low=means[round(0.025 * (draws - 1))], high=means[round(0.975 * (draws - 1))])


def _mean(sums: Sequence[tuple[float, int]]) -> float:
    return sum(total for total, _ in sums) / sum(count for _, count in sums)


def holm(p_values: Sequence[float]) -> list[float]:
    """The p-values of several tests, raised so that one false alarm among all is as unlikely as in a single test.

    Source: Holm 1979, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics
    6, 65-70.
    """
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=lambda index: p_values[index])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return adjusted
