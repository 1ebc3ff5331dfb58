"""Two answers put to a judge side by side, in both orders."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.base.digest import digest
from evalc.judge.pairwise import pair_question, preference_schema, read_preference
from evalc.judge.question import Subject
from evalc.judge.reading import ReplyProblem
from evalc.model.catalog import Rubric
from evalc.model.exchange import Prompt
from evalc.model.verdicts.pairwise import Preference
from evalc.run.asking import Asker
from evalc.run.context import RunContext
from evalc.run.judging.bench import repaired
from evalc.run.judging.hearing import BrokenJudge, open_askers, said_of_each
from evalc.targets.contract import OpenTargets


@dataclass(frozen=True, slots=True)
class Facing:
    """Two answers to a case, to be compared by a rubric; `key` names the pair, such as `acme/facts/sun@1/sound`."""

    key: str
    case_id: str
    rubric: Rubric
    a: Subject
    b: Subject


@dataclass(frozen=True, slots=True)
class Preferred:
    """What one judge prefers in a pair when asked for the `sample`-th time: with `a` first, and with `b` first."""

    judge: str
    sample: int
    a_first: Preference
    b_first: Preference


async def prefer(
    pairs: Sequence[Facing], opened: OpenTargets, *, samples: int, context: RunContext
) -> list[tuple[Preferred, ...]]:
    """What each judge prefers in each pair, sample by sample. Connections are given back.

    Raises:
        BrokenJudge: One of them cannot be asked any more.
    """
    askers = tuple(open_askers(opened, context))

    async def ask(pair: Facing) -> tuple[Preferred, ...]:
        return tuple(
            [
                Preferred(
                    judge=asker.target.card.name,
                    sample=sample,
                    a_first=await _ask(pair, asker, order="ab", sample=sample),
                    b_first=await _ask(pair, asker, order="ba", sample=sample),
                )
                for sample in range(1, samples + 1)
                for asker in askers
            ]
        )

    found = await said_of_each(pairs, ask, opened=opened, at_once=context.limits.concurrency)
    for asker in askers:
        if asker.broken:
            raise BrokenJudge(asker.broken.message)
    return found


async def _ask(pair: Facing, asker: Asker, *, order: str, sample: int) -> Preference:
    first, second = (pair.a, pair.b) if order == "ab" else (pair.b, pair.a)
    # Each sample has marks of its own: an equal prompt would be answered alike by some endpoints.
    drawn = order if sample == 1 else f"{order}/{sample}"
    # As for grades, what was said is in the seed, so that no answer can hold the marks.
    said = [[*(message.text for message in side.asked), side.answer] for side in (first, second)]
    seed = digest([pair.key, drawn, said], length=64)
    question = pair_question(pair.rubric, first=first, second=second, seed=seed)
    prompt = Prompt(
        key=f"{pair.key}/{drawn}",
        purpose="judgement",
        case_id=pair.case_id,
        messages=question.messages,
        reply_schema=preference_schema(),
    )
    asked = await asker.ask(prompt)
    word = read_preference(question, asked.response.text) if asked.response else None
    if asked.response and isinstance(word, ReplyProblem):
        asked = await asker.ask(repaired(prompt, question, reply=asked.response.text, problem=word))
        word = read_preference(question, asked.response.text) if asked.response else None
    if asked.fault:
        return Preference(problem=f"the judge gave no reply: {asked.fault.message}")
    if isinstance(word, ReplyProblem):
        return Preference(problem=f"the judge's reply cannot be used, twice: {word.sentence}")
    assert word, "an answer or a fault"
    return word
