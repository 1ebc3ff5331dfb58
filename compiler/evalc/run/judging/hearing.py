"""Answers judged outside of a run, above all those whose verdict is known, to learn how far a judge can be trusted."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evalc.checks.contract import Answered
from evalc.model.catalog import Check, Rubric
from evalc.model.event import Waiting
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Panel
from evalc.model.result import CheckResult
from evalc.model.settings import Terms
from evalc.run.asking import Asker, Patience
from evalc.run.context import RunContext
from evalc.run.judging.bench import Bench, Jury, seed_of
from evalc.run.spending.purse import Purse
from evalc.targets.contract import OpenTargets, TargetError

Item = TypeVar("Item")
Said = TypeVar("Said")


@dataclass(frozen=True, slots=True)
class Hearing:
    """A judged check of an answer. Each `sample`, counted from 1, has marks of its own, so that it is asked anew."""

    check: Check
    answered: Answered
    rubrics: Sequence[Rubric]
    sample: int = 1

    @property
    def key(self) -> str:
        """The key of the prompt that the answer would belong to."""
        return f"{self.answered.case.id}@{self.sample}/{len(self.answered.asked) - 1}"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the jury said, in how many calls, and what those cost; None where the price of one is not known."""

    result: CheckResult
    attempts: int
    cost_usd: float | None


class BrokenJudge(TargetError):
    """A judge cannot be asked any more, so that what it would say of the rest is not known."""

    kind = "target-fatal"


async def hear(
    hearings: Sequence[Hearing], opened: OpenTargets, *, panel: Panel | None, context: RunContext
) -> list[Heard]:
    """What the judges say of each answer, in order; `unscored` where they give no word. Connections are given back.

    Raises:
        BrokenJudge: One of them cannot be asked any more.
    """
    rule = panel or Panel(judges=())
    jury = Jury(tuple(open_askers(opened, context)), rule.samples, rule.rule)

    async def ask(hearing: Hearing) -> Heard:
        return await _hear(hearing, jury)

    found = await said_of_each(hearings, ask, opened=opened, at_once=context.limits.concurrency)
    if jury.broken:
        raise BrokenJudge(jury.broken.message)
    return found


async def said_of_each(
    items: Sequence[Item], ask: Callable[[Item], Awaitable[Said]], *, opened: OpenTargets, at_once: int
) -> list[Said]:
    """What is said of each item, in their order. Connections are given back.

    Args:
        at_once: How many of them are asked about at a time.
    """
    found: dict[int, Said] = {}
    waiting = iter(enumerate(items))

    async def work() -> None:
        for number, item in waiting:
            found[number] = await ask(item)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(at_once, len(items))):
                group.create_task(work())
    finally:
        await opened.aclose()
    return [found[number] for number in range(len(items))]


async def _hear(hearing: Hearing, jury: Jury) -> Heard:
    bench = Bench(jury, hearing.rubrics)
    seed = seed_of(hearing.check, hearing.answered)
    seed = seed if hearing.sample == 1 else f"{seed}#{hearing.sample}"
    result = await bench.judge(hearing.check, hearing.answered, key=hearing.key, seed=seed)
    return Heard(result, bench.attempts, bench.cost_usd)


def open_askers(opened: OpenTargets, context: RunContext) -> Iterator[Asker]:
    """Who asks each judge where there is no run, by the limits and terms of a run."""

    def keep_nothing(prompt: Prompt, response: Response) -> None:
        pass

    purse = Purse(context.caps, context.claims)
    patience = Patience(
        context.limits, purse, context.clock, context.random, on_pause=lambda *found: _tell_of_pause(context, *found)
    )
    for judge in opened.judges:
        terms = context.terms.get(("judge", judge.card.name), Terms())
        yield Asker(judge, patience, terms=terms, on_answer=keep_nothing)


def _tell_of_pause(context: RunContext, name: str, pause_s: float, reason: str) -> None:
    context.watch(Waiting(target=name, wait_s=pause_s, reason=reason))
