"""Asking on virtual time: what is asked again, when, and when no more."""

import asyncio
from collections.abc import Callable, Iterator
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.model.exchange import Message, Prompt
from evalc.model.settings import Limits
from evalc.run.asking import Asked
from evalc.targets.contract import FaultKind
from tests.run.virtual import Failing, Told, make_asker, run_virtually

PROMPT = Prompt(key="c@1/0", purpose="answer", case_id="c", messages=(Message(role="user", text="?"),))


def told(steps: Iterator[Failing | str]) -> Told:
    """A target that takes a step a call."""

    async def answer(prompt: Prompt) -> str:
        step = next(steps)
        if isinstance(step, Failing):
            raise step
        return step

    return Told(answer)


def ask_once(*steps: Failing | str, limits: Limits | None = None, random: float = 0.5) -> tuple[Asked, list[float]]:
    """What came of one prompt, and when it was asked."""
    target = told(iter(steps))

    async def run() -> Asked:
        asker, _ = make_asker(target, limits or Limits(), random=random)
        return await asker.ask(PROMPT)

    return run_virtually(run()), target.asked_at


def ask_many(
    target: Told, number: int, *, limits: Limits, before: Callable[[], None] = lambda: None
) -> tuple[list[Asked], list[tuple[float, str]], float]:
    """What came of many prompts asked at once, the pauses told of, and how long it took."""

    async def run() -> tuple[list[Asked], list[tuple[float, str]], float]:
        asker, pauses = make_asker(target, limits)
        found = await asyncio.gather(*(asker.ask(PROMPT) for _ in range(number)))
        return list(found), pauses, asyncio.get_running_loop().time()

    return run_virtually(run())


def test_an_answer_is_asked_for_once() -> None:
    """Whatever it says: asking until an answer pleases would be drawing lots."""
    asked, times = ask_once("I refuse.")

    assert asked.response
    assert ("I refuse.", None, 1) == (asked.response.text, asked.fault, asked.attempts)
    assert [0.0] == times


@pytest.mark.parametrize("kind", ["target-fatal", "case-fatal", "bad-answer"])
def test_what_waiting_does_not_mend_is_not_asked_again(kind: FaultKind) -> None:
    """A refused key or question is refused again, and an unreadable answer was paid for."""
    asked, times = ask_once(Failing(kind), "never")

    assert asked.fault
    assert (kind, f"it is {kind}", 1) == (asked.fault.kind, asked.fault.message, asked.attempts)
    assert [0.0] == times


def test_passing_faults_are_asked_again_after_growing_waits() -> None:
    """Drawn between nothing and a bound that doubles; here always half of it."""
    asked, times = ask_once(*[Failing("transient")] * 4, "at last")

    assert ("at last", 5) == (asked.response and asked.response.text, asked.attempts)
    assert [0, 0.125, 0.375, 0.875, 1.875] == times


def test_attempts_have_a_limit() -> None:
    """Every wait and every retry ends."""
    asked, times = ask_once(*[Failing("transient")] * 9, limits=Limits(max_attempts=3))

    assert asked.fault
    assert ("transient", 3, 3) == (asked.fault.kind, asked.attempts, len(times))


@given(hint_s=st.floats(0, 120), random=st.floats(0, 1))
def test_nobody_comes_back_before_the_server_said(hint_s: float, random: float) -> None:
    """Knocking early is what made the server say it."""
    _, times = ask_once(Failing("throttled", retry_after_s=hint_s), "now", random=random)

    assert hint_s <= times[1] <= hint_s * 1.1 + 1 + 1e-6


def test_a_pause_beyond_the_limit_ends_the_target() -> None:
    """A server that asks for an hour is not waited for, and not asked for anything else meanwhile."""
    target = told(iter([Failing("throttled", retry_after_s=3600), "never"]))

    async def run() -> tuple[Asked, Asked, float]:
        asker, _ = make_asker(target, Limits())
        first, second = await asker.ask(PROMPT), await asker.ask(PROMPT)
        return first, second, asyncio.get_running_loop().time()

    first, second, took_s = run_virtually(run())

    assert (1, 0, 0.0) == (first.attempts, second.attempts, took_s)
    assert first.fault == second.fault
    assert 1 == len(target.asked_at)


