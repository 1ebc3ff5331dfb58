"""Numbers as readers see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.pages._figures import as_dollars, as_moment, as_number, as_percent, as_points, as_seconds


@pytest.mark.parametrize(
    ("share", "shown"), [(0, "0%"), (1, "100%"), (0.5, "50%"), (0.999, ">99%"), (0.001, "<1%"), (0.888, "89%")]
)
def test_a_share_is_whole_percents(share: float, shown: str) -> None:
    """No decimals that a handful of cases cannot carry."""
    assert shown == as_percent(share)


@given(st.floats(min_value=0, max_value=1))
def test_all_and_none_are_said_only_where_they_are_true(share: float) -> None:
    """999 of 1,000 is not all."""
    assert ("100%" == as_percent(share)) == (share == 1)
    assert ("0%" == as_percent(share)) == (share == 0)


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0 s"),
        (0.4237, "0.42 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (200, "3 min 20 s"),
        (7500, "2 h 5 min"),
    ],
)
def test_a_duration_has_the_units_of_its_size(seconds: float, shown: str) -> None:
    """Nobody divides by 60 while reading."""
    assert shown == as_seconds(seconds)


@pytest.mark.parametrize(
    ("dollars", "shown"),
    [(0, "$0.00"), (0.00311, "$0.0031"), (0.00001, "under $0.0001"), (0.5, "$0.5"), (1234.5, "$1,234.50")],
)
def test_an_amount_keeps_what_matters(dollars: float, shown: str) -> None:
    """A call costs fractions of a cent, a run can cost hundreds."""
    assert shown == as_dollars(dollars)


@pytest.mark.parametrize(("value", "shown"), [(1, "1"), (1200, "1,200"), (2.5, "2.5"), (1.0, "1"), (0.333, "0.33")])
def test_a_number_has_no_idle_decimals(value: float, shown: str) -> None:
    """A weight of 1.0 is 1."""
    assert shown == as_number(value)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-11-20T09:12:05Z", "2026-11-20 09:12 UTC"),
        ("2026-11-20T09:12:05.123456+02:00", "2026-11-20 07:12 UTC"),
        ("2026-11-20T09:12:05", "2026-11-20 09:12 UTC"),
        ("yesterday", "yesterday"),
    ],
)
def test_a_moment_is_in_utc(moment: str, shown: str) -> None:
    """Runs of several machines stand side by side."""
    assert shown == as_moment(moment)


@pytest.mark.parametrize(
    ("difference", "shown"), [(0.031, "+3 pp"), (-0.12, "\u221212 pp"), (0.0, "0 pp"), (-0.001, "0 pp")]
)
def test_a_difference_has_a_sign_unless_it_is_none(difference: float, shown: str) -> None:
    """Points are not percent: from 50 % to 55 % are five points, and a tenth more."""
    assert shown == as_points(difference)
