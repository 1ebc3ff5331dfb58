"""Judge prompts as people read them, with named slots for what only a run knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalc.judge.prompt import MET_SCALE, Marks, Material, ask_with, claim_criterion
from evalc.judge.question import Question
from evalc.model.catalog import Case, Check, Rubric
from evalc.model.exchange import Message

SLOTS = Marks(nonce="«nonce»", fence="«fence»")


@dataclass(frozen=True, slots=True)
class PromptPreview:
    """One question of one check.

    `rubric` is the rubric's name, empty for a claim; `reply` that of the answer asked about, empty for the last one.
    """

    check: str
    rubric: str
    reply: str
    shows_examples: bool
    question: Question


def preview_prompts(case: Case, rubrics: Sequence[Rubric]) -> tuple[PromptPreview, ...]:
    """Each question that a judge gets about a case, in the order of its checks and their criteria."""
    by_name = {rubric.name: rubric for rubric in rubrics}
    last = max((number for number, turn in enumerate(case.turns) if turn.role == "user"), default=-1)
    asked = [*((reply.name, reply.turn, reply.checks) for reply in case.replies), ("", last, case.checks)]
    return tuple(
        preview
        for reply, turn, checks in asked
        for check in checks
        if check.is_judged
        for preview in _previews(check, case, rubrics=by_name, reply=reply, turn=turn)
    )


def _previews(
    check: Check, case: Case, *, rubrics: Mapping[str, Rubric], reply: str, turn: int
) -> Iterator[PromptPreview]:
    rubric = rubrics.get(str(check.arguments.get("rubric") or ""))
    examples = case.examples if rubric and rubric.shows_examples else ()
    material = Material(_conversation(case, turn), case.expect, "«the answer»", examples)
    criteria = rubric.criteria if rubric else (claim_criterion(str(check.arguments.get("claim", "")), check.place),)
    for criterion in criteria:
        question = ask_with(criterion, rubric.scale if rubric else MET_SCALE, material, marks=SLOTS)
        yield PromptPreview(check.name, rubric.name if rubric else "", reply, bool(examples), question)


def _conversation(case: Case, until: int) -> tuple[Message, ...]:
    messages: list[Message] = []
    for number, turn in enumerate(case.turns[: until + 1]):
        messages.append(Message(role=turn.role, text=turn.text))
        is_answered = number + 1 < len(case.turns) and case.turns[number + 1].role == "assistant"
        if turn.role == "user" and number < until and not is_answered:
            messages.append(Message(role="assistant", text="«an earlier answer»"))
    return tuple(messages)
