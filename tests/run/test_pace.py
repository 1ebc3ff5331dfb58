"""The pace of asking: what any minute may hold, and how it is told."""

import asyncio
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.model.exchange import Prompt, Response
from evalc.model.settings import Limits, Pace, Terms
from evalc.run.pace import Bucket
from tests.run.test_asking import PROMPT
from tests.run.virtual import LoopClock, Told, make_asker, run_virtually

AMOUNTS = st.lists(st.floats(0, 10), max_size=200)


async def answer(prompt: Prompt) -> str:
    """An answer after a moment."""
    await asyncio.sleep(0.01)
    return "answer"


def ask_at_pace(number: int, pace: Pace) -> tuple[list[float], list[tuple[float, str]]]:
    """When so many questions, asked at once, were let through, and the pauses told of."""
    target = Told(answer)

    async def run() -> list[tuple[float, str]]:
        asker, pauses = make_asker(target, Limits(concurrency=50), terms=Terms(pace=pace))
        await asyncio.gather(*(asker.ask(PROMPT) for _ in range(number)))
        return pauses

    return target.asked_at, run_virtually(run())


@given(per_minute=st.integers(1, 200), gaps_s=st.lists(st.floats(0, 90), max_size=60))
def test_no_minute_has_more_requests_than_it_may(per_minute: int, gaps_s: list[float]) -> None:
    """Wherever the minute begins: servers count in windows that we do not see."""

    async def run() -> list[float]:
        clock = LoopClock()
        bucket = Bucket(per_minute, clock)
        went = []
        for gap_s in [*gaps_s, *[0.0] * 2 * per_minute]:
            await asyncio.sleep(gap_s)
            went.append(clock.monotonic() + bucket.take(1))
        return went

    went = run_virtually(run())
    windows = [bisect_left(went, at + 60 - 1e-6) - index for index, at in enumerate(went)]

    assert went == sorted(went)
    assert max(windows) <= per_minute


@given(per_minute=st.integers(10, 1000), shares=st.lists(st.floats(0, 3), min_size=1, max_size=100))
def test_no_minute_has_more_tokens_than_it_may(per_minute: int, shares: list[float]) -> None:
    """A question that is larger than a minute's worth waits for a whole minute and then goes, or it would never."""

    async def run() -> list[tuple[float, float]]:
        bucket = Bucket(per_minute, LoopClock())
        return [(bucket.take(share * per_minute), min(share, 1) * per_minute) for share in shares]

    went = run_virtually(run())
    for index, (at, _) in enumerate(went):
        # The one that opens the window was paid for by the time before it.
        window = [amount for time, amount in went[index + 1 :] if time < at + 60 - 1e-6]
        assert sum(window) <= per_minute + 1.001


def test_a_pace_is_used_up_and_kept() -> None:
    """A tenth goes at once, the rest evenly; who set 60 a minute gets nearly that, for as long as the run lasts."""
    times, _ = ask_at_pace(300, Pace(requests_per_minute=60))

    assert [0.0] * 6 == times[:6]
    assert 300 / 60 * 60 == pytest.approx(times[-1], rel=0.1)


def test_a_pace_is_told_once_with_its_reason() -> None:
    """Otherwise a run that goes slowly on purpose looks like a slow server; told at each call it would be noise."""
    _, pauses = ask_at_pace(40, Pace(requests_per_minute=10))

    assert [(6.0, "the policy allows it 10 requests a minute")] == pauses


def test_a_guess_of_tokens_is_corrected_by_what_was_used() -> None:
    """An endpoint that answers in three words must not be asked as if each answer were a page."""
    spent = []

    class Counting(Told):
        async def ask(self, prompt: Prompt) -> Response:
            await super().ask(prompt)
            spent.append(1)
            return Response(text="yes", input_tokens=8, output_tokens=2)

    async def run() -> float:
        asker, _ = make_asker(Counting(answer), Limits(concurrency=1), terms=Terms(pace=Pace(tokens_per_minute=1000)))
        for _ in range(200):
            await asker.ask(PROMPT)
        return asyncio.get_running_loop().time()

    # 200 answers of 10 tokens are two minutes' worth; by the first guess, of 500 an answer, they were a hundred.
    assert 100 < run_virtually(run()) < 180
