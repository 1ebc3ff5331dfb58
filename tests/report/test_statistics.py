"""Intervals, held against statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from evalc.report.statistics import wilson_interval

_COUNTS = st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(_COUNTS)
def test_wilson_agrees_with_statsmodels(counts: tuple[int, int]) -> None:
    """The formula is ours, so another's is its oracle."""
    passed, total = counts
    low, high = proportion_confint(passed, total, method="wilson")

    interval = wilson_interval(passed, total)

    assert pytest.approx((low, high), abs=1e-12) == (interval.low, interval.high)


@given(_COUNTS)
def test_an_interval_holds_its_rate_and_stays_a_share(counts: tuple[int, int]) -> None:
    """A mark outside its own bar, or a bar outside the chart, would be rounding shown as a finding."""
    passed, total = counts

    interval = wilson_interval(passed, total)

    assert 0 <= interval.low <= passed / total <= interval.high <= 1


@pytest.mark.parametrize(("passed", "total"), [(0, 0), (3, 2), (-1, 4)])
def test_no_cases_have_no_rate(passed: int, total: int) -> None:
    """A made-up interval for nothing would be read as a result."""
    with pytest.raises(ValueError, match="no rate"):
        wilson_interval(passed, total)
