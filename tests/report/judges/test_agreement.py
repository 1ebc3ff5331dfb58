"""Agreement of judges with people and with each other, against other programs and published figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import aggregate_raters, cohens_kappa, fleiss_kappa

from evalc.report.judges.alpha import alpha
from evalc.report.judges.corrected import Checked, corrected_rate
from evalc.report.judges.kappa import kappa, moments

WORDS = ("1", "2", "3", "4")

# Krippendorff 2011, example C: twelve units, four observers, some of whom saw less.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .".split(),
    "1 2 3 3 2 2 4 1 2 5 . 3".split(),
    ". 3 3 3 2 3 4 2 2 5 1 .".split(),
    "1 2 3 3 2 4 4 1 2 5 1 .".split(),
)
UNITS = [[word for word in unit if word != "."] for unit in zip(*OBSERVERS, strict=True)]

tables = st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=4, max_size=4).filter(
    lambda rows: sum(map(sum, rows)) > 3
)


@given(tables, st.booleans())
def test_kappa_and_its_error_are_those_of_statsmodels(rows: list[list[int]], is_weighted: bool) -> None:
    """A wrong kappa looks like any other number."""
    counts = {(WORDS[i], WORDS[j]): count for i, row in enumerate(rows) for j, count in enumerate(row) if count}
    found = moments(counts, WORDS, weights="quadratic" if is_weighted else "none")
    if found is None:
        return
    # Its least and greatest possible kappa, which nobody asks for here, may be a division by zero.
    with np.errstate(all="ignore"):
        expected = cohens_kappa(np.array(rows), wt="quadratic" if is_weighted else None)

    assert float(expected.kappa) == pytest.approx(found[0], abs=1e-9)
    assert float(expected.var_kappa) == pytest.approx(found[1] ** 2, abs=1e-9)


def test_perfect_agreement_on_few_answers_is_no_certainty() -> None:
    """The large-sample interval of three equal words has no width, and would say that the judge cannot err."""
    few = kappa({("met", "met"): 2, ("not-met", "not-met"): 1}, ("met", "not-met"))

    assert few.interval
    assert 1.0 == few.value
    assert few.interval.low < 0.5


def test_kappa_of_one_word_is_not_known() -> None:
    """Where people label all answers alike, agreement by chance is total."""
    assert None is kappa({("met", "met"): 40}, ("met", "not-met")).value


@pytest.mark.parametrize(("is_ordered", "expected"), [(False, 0.743), (True, 0.815)])
def test_alpha_is_that_of_the_published_example(is_ordered: bool, expected: float) -> None:
    """The example has missing words, which is what other measures cannot do."""
    found = alpha(UNITS, ("1", "2", "3", "4", "5"), is_ordered=is_ordered)

    assert found.value == pytest.approx(expected, abs=5e-4)
    assert found.interval
    assert found.interval.low < expected < found.interval.high


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=2, max_size=30))
def test_alpha_of_two_judges_follows_from_the_kappa_of_fleiss(pairs: list[tuple[str, str]]) -> None:
    """For two judges who gave all words, alpha is Scott's pi with a correction for few units."""
    if len({word for pair in pairs for word in pair}) < 2:
        return
    table, _ = aggregate_raters(np.array([[int(word) for word in pair] for pair in pairs]))
    pi, size = float(fleiss_kappa(table)), 2 * len(pairs)

    assert 1 - (1 - pi) * (size - 1) / size == pytest.approx(alpha(pairs, WORDS, is_ordered=False).value, abs=1e-9)


def test_a_rate_is_corrected_for_what_the_judge_gets_wrong() -> None:
    """A judge that fails good answers shows a rate that is too low, one that passes bad ones the opposite."""
    found = corrected_rate(900, 1000, checked=Checked(passed=95, of_good=100, failed=80, of_bad=100))

    assert found.value == pytest.approx((0.9 + 0.8 - 1) / (0.8 + 0.95 - 1))
    assert found.interval
    assert found.interval.low < 0.9333 < found.interval.high


@pytest.mark.parametrize(
    "checked", [Checked(passed=5, of_good=10, failed=5, of_bad=10), Checked(passed=9, of_good=10, failed=0, of_bad=0)]
)
def test_a_judge_that_says_nothing_corrects_nothing(checked: Checked) -> None:
    """A judge that tosses a coin, or was never shown a bad answer, cannot tell the rate."""
    assert None is corrected_rate(9, 10, checked=checked).value


@pytest.mark.parametrize(("rate", "sensitivity", "specificity"), [(0.9, 0.95, 0.8), (0.5, 0.8, 0.9), (0.97, 0.9, 0.7)])
def test_the_corrected_interval_holds_the_truth_as_often_as_it_says(
    rate: float, sensitivity: float, specificity: float
) -> None:
    """The plain interval of the judge's own rate misses the truth; this one about one time in twenty, and not more."""
    chance, hits, runs = np.random.default_rng(7), 0, 2000
    for _ in range(runs):
        passed = int(chance.binomial(200, rate * sensitivity + (1 - rate) * (1 - specificity)))
        right = int(chance.binomial(60, sensitivity)), int(chance.binomial(60, specificity))
        checked = Checked(right[0], 60, right[1], 60)
        interval = corrected_rate(passed, 200, checked=checked).interval
        hits += interval is not None and interval.low <= rate <= interval.high

    assert 0.935 <= hits / runs
