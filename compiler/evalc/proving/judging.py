"""What a judge says of the answers of a proof."""

import asyncio
import random
from collections.abc import Mapping, Sequence

from evalc.base.digest import digest
from evalc.model.catalog import Rubric
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Panel
from evalc.model.result import CheckResult
from evalc.model.settings import Caps, Policy
from evalc.planning.terms import terms_of
from evalc.proving.prove import Question
from evalc.run.asking import Asker, Patience
from evalc.run.clock import SystemClock
from evalc.run.judging.bench import Bench, Jury
from evalc.run.spending.purse import Purse
from evalc.targets.contract import OpenTargets

Told = Mapping[tuple[str, str, str], CheckResult]
"""What the judge says, by the key of the question."""


def ask_judges(
    questions: Sequence[Question],
    opened: OpenTargets,
    *,
    rubrics: Mapping[str, Sequence[Rubric]],
    panel: Panel | None,
    policy: Policy,
) -> Told:
    """What the judge or the panel says of each question. Who cannot be asked leaves its questions unscored.

    Args:
        rubrics: Those of its eval, by the id of a case.
        policy: Says how the judges are asked.
    """
    terms = terms_of(policy)
    patience = Patience(policy.limits, Purse(Caps(), {}), SystemClock(), random.random, on_pause=_ignore_pause)
    askers = tuple(
        Asker(judge, patience, terms=terms["judge", judge.card.name], on_answer=_ignore_answer)
        for judge in opened.judges
    )
    jury = Jury(askers, panel.samples, panel.rule) if panel else Jury(askers)
    benches = {case_id: Bench(jury, of_eval) for case_id, of_eval in rubrics.items()}
    return asyncio.run(_ask(questions, benches, opened=opened, at_once=policy.limits.concurrency))


async def _ask(
    questions: Sequence[Question], benches: Mapping[str, Bench], *, opened: OpenTargets, at_once: int
) -> Told:
    places = asyncio.Semaphore(at_once)
    told: dict[tuple[str, str, str], CheckResult] = {}

    async def ask(question: Question) -> None:
        async with places:
            name = digest(list(question.key))
            key = f"{question.case.id}@prove/{name}"
            bench = benches[question.case.id]
            told[question.key] = await bench.judge(question.check, question.answered, key=key, seed=name)

    try:
        async with asyncio.TaskGroup() as group:
            for question in questions:
                group.create_task(ask(question))
    finally:
        await opened.aclose()
    return told


def _ignore_pause(target: str, wait_s: float, reason: str) -> None:
    """Nobody watches."""


def _ignore_answer(prompt: Prompt, response: Response) -> None:
    """Nothing is recorded."""
