"""Intervals of rates, with the standard library alone."""

from math import sqrt

from evalc.model.report import Interval

Z_95 = 1.959963984540054
"""Standard deviations to each side that hold 95 % of a normal distribution."""


def wilson_interval(passed: int, total: int, *, z: float = Z_95) -> Interval:
    """The range that a pass rate plausibly lies in; both ends are shares 0 to 1.

    Args:
        z: Standard deviations to each side.

    Raises:
        ValueError: `total` is 0, so there is no rate, or `passed` is not within 0 to `total`.

    Source: Wilson 1927, "Probable inference", JASA 22 (158), 209-212.
    """
    if total <= 0 or not 0 <= passed <= total:
        raise ValueError(f"no rate of {passed} in {total}")
    rate = passed / total
    scale = 1 + z * z / total
    middle = (rate + z * z / (2 * total)) / scale
    half = z / scale * sqrt(rate * (1 - rate) / total + z * z / (4 * total * total))
    # At the ends the formula gives 0 or 1 but for rounding, which must not lie outside.
    low = 0.0 if passed == 0 else max(0.0, middle - half)
    high = 1.0 if passed == total else min(1.0, middle + half)
    return Interval(low=low, high=high)
