"""The judge's prompts of an eval, word for word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalc.checks._preview import PromptPreview, preview_prompts
from evalc.model.catalog import Case, Eval, Rubric
from evalc.pages._words import say


@dataclass(frozen=True, slots=True)
class PromptView:
    """One message to a judge, under words that say which."""

    label: str
    text: str


def criterion_prompts(eval_: Eval) -> Mapping[tuple[str, str], str]:
    """The judge's instructions for each criterion that a case is graded by, by the names of rubric and criterion."""
    found: dict[tuple[str, str], str] = {}
    criteria = sum(len(rubric.criteria) for rubric in eval_.rubrics)
    for case in eval_.cases:
        if len(found) == criteria:
            break
        for preview in preview_prompts(case, eval_.rubrics):
            if preview.rubric:
                for criterion in preview.question.criteria:
                    found.setdefault((preview.rubric, criterion.name), preview.question.messages[0].text)
    return found


def case_prompts(case: Case, rubrics: Sequence[Rubric]) -> tuple[PromptView, ...]:
    """Each message about a case that a judge gets in a run, with slots for what only the run knows."""
    return _messages(preview_prompts(case, rubrics))


def _messages(previews: tuple[PromptPreview, ...]) -> tuple[PromptView, ...]:
    # Most questions about a case share the message that holds it, so each text stands once.
    found: dict[str, PromptView] = {}
    for preview in previews:
        system, user = (message.text for message in preview.question.messages)
        if not preview.rubric:
            found.setdefault(system, PromptView(say("prompt.instructions", check=preview.check), system))
        label = say("prompt.about_reply", reply=preview.reply) if preview.reply else say("prompt.about_case")
        found.setdefault(user, PromptView(label, user))
    return tuple(found.values())
