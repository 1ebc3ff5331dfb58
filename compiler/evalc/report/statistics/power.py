"""What a suite can see, and how much more it would take to see what it cannot."""

from collections.abc import Callable
from math import ceil, sqrt
from statistics import NormalDist

from evalc.report.statistics.distributions import binomial_share
from evalc.report.statistics.paired import Alternative, mcnemar_p

POWER = 0.8
"""How often a change that counts as visible is found."""

# Beyond so many flips the normal approximation differs in no digit that is shown.
_MOST_EXACT = 300.0
_STEPS = 24


def smallest_visible_loss(
    cases: int, flips: float, *, alpha: float, alternative: Alternative = "worse"
) -> float | None:
    """The smallest loss of the pass rate, a share, that McNemar's test finds four times in five; None where none is.

    Args:
        flips: How many cases flip in both directions together without a loss, as seen between two runs.

    Source: Connor 1987, "Sample size for testing differences in proportions for the paired-sample design",
    Biometrics 43, 207-211; up to 300 flips the power of the exact test, summed.
    """
    if not cases:
        return None
    return _smallest(lambda loss: _power(cases, flips / cases, loss, alpha=alpha, alternative=alternative) >= POWER)


def smallest_visible_mean_loss(
    variance: float, *, units: int, repeats: float, alpha: float, alternative: Alternative = "worse"
) -> float | None:
    """The smallest loss of a mean of pass shares that the test by signs finds four times in five; None where none is.

    A loss of chances brings a variance of its own, and spreads what the test takes for chance.

    Args:
        variance: That of the differences of cases, or of clusters, of which there are so many `units`.
        repeats: How many answers a share is made of.
    """
    normal = NormalDist()
    test, found = normal.inv_cdf(1 - _tail(alpha, alternative)), normal.inv_cdf(POWER)

    def is_visible(loss: float) -> bool:
        with_loss = variance + loss * (1 - loss) / repeats
        return loss * sqrt(units) >= test * sqrt(with_loss + loss**2) + found * sqrt(with_loss)

    return _smallest(is_visible)


def _smallest(is_visible: Callable[[float], bool]) -> float | None:
    """The smallest share that is visible, where all larger ones are."""
    if not is_visible(1.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_visible(middle) else (middle, high)
    return high


def _tail(alpha: float, alternative: Alternative) -> float:
    return alpha if alternative == "worse" else alpha / 2


def cases_needed(cases: int, *, half_width: float, distance: float) -> int | None:
    """How many cases would narrow an interval to a distance; None where no number does, for there is no distance."""
    if distance <= 0:
        return None
    return max(cases, ceil(cases * (half_width / distance) ** 2))


def repeats_needed(variance: float, within: float, *, repeats: float, wanted: float) -> int | None:
    """How many repeats a case would bring the variance of a difference down to the wanted one; None where none do.

    Args:
        variance: The variance of the differences of the cases.
        within: The part of it that repeats can average out, at so many `repeats` as there were.
    """
    between = max(0.0, variance - within)
    if wanted <= between or not within:
        return None
    return max(ceil(repeats), ceil(within * repeats / (wanted - between)))


def _power(cases: int, noise: float, loss: float, *, alpha: float, alternative: Alternative) -> float:
    """How often the test finds a loss, where so large a share of cases flips by chance besides."""
    flipping = min(1.0, noise + loss)
    if not flipping:
        return 0.0
    if cases * flipping <= _MOST_EXACT:
        return _exact_power(cases, flipping, (flipping + loss) / (2 * flipping), alpha=alpha, alternative=alternative)
    normal = NormalDist()
    limit = normal.inv_cdf(1 - _tail(alpha, alternative))
    spread = sqrt(max(flipping - loss**2, 1e-12))
    return normal.cdf((loss * sqrt(cases) - limit * sqrt(flipping)) / spread)


def _exact_power(cases: int, flipping: float, losing: float, *, alpha: float, alternative: Alternative) -> float:
    """The sum over all numbers of flips that can occur of how often so many losses are among them that it is found."""
    found = before = 0.0
    most_kept = -1
    for flips in range(cases + 1):
        share = binomial_share(flips, trials=cases, chance=flipping)
        # The most gains at which the test still finds a loss grow with the flips, by one at most.
        while mcnemar_p(flips - most_kept - 1, most_kept + 1, alternative=alternative) <= alpha:
            most_kept += 1
        # Losses are no fewer than the flips without those gains.
        found += (share - before) * binomial_share(most_kept, trials=flips, chance=1 - losing)
        before = share
        if share > 1 - 1e-9:
            break
    return found
