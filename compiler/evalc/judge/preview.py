"""Judge prompts as people read them, with named slots for what only a run knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.judge.prompt import MET_SCALE, Marks, Material, ask_with, claim_criterion
from evalc.judge.question import Question
from evalc.model.catalog import Case, Check, Example, Rubric
from evalc.model.exchange import Message

SLOTS = Marks(nonce="«nonce»", fence="«fence»")


@dataclass(frozen=True, slots=True)
class PromptPreview:
    """One question of one check. `rubric` is the rubric's name, or empty for a claim."""

    check: str
    rubric: str
    question: Question


def preview_prompts(case: Case, rubrics: Sequence[Rubric]) -> tuple[PromptPreview, ...]:
    """Each question that a judge gets about a case, in the order of its checks and their criteria."""
    by_name = {rubric.name: rubric for rubric in rubrics}
    last = max((number for number, turn in enumerate(case.turns) if turn.role == "user"), default=-1)
    found: list[PromptPreview] = []
    for turn, checks in (*((reply.turn, reply.checks) for reply in case.replies), (last, case.checks)):
        conversation = _conversation(case, turn)
        for check in checks:
            if check.is_judged:
                found += _previews(check, case, by_name, conversation)
    return tuple(found)


def _previews(
    check: Check, case: Case, rubrics: dict[str, Rubric], conversation: tuple[Message, ...]
) -> list[PromptPreview]:
    rubric = rubrics.get(str(check.arguments.get("rubric") or ""))
    examples: tuple[Example, ...] = case.examples if rubric and rubric.shows_examples else ()
    material = Material(conversation, case.expect, "«the answer»", examples)
    if rubric:
        asked = [ask_with(criterion, rubric.scale, material, marks=SLOTS) for criterion in rubric.criteria]
    else:
        claim = claim_criterion(str(check.arguments.get("claim") or check.words), check.place)
        asked = [ask_with(claim, MET_SCALE, material, marks=SLOTS)]
    return [PromptPreview(check.name, rubric.name if rubric else "", question) for question in asked]


def _conversation(case: Case, until: int) -> tuple[Message, ...]:
    messages: list[Message] = []
    for number, turn in enumerate(case.turns[: until + 1]):
        messages.append(Message(role=turn.role, text=turn.text))
        is_answered = number + 1 < len(case.turns) and case.turns[number + 1].role == "assistant"
        if turn.role == "user" and number < until and not is_answered:
            messages.append(Message(role="assistant", text="«an earlier answer»"))
    return tuple(messages)
