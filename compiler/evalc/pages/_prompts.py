"""The judge's prompts of an eval, word for word."""

from collections.abc import Mapping
from dataclasses import dataclass

from evalc.checks._preview import PromptPreview, preview_prompts
from evalc.model.catalog import Case, Eval
from evalc.pages._words import say


@dataclass(frozen=True, slots=True)
class PromptView:
    """One message to a judge, under words that say which."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class JudgePrompts:
    """What a judge is sent: instructions by the names of rubric and criterion, and the messages about each case."""

    instructions: Mapping[tuple[str, str], str]
    by_case: Mapping[str, tuple[PromptView, ...]]


def judge_prompts(eval_: Eval) -> JudgePrompts:
    """Each message that a judge gets in a run of this eval, with slots for what only the run knows."""
    instructions: dict[tuple[str, str], str] = {}
    by_case = {}
    for case in eval_.cases:
        previews = preview_prompts(case, eval_.rubrics)
        for preview in previews:
            if preview.rubric:
                for criterion in preview.question.criteria:
                    instructions.setdefault((preview.rubric, criterion.name), preview.question.messages[0].text)
        by_case[case.id] = _messages(case, previews)
    return JudgePrompts(instructions, by_case)


def _messages(case: Case, previews: tuple[PromptPreview, ...]) -> tuple[PromptView, ...]:
    # Most questions about a case share the message that holds it, so each text stands once.
    found: dict[str, PromptView] = {}
    for preview in previews:
        system, user = (message.text for message in preview.question.messages)
        if not preview.rubric:
            found.setdefault(system, PromptView(say("prompt.instructions", check=preview.check), system))
        label = say("prompt.about_reply", reply=preview.reply) if preview.reply else say("prompt.about_case")
        found.setdefault(user, PromptView(label, user))
    return tuple(found.values())
