"""Time as the engine sees it, so that a test can bring its own."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the engine reads time and lets it pass."""

    def monotonic(self) -> float:
        """Seconds from an unknown moment on; they never jump."""

    def utc(self) -> datetime:
        """The moment that people would name."""

    async def sleep(self, duration_s: float) -> None:
        """Return when that many seconds have passed."""


def moment(clock: Clock) -> str:
    """Now in UTC, as results have it."""
    return clock.utc().isoformat(timespec="milliseconds").replace("+00:00", "Z")


class SystemClock:
    """The machine's own time."""

    def monotonic(self) -> float:
        return time.monotonic()

    def utc(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, duration_s: float) -> None:
        await asyncio.sleep(duration_s)
