"""What a suite can see, held against statsmodels and against itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evalc.report.statistics.paired import mcnemar_p
from evalc.report.statistics.power import (
    cases_needed,
    repeats_needed,
    smallest_visible_loss,
    smallest_visible_mean_loss,
)
from evalc.report.statistics.repeats import pass_all, pass_any, variance_within


def _power(cases: int, flipping: float, loss: float) -> float:
    """How often McNemar's test finds a loss, by the distribution of both kinds of flips together."""
    losing, gaining = (flipping + loss) / 2, (flipping - loss) / 2
    found = 0.0
    for lost in range(cases + 1):
        for gained in range(cases - lost + 1):
            if mcnemar_p(lost, gained, alternative="worse") <= 0.05:
                found += stats.multinomial.pmf(
                    [lost, gained, cases - lost - gained], cases, [losing, gaining, 1 - flipping]
                )
    return found


@pytest.mark.parametrize(("cases", "flips"), [(20, 0), (40, 4), (60, 12)])
def test_the_smallest_visible_loss_is_found_four_times_in_five(cases: int, flips: int) -> None:
    """Summed over both kinds of flips, as the function does not."""
    loss = smallest_visible_loss(cases, flips, alpha=0.05)

    assert loss is not None
    assert pytest.approx(0.8, abs=1e-4) == _power(cases, flips / cases + loss, loss)


def test_the_approximation_takes_over_without_a_jump() -> None:
    """From 300 flips on the power is approximated, and nobody should see where."""
    exact, approximated = (smallest_visible_loss(2000, flips, alpha=0.05) for flips in (299, 301))

    assert pytest.approx(exact, rel=0.03) == approximated


@settings(max_examples=25)
@given(st.integers(1, 200), st.floats(0, 0.5))
def test_more_cases_see_smaller_losses(cases: int, noise: float) -> None:
    """Up to the steps of whole cases."""
    fewer = smallest_visible_loss(cases, noise * cases, alpha=0.05)
    more = smallest_visible_loss(cases * 2, noise * cases * 2, alpha=0.05)

    assert fewer is None or (more is not None and more < fewer)


def test_four_cases_see_nothing() -> None:
    """Even if all four fail, chance alone would do that once in sixteen times."""
    assert smallest_visible_loss(4, 0, alpha=0.05) is None
    assert smallest_visible_loss(0, 0, alpha=0.05) is None
    assert smallest_visible_mean_loss(0.5, units=2, repeats=1, alpha=0.05) is None


def test_a_mean_is_seen_from_two_and_a_half_standard_errors_on() -> None:
    """1.645 for the test and 0.842 for finding it four times in five, where the loss itself adds next to nothing."""
    loss = smallest_visible_mean_loss(0.09, units=90_000, repeats=1000, alpha=0.05)

    assert pytest.approx(2.486 * 0.3 / 300, rel=1e-2) == loss


def test_cases_and_repeats_that_would_decide() -> None:
    """Half the width takes four times the cases; repeats help only against what is within a case."""
    assert 400 == cases_needed(100, half_width=0.10, distance=0.05)
    assert cases_needed(100, half_width=0.10, distance=0.0) is None
    assert 100 == cases_needed(100, half_width=0.05, distance=0.10)
    assert 8 == repeats_needed(0.25, 0.125, repeats=4, wanted=0.1875)
    assert repeats_needed(0.25, 0.125, repeats=4, wanted=0.125) is None
    assert repeats_needed(0.25, 0.0, repeats=1, wanted=0.10) is None


@given(st.integers(1, 12).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(1, n))))
def test_rates_over_repeats_are_those_of_draws_without_return(counts: tuple[int, int, int]) -> None:
    """The chance that of some repeats, taken at random from all, one passes or all do."""
    repeats, passes, of = counts
    drawn = stats.hypergeom(repeats, passes, of)

    assert pytest.approx(1 - drawn.pmf(0)) == pass_any(passes, repeats, of=of)
    assert pytest.approx(drawn.pmf(of)) == pass_all(passes, repeats, of=of)


def test_a_rate_over_more_repeats_than_there_are_is_refused() -> None:
    """It could only be made up."""
    with pytest.raises(ValueError, match="3 of 2 repeats"):
        pass_any(1, 2, of=3)


def test_the_variance_within_cases_needs_two_repeats() -> None:
    """One repeat says nothing about another."""
    assert variance_within([(1, 1), (0, 1)]) is None
    assert pytest.approx(0.25) == variance_within([(1, 1), (1, 2), (2, 2), (0, 0)])
