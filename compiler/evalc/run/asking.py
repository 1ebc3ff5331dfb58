"""Asking a target until it answers, gives up, or asking again would be wrong."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from evalc.model.exchange import Prompt, Response
from evalc.model.result import Fault
from evalc.model.settings import Limits, Terms
from evalc.run.clock import Clock
from evalc.run.gate import Gate
from evalc.run.log import Recall
from evalc.run.pace import Pacer
from evalc.run.spending.diary import note
from evalc.run.spending.ledger import Call, Ledger
from evalc.run.spending.purse import Purse
from evalc.targets.contract import Target, TargetError

LONGEST_BACKOFF_S = 60.0

# How long to wait at most before a second attempt; it doubles with each further one, and the wait is drawn from all of
# it, so that many workers do not come back at once (Brooker 2015, "Exponential Backoff And Jitter").
_FIRST_BACKOFF_S = {"throttled": 1.0, "transient": 0.25}

# A server that never answered is probably not there at all, and whoever mistyped an address is told soon.
_LONGEST_SILENCE_AT_FIRST_S = 15.0

# Shorter waits are not worth a line.
_SHORTEST_TOLD_S = 1.0

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
    """What all asking of a run goes by: limits, what may be spent, time, chance, and who is told of pauses."""

    limits: Limits
    purse: Purse
    clock: Clock
    random: Callable[[], float]
    on_pause: Callable[[str, float, str], None]


class Asker:
    """Asks one target on behalf of all workers, as fast as it and the policy allow.

    An answer that came is never asked for again, whatever it says: that would be drawing lots until one fits.
    """

    def __init__(
        self,
        target: Target,
        patience: Patience,
        *,
        terms: Terms,
        on_answer: Callable[[Prompt, Response], None],
        recall: Recall | None = None,
    ) -> None:
        self.target = target
        self._recall = recall
        self.broken: Fault | None = None
        """Why nothing is asked any more."""
        self._patience = patience
        self._on_answer = on_answer
        self._gate = Gate(patience.limits.concurrency, patience.clock)
        self._pacer = Pacer(terms.pace, patience.clock)
        self._ledger = Ledger(target.card.name, terms.price, purse=patience.purse, clock=patience.clock)
        self._has_told_of_pace = False
        self._questions = 0
        self._retries = 0
        self._has_answered = False

    async def ask(self, prompt: Prompt) -> Asked:
        """What came of a prompt after as many attempts as make sense; none where an earlier answer was kept."""
        if self.target.gives_whole_answers:
            return await self._look_up(prompt)
        if self._recall and (kept := self._recall.find(self.target.card, prompt)):
            return Asked(kept, None, 0)
        self._questions += 1
        prompt = prompt.model_copy(update={"call": str(uuid4())})
        attempts = 0
        while True:
            got = await self._attempt(prompt)
            if isinstance(got, Fault):
                return Asked(None, got, attempts)
            attempts += 1
            if isinstance(got, Response):
                return Asked(got, None, attempts)
            wait_s = self._wait_after(got, attempts)
            if wait_s is None:
                return Asked(None, self.broken or Fault(kind=got.kind, message=str(got)), attempts)
            await self._gate.rest(wait_s)

    async def _look_up(self, prompt: Prompt) -> Asked:
        """What an earlier run was told: no call, so that nothing is waited for, counted or paid."""
        try:
            return Asked(await self.target.ask(prompt), None, 0)
        except TargetError as error:
            return Asked(None, Fault(kind=error.kind, message=str(error)), 0)

    async def _attempt(self, prompt: Prompt) -> Response | TargetError | Fault:
        """An answer, a failure, or why nothing is asked any more."""
        wave = await self._gate.enter()
        call: Call | None = None
        try:
            guessed = self._ledger.likely_tokens(prompt) if self._pacer.counts_tokens else 0
            await self._keep_pace(guessed)
            if reason := self._reason_to_stop():
                return reason
            call = self._ledger.begin(prompt)
            response = self._ledger.enter_answer(call, await self.target.ask(prompt))
        except TargetError as error:
            assert call, "only a target fails so"
            self._ledger.enter_failure(call, error)
            self._learn_from(error, wave)
            return error
        except asyncio.CancelledError:
            if call:
                self._ledger.enter_abandoned(call)
            raise
        finally:
            self._gate.leave()
        self._has_answered = True
        self._gate.succeed()
        self._pacer.correct(guessed, response)
        self._on_answer(prompt, response)
        return response

    async def _keep_pace(self, tokens: int) -> None:
        wait_s, limit = self._pacer.take(tokens)
        if not wait_s:
            return
        if wait_s >= _SHORTEST_TOLD_S and not self._has_told_of_pace:
            # Once is enough: from now on the rate of the run shows it.
            self._has_told_of_pace = True
            self._patience.on_pause(self.target.card.name, wait_s, f"the policy allows it {limit}")
        await self._gate.rest(wait_s)
        await self._gate.until_open()

    def _reason_to_stop(self) -> Fault | None:
        refusal = None if self.broken else self._patience.purse.refusal()
        if refusal:
            note(refusal)
        return self.broken or refusal

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
