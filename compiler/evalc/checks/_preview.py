"""Which judge prompts a case has, before there is an answer."""

from collections.abc import Sequence

from evalc.base.record import record
from evalc.checks._answered import asked_before, last_turn
from evalc.checks._evaluation import open_judged
from evalc.checks.contract import Answered
from evalc.judge.preview import ANSWER_SLOT, EARLIER_ANSWER_SLOT, preview
from evalc.judge.question import Question
from evalc.model.catalog import Case, Rubric
from evalc.model.exchange import Response


@record
class PromptPreview:
    """One question of one check, as the judge gets it, with slots for what only a run knows.

    `rubric` is the name of the author's rubric, empty where the check has none; `reply` that of the answer asked
    about, empty for the last one.
    """

    check: str
    rubric: str
    reply: str
    shows_examples: bool
    question: Question


def preview_prompts(case: Case, rubrics: Sequence[Rubric]) -> tuple[PromptPreview, ...]:
    """Each question that a judge gets about a case, in the order of its checks and their criteria."""
    asked = [*((reply.name, reply.turn, reply.checks) for reply in case.replies), ("", last_turn(case), case.checks)]
    showing = {rubric.name for rubric in rubrics if rubric.shows_examples}
    found = []
    for reply, turn, checks in asked:
        answered = Answered(case, asked_before(case, turn, unknown=EARLIER_ANSWER_SLOT), Response(text=ANSWER_SLOT))
        for check in checks:
            if check.is_judged:
                rubric = str(check.arguments.get("rubric", ""))
                questions = open_judged(check).questions(answered, rubrics, seed="preview")
                found += [PromptPreview(check.name, rubric, reply, rubric in showing, preview(x)) for x in questions]
    return tuple(found)
