"""What a server says about when to come back."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


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
