"""Intervals and distributions, held against scipy and statsmodels."""

from math import asin, isclose, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.regression.linear_model import OLS
from statsmodels.stats.proportion import proportion_confint

from evalc.report.statistics.distributions import beta_quantile, beta_share, binomial_share, student_quantile
from evalc.report.statistics.intervals import (
    FEWEST_CLUSTERS,
    clustered_interval,
    effective_size,
    exact_interval,
    wilson_interval,
)

_COUNTS = st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))
_SHAPES = st.floats(0.5, 20_000)
_CLUSTERS = st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=6), min_size=2, max_size=30)


# Beside 1 scipy is off by more than that, as the test below it shows.
@given(st.floats(0, 1 - 1e-12) | st.just(1.0), _SHAPES, _SHAPES)
def test_the_beta_distribution_agrees_with_scipy(x: float, a: float, b: float) -> None:
    """Every exact interval and test stands on this one function."""
    assert pytest.approx(stats.beta.cdf(x, a, b), abs=1e-9) == beta_share(x, a=a, b=b)


@given(st.floats(0, 1))
def test_the_beta_distribution_follows_the_arcsine_law(x: float) -> None:
    """With both shapes one half its share is known in closed form, up to the last number before 1."""
    law = 1 - 2 / pi * asin(sqrt(1 - x)) if x > 0.5 else 2 / pi * asin(sqrt(x))

    assert pytest.approx(law, abs=1e-12) == beta_share(x, a=0.5, b=0.5)


@given(st.floats(0.001, 0.999), st.floats(0.5, 500), st.floats(0.5, 500))
def test_a_quantile_is_where_the_share_is_reached(share: float, a: float, b: float) -> None:
    """The quantile is found by bisection, and its own share is the proof."""
    assert pytest.approx(share, abs=1e-6) == beta_share(beta_quantile(share, a=a, b=b), a=a, b=b)


@given(st.floats(0.6, 0.999), st.integers(1, 10_000))
def test_student_agrees_with_scipy(share: float, freedom: int) -> None:
    """Few clusters widen an interval by exactly this."""
    assert isclose(stats.t.ppf(share, freedom), student_quantile(share, freedom), rel_tol=1e-7)


@given(_COUNTS, st.floats(0.01, 0.99))
def test_the_binomial_agrees_with_scipy(counts: tuple[int, int], chance: float) -> None:
    """McNemar's test is a sum of these."""
    passed, total = counts

    assert pytest.approx(stats.binom.cdf(passed, total, chance), abs=1e-9) == binomial_share(
        passed, trials=total, chance=chance
    )


@given(_COUNTS)
def test_wilson_agrees_with_statsmodels(counts: tuple[int, int]) -> None:
    """The formula is ours, so another's is its oracle."""
    passed, total = counts
    low, high = proportion_confint(passed, total, method="wilson")

    interval = wilson_interval(passed, total)

    assert pytest.approx((low, high), abs=1e-12) == (interval.low, interval.high)


@given(_COUNTS)
def test_exact_agrees_with_statsmodels(counts: tuple[int, int]) -> None:
    """Clopper and Pearson's interval is two quantiles of a beta distribution."""
    passed, total = counts
    low, high = proportion_confint(passed, total, method="beta")

    interval = exact_interval(passed, total)

    assert pytest.approx((low, high), abs=1e-7) == (interval.low, interval.high)


@given(_COUNTS)
def test_an_interval_holds_its_rate_and_stays_a_share(counts: tuple[int, int]) -> None:
    """A mark outside its own bar, or a bar outside the chart, would be rounding shown as a finding."""
    passed, total = counts

    for interval in (wilson_interval(passed, total), exact_interval(passed, total)):
        assert 0 <= interval.low <= passed / total <= interval.high <= 1


@pytest.mark.parametrize(("passed", "total"), [(0, 0), (3, 2), (-1, 4)])
def test_no_cases_have_no_rate(passed: int, total: int) -> None:
    """A made-up interval for nothing would be read as a result."""
    for interval in (wilson_interval, exact_interval):
        with pytest.raises(ValueError, match="no rate"):
            interval(passed, total)
    with pytest.raises(ValueError, match="no rate"):
        clustered_interval([])


@given(_CLUSTERS)
def test_the_effective_size_is_that_of_a_clustered_regression(clusters: list[list[float]]) -> None:
    """A mean is a regression on nothing, whose clustered variance statsmodels knows."""
    shares = [share for cluster in clusters for share in cluster]
    groups = [number for number, cluster in enumerate(clusters) for _ in cluster]
    total, count, rate = len(shares), len(clusters), sum(shares) / len(shares)
    found = effective_size(clusters)

    if count < FEWEST_CLUSTERS or count == total or rate in (0, 1):
        assert total == found
        return
    settings = {"groups": groups, "use_correction": True, "df_correction": False}
    fit = OLS(shares, [1.0] * total).fit(cov_type="cluster", cov_kwds=settings)
    # statsmodels corrects by n - 1 over n - k too, which is 1 for a mean but for one case.
    variance = fit.bse[0] ** 2 * (total - 1) / (total - 1)
    freedom = (stats.t.ppf(0.975, total - 1) / stats.t.ppf(0.975, count - 1)) ** 2
    wanted = total if variance < 1e-12 else min(total, max(1, rate * (1 - rate) / variance * freedom))

    assert pytest.approx(wanted, rel=1e-6) == found


def test_cases_that_are_alike_tell_less() -> None:
    """Ten rows that always end together are no more than one case, and the interval says so."""
    alike = [[1.0] * 10] * 8 + [[0.0] * 10] * 2
    mixed = [[1.0] * 8 + [0.0] * 2] * 10

    assert effective_size(alike) < 10
    assert 100 == effective_size(mixed)
    assert clustered_interval(alike).low < clustered_interval(mixed).low