def test_a_refused_key_ends_the_target_for_everybody() -> None:
    """A thousand further calls would be refused alike, and some servers block those who go on."""
    target = told(iter([Failing("target-fatal")] * 100))
    found, _, _ = ask_many(target, 100, limits=Limits(concurrency=4))

    assert 1 == len(target.asked_at)
    assert {"it is target-fatal"} == {asked.fault.message for asked in found if asked.fault}


def test_one_throttled_call_pauses_all() -> None:
    """The limit is the account's and not the call's."""
    steps: Iterator[Failing | str] = iter([Failing("throttled", retry_after_s=30), *["answer"] * 50])
    target = told(steps)
    found, pauses, _ = ask_many(target, 40, limits=Limits(concurrency=1))

    assert all(asked.response for asked in found)
    assert [(30.0, "it is throttled")] == pauses
    assert 30.0 <= target.asked_at[1]


def test_throttling_narrows_and_success_widens() -> None:
    """A server that takes four at a time gets about four at a time, and all get their answers."""
    target: Told

    async def answer(prompt: Prompt) -> str:
        if target.open > 4:
            raise Failing("throttled")
        await asyncio.sleep(0.1)
        return "answer"

    target = Told(answer)
    found, _, _ = ask_many(target, 2000, limits=Limits(concurrency=40, max_attempts=20))
    late = target.asked_at[len(target.asked_at) // 2 :]

    assert all(asked.response for asked in found)
    assert len(late) < 1.2 * 2000 / 2


def test_places_are_never_exceeded_and_all_are_used() -> None:
    """Concurrency is what the policy says, no more and no less."""

    async def answer(prompt: Prompt) -> str:
        await asyncio.sleep(0.1)
        return "answer"

    target = Told(answer)
    _, _, took_s = ask_many(target, 100, limits=Limits(concurrency=7))

    assert 7 == target.most_open
    assert 1.5 == pytest.approx(took_s)


def test_a_server_that_restarts_costs_no_answers() -> None:
    """After ten failures in a row one question probes at a time, so nobody runs out of attempts in a minute of it."""

    async def answer(prompt: Prompt) -> str:
        if 1 <= asyncio.get_running_loop().time() < 60:
            raise Failing("transient")
        await asyncio.sleep(0.1)
        return "answer"

    target = Told(answer)
    found, pauses, took_s = ask_many(target, 1000, limits=Limits(concurrency=20))
    during = [at for at in target.asked_at if 1 <= at < 60]

    assert 1000 == sum(asked.response is not None for asked in found)
    assert 60 < took_s < 100
    assert len(during) <= 20 + 10
    assert [1.0, 2.0, 4.0] == [pause_s for pause_s, _ in pauses][:3]


@pytest.mark.parametrize(("answers", "least_s", "most_s"), [(1, 120, 300), (0, 15, 60)])
def test_a_server_that_stays_away_is_given_up(answers: int, least_s: float, most_s: float) -> None:
    """Every run ends, and soon where nobody ever answered: the rest is not asked, one by one, of nobody."""
    target = told(chain(["answer"] * answers, iter(lambda: Failing("transient"), "")))
    found, _, took_s = ask_many(target, 1000, limits=Limits(concurrency=20, longest_wait_s=120))

    assert least_s <= took_s < most_s
    assert len(target.asked_at) < 100
    assert answers == len([asked for asked in found if asked.response])
    assert "and nothing more was asked" in str(found[-1].fault)


@given(share=st.integers(2, 9))
def test_retries_are_a_share_of_all_questions(share: int) -> None:
    """A server in trouble is not asked several times as much as one that is well."""
    target: Told

    async def answer(prompt: Prompt) -> str:
        if len(target.asked_at) % share:
            raise Failing("transient")
        return "answer"

    target = Told(answer)
    ask_many(target, 500, limits=Limits(concurrency=5, max_attempts=20))

    assert len(target.asked_at) <= 500 * 1.2 + 20 + 5 + 1


def test_whoever_stops_waiting_gives_the_place_to_the_next() -> None:
    """A trial that is given up in the queue must not take a place with it."""

    async def answer(prompt: Prompt) -> str:
        await asyncio.sleep(1)
        return "answer"

    target = Told(answer)

    async def run() -> list[bool]:
        asker, _ = make_asker(target, Limits(concurrency=1))
        tasks = [asyncio.create_task(asker.ask(PROMPT)) for _ in range(4)]
        await asyncio.sleep(0.5)
        tasks[1].cancel()
        await asyncio.sleep(0.5)
        tasks[2].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return [task.cancelled() for task in tasks]

    assert [False, True, True, False] == run_virtually(run())
