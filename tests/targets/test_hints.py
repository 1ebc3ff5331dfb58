"""What servers say about when to come back."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.targets._hints import hint_in_body, reset_s, retry_after_s

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


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"x-ratelimit-remaining-requests": "0"}, None),
        ({"x-ratelimit-reset-requests": "20ms"}, 0.02),
        ({"x-ratelimit-reset-requests": "1h2m3.5s"}, 3723.5),
        ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-reset-tokens": "7s"}, 360.0),
        (
            {
                "x-ratelimit-reset-requests": "6m0s",
                "x-ratelimit-remaining-requests": "12",
                "x-ratelimit-reset-tokens": "7s",
                "x-ratelimit-remaining-tokens": "0",
            },
            7.0,
        ),
        ({"anthropic-ratelimit-input-tokens-reset": "2026-03-04T05:06:37Z"}, 30.0),
        ({"anthropic-ratelimit-input-tokens-reset": "2026-03-04T05:00:00Z"}, 0.0),
        ({"ratelimit-reset": "30"}, 30.0),
        ({"x-ratelimit-reset": str(NOW.timestamp() + 30)}, 30.0),
        ({"x-ratelimit-reset": str(int(NOW.timestamp() + 30) * 1000)}, 30.0),
        ({"ratelimit-reset": "soon"}, None),
        ({"ratelimit-reset": "5 bananas"}, None),
    ],
)
def test_resets_are_seconds_from_now(headers: dict[str, str], expected: float | None) -> None:
    """Providers have headers of their own: durations, moments, and seconds of two kinds."""
    found = reset_s(headers, now=NOW)

    assert expected == (None if found is None else pytest.approx(found, abs=0.001))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Rate limit reached. Please try again in 1.242s. Visit our page.", 1.242),
        ("please try again in 20ms.", 0.02),
        ("Please retry after 6m0s", 360.0),
        ("Try again in 30 s", 30.0),
        ("Try again later", None),
        ("in 20s", None),
    ],
)
def test_words_of_a_refusal_may_say_when(said: str, expected: float | None) -> None:
    """Where no header says it, the text often does."""
    assert expected == hint_in_body({}, said)


@given(value=st.text() | st.from_regex(r"[0-9.hms]{0,12}") | _NUMBERS.map(str), said=st.text())
def test_whatever_a_provider_says_is_a_wait_or_nothing(value: str, said: str) -> None:
    """These headers and texts are written by strangers too."""
    in_header = reset_s({"x-ratelimit-reset-tokens": value, "x-ratelimit-remaining-tokens": said}, now=NOW)
    in_text = hint_in_body({"error": {"details": [{"retryDelay": value}]}}, f"try again in {value}{said}")

    assert in_header is None or in_header >= 0
    assert in_text is None or in_text >= 0
