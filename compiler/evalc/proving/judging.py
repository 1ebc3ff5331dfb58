"""What a judge says of the answers of a proof."""

import asyncio
from collections.abc import Mapping, Sequence

from evalc.base.digest import digest
from evalc.model.catalog import Rubric
from evalc.model.plan import Panel
from evalc.model.result import CheckResult
from evalc.model.settings import Policy
from evalc.planning.terms import terms_of
from evalc.proving.prove import Question
from evalc.run.context import RunContext
from evalc.run.judging.bench import Bench, Jury
from evalc.run.judging.hearing import BrokenJudge, open_askers, said_of_each
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
    """What the judge or the panel says of each question.

    Args:
        rubrics: Those of its eval, by the id of a case.
        policy: Says how the judges are asked.

    Raises:
        BrokenJudge: One of them cannot be asked any more, so that nothing is proven.
    """
    askers = tuple(open_askers(opened, RunContext(limits=policy.limits, terms=terms_of(policy))))
    jury = Jury(askers, panel.samples, panel.rule) if panel else Jury(askers)
    benches = {case_id: Bench(jury, of_eval) for case_id, of_eval in rubrics.items()}

    async def ask(question: Question) -> CheckResult:
        name = digest(list(question.key))
        key = f"{question.case.id}@prove/{name}"
        return await benches[question.case.id].judge(question.check, question.answered, key=key, seed=name)

    found = asyncio.run(said_of_each(questions, ask, opened=opened, at_once=policy.limits.concurrency))
    if jury.broken:
        raise BrokenJudge(jury.broken.message)
    return {question.key: result for question, result in zip(questions, found, strict=True)}
