"""Tests of two runs of the same cases, held against scipy and statsmodels."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from evalc.report.statistics.paired import bootstrap_interval, flip_interval, holm, mcnemar_p, sign_flip_p

_FLIPS = st.integers(0, 300)


@given(_FLIPS, _FLIPS)
def test_mcnemar_agrees_with_statsmodels(lost: int, gained: int) -> None:
    """The exact test, in both directions."""
    expected = mcnemar([[5, lost], [gained, 5]], exact=True).pvalue

    assert pytest.approx(min(1.0, expected), abs=1e-10) == mcnemar_p(lost, gained)


@given(_FLIPS, _FLIPS)
def test_a_loss_alone_is_looked_for_on_one_side(lost: int, gained: int) -> None:
    """A gate asks whether it got worse, and a gain must not fail it."""
    expected = stats.binomtest(lost, lost + gained, alternative="greater").pvalue if lost + gained else 1.0

    assert pytest.approx(expected, abs=1e-10) == mcnemar_p(lost, gained, alternative="worse")


@given(st.lists(st.sampled_from([-1.0, 0.0, 1.0]), max_size=14))
def test_sign_flips_of_whole_cases_are_mcnemars_test(differences: list[float]) -> None:
    """Where each case has one answer, both ask the same, and must not disagree."""
    lost, gained = differences.count(-1), differences.count(1)

    assert pytest.approx(mcnemar_p(lost, gained)) == sign_flip_p(differences, seed=1)
    assert pytest.approx(mcnemar_p(lost, gained, alternative="worse")) == sign_flip_p(
        differences, seed=1, alternative="worse"
    )


@settings(max_examples=30)
@given(st.lists(st.sampled_from([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0]), min_size=2, max_size=8))
def test_few_differences_are_enumerated_as_scipy_does(differences: list[float]) -> None:
    """No p-value depends on a draw where all combinations can be looked at."""
    found = stats.permutation_test(
        (differences,), lambda signed: float(sum(signed)), permutation_type="samples", n_resamples=10_000
    )

    assert pytest.approx(found.pvalue, abs=1e-9) == sign_flip_p(differences, seed=1)


@settings(max_examples=25)
@given(st.lists(st.sampled_from([-1.0, -0.5, 0.5, 1.0]), min_size=15, max_size=60), st.integers(0, 9))
def test_draws_come_near_the_whole_distribution(differences: list[float], seed: int) -> None:
    """Signs of equal amounts are drawn together; the sums must be distributed as if each had been drawn alone."""
    weights = {0.0: 1.0}
    for part in differences:
        grown: dict[float, float] = {}
        for (total, weight), sign in product(weights.items(), (-1, 1)):
            grown[total + sign * part] = grown.get(total + sign * part, 0.0) + weight / 2
        weights = grown
    observed = abs(sum(differences))
    exact = sum(weight for total, weight in weights.items() if abs(total) >= observed - 1e-9)

    assert pytest.approx(exact, abs=0.025) == sign_flip_p(differences, seed=seed)


def test_draws_are_the_same_for_the_same_seed() -> None:
    """A stored run that is decided twice must not be decided twice differently."""
    differences = [0.5, -1.0, 0.5, 0.5] * 20

    assert sign_flip_p(differences, seed=7) == sign_flip_p(differences, seed=7)
    assert sign_flip_p(differences, seed=7) != sign_flip_p(differences, seed=8)
    assert bootstrap_interval([differences], seed=7) == bootstrap_interval([differences], seed=7)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.integers(0, n), st.just(n))))
def test_an_interval_of_flips_holds_the_difference(counts: tuple[int, int, int]) -> None:
    """Each flip is of another case, so there are no more than cases."""
    lost, gained, cases = counts
    gained = min(gained, cases - lost)

    interval = flip_interval(lost, gained, cases=cases)

    assert -1 <= interval.low <= (gained - lost) / (cases + 2) <= interval.high <= 1
    assert interval.low < interval.high


def test_flips_have_the_interval_of_agresti_and_min() -> None:
    """Of 100 cases 10 lost and 4 gained: -0.0588 with a standard error of sqrt(15 - 36 / 102) / 102."""
    interval = flip_interval(10, 4, cases=100)

    assert pytest.approx((-0.13234, 0.01470), abs=1e-4) == (interval.low, interval.high)


def test_a_bootstrap_agrees_with_scipy() -> None:
    """Percentiles of means of cases drawn again; both draw, so both are near and not equal."""
    differences = [0.0] * 60 + [-1.0] * 15 + [0.5] * 10 + [-0.5] * 15
    found = stats.bootstrap(
        (differences,), lambda drawn, axis: drawn.mean(axis=axis), method="percentile", rng=1
    ).confidence_interval

    interval = bootstrap_interval([(part,) for part in differences], seed=3)

    assert pytest.approx((found.low, found.high), abs=0.01) == (interval.low, interval.high)


def test_a_bootstrap_draws_whole_clusters() -> None:
    """Rows that move together are drawn together, or the interval would be far too narrow."""
    together = [[-1.0] * 10] * 3 + [[0.0] * 10] * 7
    apart = [[part] for cluster in together for part in cluster]

    wide, narrow = bootstrap_interval(together, seed=1), bootstrap_interval(apart, seed=1)

    assert wide.high - wide.low > 2 * (narrow.high - narrow.low)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_holm_agrees_with_statsmodels(p_values: list[float]) -> None:
    """Of several tests, each keeps its place in the row."""
    _, expected, _, _ = multipletests(p_values, method="holm")

    assert pytest.approx(list(expected)) == holm(p_values)
