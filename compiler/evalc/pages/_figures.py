"""Numbers and moments as readers see them."""

from datetime import UTC, datetime


def as_percent(share: float) -> str:
    """A share as a percentage that is only 0% or 100% when it is exactly that: `89%`, `>99%`."""
    percent = round(share * 100)
    if percent == 100 and share < 1:
        return ">99%"
    if percent == 0 and share > 0:
        return "<1%"
    return f"{percent}%"


def as_points(difference: float) -> str:
    """A difference of shares in percentage points with its sign, which is a minus and no hyphen: `+3 pp`, `0 pp`."""
    points = round(difference * 100)
    sign = "+" if points > 0 else "\u2212" if points < 0 else ""
    return f"{sign}{abs(points)} pp"


def as_number(value: float) -> str:
    """A number with thousands apart and no idle decimals: `1,200`, `3.5`."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def as_seconds(value: float) -> str:
    """A duration: `0.42 s`, `12 s`, `3 min 20 s`, `2 h 5 min`."""
    if value < 10:
        return f"{value:.2g} s"
    whole = round(value)
    if whole < 60:
        return f"{whole} s"
    minutes, seconds = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def as_dollars(value: float) -> str:
    """An amount with two significant digits below one dollar: `$1.25`, `$0.0031`, `under $0.0001`."""
    if value >= 0.995 or value == 0:
        return f"${value:,.2f}"
    return f"${value:.2g}" if value >= 0.0001 else "under $0.0001"


def as_moment(moment: str) -> str:
    """An ISO 8601 moment as a date and a time of day in UTC; another text as it is."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    aware = found if found.tzinfo else found.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
