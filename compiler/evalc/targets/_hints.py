"""What a server says about when to come back."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from evalc.targets._answers import Json, members_of, objects_of, text_of

_DURATION = re.compile(
    r"(?=[\d.])(?:(?P<h>[\d.]{1,15})h)?(?:(?P<m>[\d.]{1,15})m(?!s))?(?:(?P<s>[\d.]{1,15})s)?(?:(?P<ms>[\d.]{1,15})ms)?"
)
_UNIT_S = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_SAID = re.compile(r"\b(?:try again|retry) (?:in|after) (?P<duration>[\d.]+ ?(?:ms|s|m|h)[\dmsh.]*)", re.IGNORECASE)

# From here on a number is a moment: seconds since 1970 in some headers, milliseconds in others.
_MOMENT_S, _MOMENT_MS = 1e9, 1e12


def retry_after_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """How long a server asks us to wait, in seconds from 0, or None where it says nothing that can be understood.

    `retry-after-ms` goes before `retry-after`, which is a number of seconds or a date. A date counts from the server's
    own `date`, for clocks differ.
    """
    exact = _number(headers.get("retry-after-ms", ""))
    if exact is not None:
        return max(exact / 1000, 0.0)
    given = headers.get("retry-after", "")
    seconds = _number(given)
    if seconds is not None:
        return max(seconds, 0.0)
    until = _moment(given)
    if until is None:
        return None
    return max((until - (_moment(headers.get("date", "")) or now)).total_seconds(), 0.0)


def reset_s(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """When the limits that are used up are free again, in seconds from 0, or None where no header says so.

    Of several limits the last one counts, for it is not said which of them was met. `x-ratelimit-reset-tokens: 6m0s`,
    `anthropic-ratelimit-requests-reset: 2026-01-27T12:00:30Z` and `ratelimit-reset: 30` are in use.
    """
    found = dict(_resets(headers, now))
    used_up = {name for name in found if _number(headers.get(name.replace("reset", "remaining"), "")) == 0}
    waits = [wait_s for name, wait_s in found.items() if name in used_up or not used_up]
    return max(waits, default=None)


def hint_in_body(content: Json, said: str) -> float | None:
    """How long the body of a refusal asks us to wait: in a member as Google has it, or in words as OpenAI does."""
    for detail in objects_of(members_of(content.get("error")).get("details")):
        wait_s = _duration(text_of(detail.get("retryDelay")))
        if wait_s is not None:
            return wait_s
    words = _SAID.search(said)
    return _duration(words["duration"].replace(" ", "").rstrip(".")) if words else None


def _resets(headers: Mapping[str, str], now: datetime) -> Iterator[tuple[str, float]]:
    for name, value in headers.items():
        if "ratelimit" in name and "reset" in name:
            wait_s = _wait_until(value, now)
            if wait_s is not None:
                yield name, max(wait_s, 0.0)


def _wait_until(value: str, now: datetime) -> float | None:
    number = _number(value)
    if number is not None:
        if number >= _MOMENT_S:
            return (number / 1000 if number >= _MOMENT_MS else number) - now.timestamp()
        return number
    try:
        until = datetime.fromisoformat(value)
        return (until if until.tzinfo else until.replace(tzinfo=UTC)).timestamp() - now.timestamp()
    except (ValueError, OverflowError):
        return _duration(value)


def _duration(text: str) -> float | None:
    """The seconds of a duration such as `1m30s`, `17.5s` or `20ms`."""
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    numbers = {unit: _number(found[unit] or "0") for unit in _UNIT_S}
    parts = [number * _UNIT_S[unit] for unit, number in numbers.items() if number is not None]
    return sum(parts) if len(parts) == len(_UNIT_S) else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
