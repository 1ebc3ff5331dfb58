"""The gate of a target, step by step on virtual time."""

import asyncio

from evalc.run.gate import Gate
from tests.run.virtual import LoopClock, run_virtually


async def enter(gate: Gate, times: int) -> list[int]:
    """The waves of so many questions that go through at once."""
    return [await gate.enter() for _ in range(times)]


def test_one_wave_of_throttling_narrows_once() -> None:
    """Forty refusals of forty questions are one piece of news, and so is the next refusal of a later question."""

    async def run() -> list[int]:
        gate = Gate(40, LoopClock())
        first = await enter(gate, 40)
        for wave in first:
            gate.narrow(0.0, wave=wave)
            gate.leave()
        narrowed = gate.places
        again = await gate.enter()
        gate.narrow(0.0, wave=again)
        return [narrowed, gate.places]

    assert [28, 19] == run_virtually(run())


def test_places_come_back_fast_and_carefully_near_where_it_throttled() -> None:
    """Each try beyond that point costs a refused question."""

    async def run() -> dict[int, int]:
        gate = Gate(100, LoopClock())
        gate.narrow(0.0, wave=await gate.enter())
        successes: dict[int, int] = {}
        while gate.places < 100:
            successes[gate.places] = successes.get(gate.places, 0) + 1
            gate.succeed()
        return successes

    successes = run_virtually(run())

    assert [*range(70, 100)] == [*successes]
    assert 75 <= successes[75] <= 77
    assert 950 <= successes[95] <= 970


def test_after_ten_failures_one_question_at_a_time_goes_through() -> None:
    """The probe is the only one to pay for the answer that nobody is there."""

    async def run() -> tuple[list[int], int]:
        gate = Gate(20, LoopClock())
        places = []
        for _ in range(11):
            await gate.enter()
            gate.leave()
            gate.fail()
            places.append(gate.places)
        gate.succeed()
        return places, gate.places

    places, after = run_virtually(run())

    assert [20] * 9 + [1, 1] == places
    assert 20 == after


def test_a_closed_gate_opens_by_itself() -> None:
    """Nobody has to come and open it."""

    async def run() -> float:
        gate = Gate(1, LoopClock())
        gate.close(5.0)
        gate.close(2.0)
        await gate.enter()
        return asyncio.get_running_loop().time()

    assert 5.0 == run_virtually(run())


def test_a_place_that_its_taker_no_longer_wants_goes_to_the_next() -> None:
    """Whoever is called and given up at the same moment would otherwise keep the place for ever."""

    async def run() -> bool:
        gate = Gate(1, LoopClock())
        await gate.enter()
        called = asyncio.create_task(gate.enter())
        following = asyncio.create_task(gate.enter())
        await asyncio.sleep(0)
        gate.leave()
        called.cancel()
        await asyncio.wait({following}, timeout=60)
        return following.done()

    assert run_virtually(run())


def test_places_are_given_in_the_order_of_coming() -> None:
    """Whoever asks on and on would otherwise take the place that somebody else was called to."""

    async def run() -> list[str]:
        gate = Gate(1, LoopClock())
        order: list[str] = []

        async def go_through(name: str) -> None:
            await gate.enter()
            order.append(name)
            await asyncio.sleep(1)
            gate.leave()

        async def go_twice() -> None:
            await go_through("first")
            await go_through("first again")

        await asyncio.gather(go_twice(), go_through("second"))
        return order

    assert ["first", "second", "first again"] == run_virtually(run())


def test_a_gate_that_is_given_up_holds_nobody() -> None:
    """Those in line and those in a pause learn at once that nothing is asked any more."""

    async def run() -> float:
        gate = Gate(1, LoopClock())
        await gate.enter()
        in_line = asyncio.create_task(gate.enter())
        await asyncio.sleep(1)
        gate.close(60)
        in_pause = asyncio.create_task(gate.enter())
        await asyncio.sleep(1)
        gate.give_up()
        await asyncio.gather(in_line, in_pause)
        return asyncio.get_running_loop().time()

    assert 2.0 == run_virtually(run())
