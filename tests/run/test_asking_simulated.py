"""Asking against servers that are made up, on virtual time: whatever they do, asking ends, and keeps its promises."""

import asyncio
from collections import Counter, deque
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from evalc.model.exchange import Message, Prompt
from evalc.model.settings import Limits, Pace, Terms
from evalc.run.asking import Asked
from evalc.targets.contract import FaultKind
from tests.run.virtual import Failing, Told, make_asker, run_virtually


def ask_all(target: Told, number: int, *, limits: Limits, terms: Terms | None = None) -> tuple[list[Asked], float]:
    """What came of so many questions asked at once, and how long it took."""

    async def run() -> tuple[list[Asked], float]:
        asker, _ = make_asker(target, limits, terms=terms)
        prompts = [
            Prompt(key=f"c{at}@1/0", purpose="answer", case_id="c", messages=(Message(role="user", text="?"),))
            for at in range(number)
        ]
        found = await asyncio.gather(*map(asker.ask, prompts))
        return list(found), asyncio.get_running_loop().time()

    return run_virtually(run())


class Metered:
    """A server that takes so many calls in any window of time, and tells all others when to come back."""

    def __init__(self, allowed: int, *, window_s: float) -> None:
        self.refused = 0
        self._allowed = allowed
        self._window_s = window_s
        self._taken: deque[float] = deque()

    async def answer(self, prompt: Prompt) -> str:
        now = asyncio.get_running_loop().time()
        while self._taken and self._taken[0] <= now - self._window_s:
            self._taken.popleft()
        if len(self._taken) >= self._allowed:
            self.refused += 1
            raise Failing("throttled", retry_after_s=self._taken[0] + self._window_s - now)
        self._taken.append(now)
        await asyncio.sleep(0.5)
        return "answer"


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 2**32),
    weights=st.tuples(*[st.integers(0, 6)] * 5),
    concurrency=st.integers(1, 30),
    attempts=st.integers(1, 6),
)
def test_whatever_a_server_does_asking_ends_and_keeps_its_promises(
    seed: int, weights: tuple[int, ...], concurrency: int, attempts: int
) -> None:
    """Answers, throttling, faults, refusals and nonsense in any mix, each after any time."""
    random = Random(seed)
    kinds: list[FaultKind | None] = [None, "throttled", "transient", "case-fatal", "bad-answer"]
    asked: Counter[str] = Counter()

    async def answer(prompt: Prompt) -> str:
        asked[prompt.key] += 1
        await asyncio.sleep(random.random() * 5)
        kind = random.choices(kinds, weights=[weights[0] + 1, *weights[1:]])[0]
        if kind:
            raise Failing(kind, retry_after_s=random.choice([None, 1.0, 20.0]) if kind == "throttled" else None)
        return "answer"

    target = Told(answer)
    limits = Limits(concurrency=concurrency, max_attempts=attempts, longest_wait_s=60)
    found, took_s = ask_all(target, 200, limits=limits)

    assert 200 == len(found)
    assert all((one.response is None) != (one.fault is None) for one in found)
    assert max(asked.values()) <= attempts
    assert sum(one.attempts for one in found) == sum(asked.values())
    assert sum(asked.values()) <= 200 * 1.2 + 20 + concurrency + 1
    assert target.most_open <= concurrency
    assert took_s < 200 * attempts * 60


def test_a_metered_server_is_used_nearly_up_and_seldom_overrun() -> None:
    """Ten calls a second are allowed: nobody loses an answer, and a refusal is the exception."""
    server = Metered(100, window_s=10)
    found, took_s = ask_all(Told(server.answer), 2000, limits=Limits(concurrency=50, max_attempts=20))

    assert all(one.response for one in found)
    assert took_s < 1.5 * 2000 / 10
    assert server.refused < 0.2 * 2000


def test_with_a_pace_a_metered_server_never_refuses() -> None:
    """The policy knows the limit, so that it need not be found out by running into it."""
    server = Metered(540, window_s=60)
    terms = Terms(pace=Pace(requests_per_minute=540))
    found, took_s = ask_all(Told(server.answer), 1000, limits=Limits(concurrency=50), terms=terms)

    assert (0, True) == (server.refused, all(one.response for one in found))
    assert took_s < 1.2 * 1000 / 9
