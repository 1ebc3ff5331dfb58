"""From a criterion and an answer to the question that a judge gets."""

import hmac
import json
from dataclasses import dataclass
from functools import partial

from evalc.base.digest import canonical_json, digest
from evalc.judge.question import Question, Subject
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.catalog import Case, Criterion, Example, Rubric, Scale
from evalc.model.exchange import Message, Response, ToolCall
from evalc.model.stored import Place

CLAIM = "claim"
"""The name of the criterion that a plain claim makes."""

CANNOT_TELL = "cannot-tell"

MOST_QUOTES = 8

_MET = Scale(kind="met", low=0, high=1)

_INTRODUCTIONS = {
    "system": "What the AI system was told before the conversation:",
    "user": "What the AI system was asked:",
    "assistant": "What the AI system said:",
    "tool": "What a tool gave back:",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What nobody outside of one call can guess: the nonce of the reply, and what is in the lines around documents."""

    nonce: str
    fence: str


def claim_criterion(claim: str) -> Criterion:
    """The criterion that asks whether a plain claim is true of the answer."""
    return Criterion(name=CLAIM, title=claim, place=Place(path="", line=0))


def subject_of(case: Case, *, asked: tuple[Message, ...], response: Response) -> Subject:
    """What is judged of a response: its text and calls, with all that led to it."""
    return Subject(asked + response.transcript, case.expect, response.text, response.tool_calls, case.examples)


def question_for(criterion: Criterion, rubric: Rubric | None, *, subject: Subject, seed: str) -> Question:
    """One call to a judge: criterion and form of the reply in the system message, the answer last, as data.

    Args:
        rubric: The criterion's rubric; None for a plain claim, which is met or not met.
        seed: Secret to the answer: the marks are made of it and of what is asked.
    """
    about = canonical_json([rubric.name if rubric else "", criterion.name, criterion.title, subject.answer])
    marks = Marks(_derive(seed, f"nonce {about}")[:32], _derive(seed, f"fence {about}")[:16])
    return question_with(criterion, rubric, subject=subject, marks=marks)


def question_with(criterion: Criterion, rubric: Rubric | None, *, subject: Subject, marks: Marks) -> Question:
    """The question with given marks, for those who show prompts to people."""
    scale = rubric.scale if rubric else _MET
    answer = make_visible(subject.answer)
    calls = "\n".join(map(_call_shown, subject.calls))
    system = fill(
        "system",
        criterion=criterion,
        rubric=rubric,
        scale=scale,
        anchor=partial(_anchor_shown, criterion),
        verdicts=", ".join(json.dumps(verdict) for verdict in verdicts_of(scale)),
        most_quotes=MOST_QUOTES,
        marks=marks,
    )
    user = fill(
        "user",
        examples=[_example_shown(x, criterion) for x in subject.examples if rubric and rubric.shows_examples],
        asked=[(_INTRODUCTIONS[message.role], message.role, _message_shown(message)) for message in subject.asked],
        expect=make_visible(subject.expect),
        calls=calls,
        answer=answer,
        marks=marks,
    )
    return Question(
        name=criterion.name,
        criterion=criterion,
        scale=scale,
        messages=(Message(role="system", text=system), Message(role="user", text=user)),
        nonce=marks.nonce,
        fence=marks.fence,
        answer=f"{answer}\n{calls}" if calls else answer,
    )


def verdicts_of(scale: Scale) -> tuple[int | str, ...]:
    """What a judge may answer on a scale."""
    if scale.kind == "met":
        return ("met", "not-met", CANNOT_TELL)
    return (*range(scale.low, scale.high + 1), CANNOT_TELL)


def prompt_digest(question: Question) -> str:
    """The digest of what a judge is asked, apart from the answer and the marks.

    So it is the same for every answer to a case, and for the prompt as its reviewers read it.
    """
    texts = [message.text for message in question.messages]
    for document in ("calls", "answer"):
        texts[-1] = texts[-1].partition(f"<<<{document} {question.fence}>>>")[0]
    return digest([text.replace(question.nonce, "NONCE").replace(question.fence, "FENCE") for text in texts])


def _derive(seed: str, purpose: str) -> str:
    return hmac.new(seed.encode(), purpose.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def _anchor_shown(criterion: Criterion, score: int) -> str:
    texts = [anchor.text for anchor in criterion.anchors if anchor.score == score]
    return make_visible(texts[0]).replace("\n", "\n  ") if texts else ""


def _example_shown(example: Example, criterion: Criterion) -> tuple[str, str]:
    score = example.scores.get(criterion.name)
    verdict = "" if score is None else f", with the verdict {score:g}"
    return f"An answer that is known to be {example.label}{verdict}:", make_visible(example.text)


def _message_shown(message: Message) -> str:
    return "\n".join([make_visible(message.text), *map(_call_shown, message.tool_calls)]).strip("\n")


def _call_shown(call: ToolCall) -> str:
    return make_visible(f"{call.name} {call.raw or json.dumps(call.arguments, ensure_ascii=False)}")
