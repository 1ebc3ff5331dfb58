"""An answer with the verdicts that people gave it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check, Criterion, Eval, Rubric, Scale
from evalc.model.exchange import Message, Response

WHOLE = ""
"""Where the verdict on a whole check stands among labels of criteria."""

OF_WHOLE = ("passed", "failed")
OF_MET = ("met", "not-met")

_UNKNOWN_ANSWER = "(What the AI system said here is not known.)"


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer that a judged check reads, with labels by criterion and for the `WHOLE`; `by` says whose they are."""

    eval_: Eval
    check: Check
    answered: Answered
    labels: Mapping[str, str]
    by: str

    @property
    def identity(self) -> tuple[str, str, str]:
        """Equal for the same answer to the same check: labels for it are of one thing."""
        calls = "\n".join(call.model_dump_json() for call in self.answered.response.tool_calls)
        return self.check.id, self.answered.response.text, calls


def rubric_named(eval_: Eval, check: Check) -> Rubric | None:
    """The author's rubric that a check is judged by; None for a plain claim and for what comes with the language."""
    name = check.arguments.get("rubric")
    return next((rubric for rubric in eval_.rubrics if rubric.name == name), None)


def words_of(scale: Scale) -> tuple[str, ...]:
    """What can be said on a scale, best first for met, lowest first for scores."""
    return OF_MET if scale.kind == "met" else tuple(str(score) for score in range(scale.low, scale.high + 1))


def words_for(eval_: Eval, check: Check, criterion: str) -> tuple[str, ...]:
    """What can be said of a criterion of a check, or of its `WHOLE`; nothing where it has no such criterion."""
    if criterion == WHOLE:
        return OF_WHOLE
    rubric = rubric_named(eval_, check)
    known: Sequence[Criterion] = rubric.criteria if rubric else ()
    return words_of(rubric.scale) if rubric and criterion in {found.name for found in known} else ()


def asked_before(case: Case, turn: int, answers: Sequence[str] = ()) -> tuple[Message, ...]:
    """The conversation up to a turn, with what the target answered before it, as far as that is known."""
    messages: list[Message] = []
    earlier = iter(answers)
    for number, said in enumerate(case.turns[: turn + 1]):
        messages.append(Message(role=said.role, text=said.text))
        is_answered = number + 1 < len(case.turns) and case.turns[number + 1].role == "assistant"
        if said.role == "user" and number < turn and not is_answered:
            messages.append(Message(role="assistant", text=next(earlier, _UNKNOWN_ANSWER)))
    return tuple(messages)


def last_turn(case: Case) -> int:
    """The number of the turn that the last answer belongs to."""
    return max((number for number, turn in enumerate(case.turns) if turn.role == "user"), default=-1)


def answered_last(case: Case, response: Response, answers: Sequence[str] = ()) -> Answered:
    """A response as the last answer to a case."""
    return Answered(case, asked_before(case, last_turn(case), answers), response)
