"""A loop in which time passes only when nobody has anything to do, and targets that live in it."""

import asyncio
import selectors
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.model.settings import Caps, Limits, Terms
from evalc.run.asking import Asker, Patience
from evalc.run.spending.purse import Purse
from evalc.targets.contract import FaultKind, Target, TargetError

Value = TypeVar("Value")


class _Jumping(selectors.DefaultSelector):
    """Waits for events without a deadline, and otherwise jumps to it."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(None)
        ready = super().select(0)
        if not ready:
            self.now += max(timeout, 0.0)
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


def run_virtually(main: Coroutine[object, object, Value]) -> Value:
    """What a coroutine returns in a loop whose waits take no time."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)


class LoopClock:
    """The time of the loop, which began on a day in March."""

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    def utc(self) -> datetime:
        return datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC) + timedelta(seconds=self.monotonic())

    async def sleep(self, duration_s: float) -> None:
        await asyncio.sleep(duration_s)


class Failing(TargetError):
    """A failure of a chosen kind."""

    def __init__(self, kind: FaultKind, *, retry_after_s: float | None = None) -> None:
        super().__init__(f"it is {kind}", retry_after_s=retry_after_s)
        # The class variable says it for a class of failures, and this is one of any kind.
        self.__dict__["kind"] = kind


class Told(Target):
    """A target that does what it is told, and remembers when it was asked and how many asked at once."""

    def __init__(self, answer: Callable[[Prompt], Awaitable[str]], *, name: str = "told") -> None:
        self.card = TargetCard(name=name, type="told")
        self.asked_at: list[float] = []
        self.open = 0
        self.most_open = 0
        self.closed_at: float | None = None
        self._answer = answer

    async def ask(self, prompt: Prompt) -> Response:
        self.asked_at.append(asyncio.get_running_loop().time())
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            return Response(text=await self._answer(prompt))
        finally:
            self.open -= 1

    async def aclose(self) -> None:
        self.closed_at = asyncio.get_running_loop().time()


def make_asker(
    target: Target, limits: Limits, *, random: float = 0.5, terms: Terms | None = None
) -> tuple[Asker, list[tuple[float, str]]]:
    """An asker on virtual time, and the pauses that it tells of."""
    pauses: list[tuple[float, str]] = []
    patience = Patience(
        limits,
        Purse(Caps(), {}),
        LoopClock(),
        random=lambda: random,
        on_pause=lambda name, pause_s, reason: pauses.append((pause_s, reason)),
    )
    return Asker(target, patience, terms=terms or Terms(), on_answer=lambda prompt, response: None), pauses
