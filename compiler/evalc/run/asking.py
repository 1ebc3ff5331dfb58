"""Asking a target until it answers, gives up, or asking again would be wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from evalc.model.exchange import Prompt, Response
from evalc.model.result import Fault
from evalc.model.settings import Limits
from evalc.run.clock import Clock
from evalc.run.gate import Gate
from evalc.targets.contract import Target, TargetError

LONGEST_BACKOFF_S = 60.0

# How long to wait at most before a second attempt; it doubles with each further one, and the wait is drawn from all of
# it, so that many workers do not come back at once (Brooker 2015, "Exponential Backoff And Jitter").
_FIRST_BACKOFF_S = {"throttled": 1.0, "transient": 0.25}

# A server that never answered is probably not there at all, and whoever mistyped an address is told soon.
_LONGEST_SILENCE_AT_FIRST_S = 15.0

# Retries are a share of all questions, so that an ailing target is not asked several times as much as a sound one.
_FREE_RETRIES = 20
_RETRY_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of one prompt: an answer or a fault, and how often the target was asked for it."""

    response: Response | None
    fault: Fault | None
    attempts: int


@dataclass(frozen=True, slots=True)
class Patience:
    """What waiting goes by: the limits, the time, a source of numbers from 0 to 1, and who is told of pauses."""

    limits: Limits
    clock: Clock
    random: Callable[[], float]
    on_pause: Callable[[str, float, str], None]


class Asker:
    """Asks one target on behalf of all workers, as fast as it allows.

    An answer that came is never asked for again, whatever it says: that would be drawing lots until one fits.
    """

    def __init__(self, target: Target, patience: Patience, *, on_answer: Callable[[Prompt, Response], None]) -> None:
        self.target = target
        self.broken: Fault | None = None
        """Why nothing is asked any more."""
        self._patience = patience
        self._on_answer = on_answer
        self._gate = Gate(patience.limits.concurrency, patience.clock)
        self._questions = 0
        self._retries = 0
        self._has_answered = False

    async def ask(self, prompt: Prompt) -> Asked:
        """What came of a prompt after as many attempts as make sense."""
        self._questions += 1
        attempts = 0
        while True:
            got = await self._attempt(prompt)
            if got is None:
                return Asked(None, self.broken, attempts)
            attempts += 1
            if isinstance(got, Response):
                return Asked(got, None, attempts)
            wait_s = self._wait_after(got, attempts)
            if wait_s is None:
                return Asked(None, self.broken or Fault(kind=got.kind, message=str(got)), attempts)
            await self._gate.rest(wait_s)

    async def _attempt(self, prompt: Prompt) -> Response | TargetError | None:
        """An answer, a failure, or None where nothing is asked any more."""
        wave = await self._gate.enter()
        try:
            if self.broken:
                return None
            response = await self.target.ask(prompt)
        except TargetError as error:
            self._learn_from(error, wave)
            return error
        finally:
            self._gate.leave()
        self._has_answered = True
        self._gate.succeed()
        self._on_answer(prompt, response)
        return response

    def _learn_from(self, error: TargetError, wave: int) -> None:
        """What a failure means for all other questions."""
        limit_s = self._patience.limits.longest_wait_s
        hint_s = error.retry_after_s or 0.0
        if error.kind == "target-fatal" or hint_s > limit_s:
            self._break(error, str(error))
        elif error.kind in _FIRST_BACKOFF_S:
            is_news = error.kind == "throttled" and self._gate.narrow(hint_s, wave=wave)
            pause_s = max(self._gate.fail(), hint_s if is_news else 0.0)
            if error.kind == "transient" and not self._has_answered:
                limit_s = min(limit_s, _LONGEST_SILENCE_AT_FIRST_S)
            if self._gate.failing_s > limit_s:
                self._break(error, f"{error}; so it went for {self._gate.failing_s:.0f} s, and nothing more was asked")
            elif pause_s:
                self._patience.on_pause(self.target.card.name, pause_s, str(error))

    def _break(self, error: TargetError, message: str) -> None:
        self.broken = Fault(kind=error.kind, message=message)
        self._gate.give_up()

    def _wait_after(self, error: TargetError, attempts: int) -> float | None:
        """How long to wait before the next attempt, or None where there is to be none."""
        first_s = _FIRST_BACKOFF_S.get(error.kind)
        if first_s is None or self.broken or attempts >= self._patience.limits.max_attempts or not self._may_retry():
            return None
        self._retries += 1
        hint_s = error.retry_after_s
        if hint_s is not None:
            # Never sooner than the server said, and not all at the same moment.
            return hint_s + self._patience.random() * (0.1 * hint_s + 1)
        return self._patience.random() * min(LONGEST_BACKOFF_S, first_s * 2.0 ** (attempts - 1))

    def _may_retry(self) -> bool:
        free = _FREE_RETRIES + self._patience.limits.concurrency
        return self._retries < free + _RETRY_SHARE * self._questions
