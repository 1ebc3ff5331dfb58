"""How many questions may be open at one target, and when none may."""

import asyncio
import sys
from collections import deque

from evalc.run.clock import Clock

_SHRINK = 0.7

# Near the number of places at which the target throttled last, a place more is tried in every tenth round only: each
# try costs a refused question.
_NEAR = 0.9
_CAREFUL = 0.1

_FAILURES_IN_A_ROW = 10
_FIRST_PROBE_S = 1.0
_LATEST_PROBE_S = 30.0


class Gate:
    """Lets questions to one target through: at first as many as allowed, fewer once it throttles, then slowly more.

    Additive increase and multiplicative decrease, as in TCP: each success adds one share of a place, each wave of
    throttling takes three tenths of the places. After ten failures in a row one question at a time goes through, at
    growing intervals, until one is answered.
    """

    def __init__(self, places: int, clock: Clock) -> None:
        self._most = float(places)
        self._places = float(places)
        self._ceiling = float("inf")
        self._wave = 0
        self._open = 0
        self._clock = clock
        self._closed_until = 0.0
        self._failures = 0
        self._failing_since = 0.0
        self._probes = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._over = asyncio.Event()

    @property
    def places(self) -> int:
        """How many questions may be open now."""
        if self._over.is_set():
            return sys.maxsize
        return 1 if self._failures >= _FAILURES_IN_A_ROW else int(self._places)

    @property
    def failing_s(self) -> float:
        """For how long every question has failed; 0 until there are ten of them."""
        return self._clock.monotonic() - self._failing_since if self._failures >= _FAILURES_IN_A_ROW else 0.0

    async def enter(self) -> int:
        """The wave that one more question belongs to, once it may be asked; `leave` follows in any case."""
        while True:
            pause_s = self._closed_until - self._clock.monotonic()
            if pause_s > 0 and not self._over.is_set():
                await self.rest(pause_s)
            elif self._open < self.places and not self._waiting:
                self._open += 1
                return self._wave
            else:
                await self._turn()
                if self._closed_until <= self._clock.monotonic() or self._over.is_set():
                    return self._wave
                self.leave()

    async def until_open(self) -> None:
        """Return once the gate is not closed, for somebody who has a place."""
        while (pause_s := self._closed_until - self._clock.monotonic()) > 0 and not self._over.is_set():
            await self.rest(pause_s)

    def leave(self) -> None:
        """Give the place back."""
        self._open -= 1
        self._wake()

    def succeed(self) -> None:
        """An answer came: a little more is allowed."""
        self._failures = self._probes = 0
        share = 1.0 if self._places < _NEAR * self._ceiling else _CAREFUL
        self._places = min(self._places + share / self._places, self._most)
        self._wake()

    def fail(self) -> float:
        """No answer came. The seconds for which nothing is asked now; above 0 once there were ten in a row."""
        now = self._clock.monotonic()
        if not self._failures:
            self._failing_since = now
        self._failures += 1
        # What was open when the gate closed is no probe.
        if self._failures < _FAILURES_IN_A_ROW or now < self._closed_until:
            return 0.0
        pause_s = min(_FIRST_PROBE_S * 2.0**self._probes, _LATEST_PROBE_S)
        self._probes += 1
        self.close(pause_s)
        return pause_s

    def narrow(self, pause_s: float, *, wave: int) -> bool:
        """The target throttles: nothing is asked for a while, and then less at a time. True where that is news.

        What was asked in a wave before the last narrowing says nothing about the places that there are now.
        """
        self.close(pause_s)
        if wave != self._wave:
            return False
        self._wave += 1
        self._ceiling = self._places
        self._places = max(1.0, self._places * _SHRINK)
        return True

    def close(self, pause_s: float) -> None:
        """Let nothing through for so many seconds from now."""
        self._closed_until = max(self._closed_until, self._clock.monotonic() + pause_s)

    async def rest(self, duration_s: float) -> None:
        """Return when that many seconds have passed, or the gate is given up."""
        ends = {asyncio.ensure_future(self._clock.sleep(duration_s)), asyncio.ensure_future(_come(self._over))}
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()

    def give_up(self) -> None:
        """Let everybody through at once, for nothing is asked any more."""
        self._over.set()
        self._wake()

    async def _turn(self) -> None:
        """Wait in line; whoever is called has a place."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            raise

    def _wake(self) -> None:
        while self._open < self.places and self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                self._open += 1
                turn.set_result(None)


async def _come(event: asyncio.Event) -> None:
    await event.wait()
