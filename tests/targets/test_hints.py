"""What servers say about when to come back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.targets._hints import retry_after_s

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "20"}, 20.0),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "1e9"}, 1e9),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "20"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "20"}, 20.0),
        ({"retry-after": "Wed, 04 Mar 2026 05:06:37 GMT"}, 30.0),
        ({"retry-after": "Wed, 04 Mar 2026 05:00:00 GMT"}, 0.0),
        ({"retry-after": "Wed, 04 Mar 2026 05:06:37 -0000"}, 30.0),
        ({"retry-after": "Wed, 04 Mar 2026 07:00:10 GMT", "date": "Wed, 04 Mar 2026 07:00:00 GMT"}, 10.0),
        ({"retry-after": "Wed, 04 Mar 2026 05:06:37 GMT", "date": "lately"}, 30.0),
    ],
)
def test_hints_are_seconds_from_now(headers: dict[str, str], expected: float | None) -> None:
    """Servers say it in four ways, and a server's own clock counts for its dates."""
    assert expected == retry_after_s(headers, now=NOW)


_NUMBERS = st.integers(-(10**30), 10**30)
_DATES = st.builds("{}, {} Mar {} {}:{}:{} {:+}".format, st.text(), *[_NUMBERS] * 6)


@given(ms=st.text() | _NUMBERS.map(str), after=st.text() | _DATES, date=st.text() | _DATES)
def test_whatever_a_server_says_is_a_wait_or_nothing(ms: str, after: str, date: str) -> None:
    """Headers are written by strangers, and none of them may end a run."""
    wait_s = retry_after_s({"retry-after-ms": ms, "retry-after": after, "date": date}, now=NOW)

    assert wait_s is None or wait_s >= 0
