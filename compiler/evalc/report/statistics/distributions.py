"""Shares and quantiles of distributions."""

from collections.abc import Callable
from math import exp, lgamma, log, log1p

_TINY = 1e-300
_PRECISION = 1e-15
_MOST_TERMS = 100_000


def beta_share(x: float, *, a: float, b: float) -> float:
    """The share of a beta distribution below `x`: the regularized incomplete beta function; `a` and `b` are over 0.

    Source: Lentz's evaluation of the continued fraction, Abramowitz and Stegun 1964, 26.5.8.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    # The fraction converges fast on the side of the mean that has the smaller tail.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def beta_quantile(share: float, *, a: float, b: float) -> float:
    """The point of a beta distribution below which a share of it lies."""
    return _bisect(lambda x: beta_share(x, a=a, b=b), share, low=0.0, high=1.0)


def binomial_share(at_most: int, *, trials: int, chance: float) -> float:
    """How likely so many successes or fewer are in independent trials."""
    if at_most < 0:
        return 0.0
    return 1.0 if at_most >= trials else beta_share(1 - chance, a=trials - at_most, b=at_most + 1)


def student_quantile(share: float, freedom: float) -> float:
    """The point of Student's t distribution below which a share of at least one half lies.

    Args:
        freedom: Degrees of freedom, over 0.
    """
    # P(|T| > t) is the share of a beta distribution below freedom / (freedom + t²).
    below = beta_quantile(2 * (1 - share), a=freedom / 2, b=0.5)
    return float((freedom * (1 - below) / below) ** 0.5)


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, _away_from_zero(1 - (a + b) * x / (a + 1))
    d = 1 / d
    value = d
    for m in range(1, _MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d)
            c = _away_from_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < _PRECISION:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def _bisect(rising: Callable[[float], float], wanted: float, *, low: float, high: float) -> float:
    """Where a rising function reaches a value, as near as a float can say."""
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        if rising(middle) < wanted:
            low = middle
        else:
            high = middle
