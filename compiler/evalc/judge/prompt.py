"""From a criterion and an answer to the question that a judge gets."""

import hmac
import json
from collections.abc import Iterable, Sequence

from evalc.base.digest import Content, canonical_json, digest
from evalc.base.record import record
from evalc.judge.question import Question, Subject
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.catalog import Case, Criterion, Example, Rubric, Scale
from evalc.model.exchange import Message, Response, ToolCall
from evalc.model.stored import Place

CLAIM = "claim"
"""The name of the criterion that a plain claim makes."""

TOGETHER = "together"
"""The name of the question about all criteria of a rubric."""

CANNOT_TELL = "cannot-tell"

MOST_QUOTES = 8

_MET = Scale(kind="met", low=0, high=1)

_INTRODUCTIONS = {
    "system": "What the AI system was told before the conversation:",
    "user": "What the AI system was asked:",
    "assistant": "What the AI system said:",
    "tool": "What a tool gave back:",
}


@record
class Marks:
    """What nobody outside of one call can guess: the nonce of the reply, and what is in the lines around documents."""

    nonce: str
    fence: str


@record
class _Topic:
    """What one call asks about an answer."""

    name: str
    criteria: tuple[Criterion, ...]
    rubric: Rubric | None
    is_together: bool = False

    @property
    def scale(self) -> Scale:
        return self.rubric.scale if self.rubric else _MET


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
    marks = draw_marks([rubric.name if rubric else "", criterion.name, criterion.title, subject.answer], seed=seed)
    return _question(_Topic(criterion.name, (criterion,), rubric), subject, marks)


def question_together(rubric: Rubric, *, subject: Subject, seed: str) -> Question:
    """One call to a judge about all criteria of a rubric; the rest is as in `question_for`."""
    titles = [[criterion.name, criterion.title] for criterion in rubric.criteria]
    marks = draw_marks([rubric.name, TOGETHER, titles, subject.answer], seed=seed)
    return _question(_Topic(TOGETHER, rubric.criteria, rubric, is_together=True), subject, marks)


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


def draw_marks(about: Content, *, seed: str) -> Marks:
    """The marks of one call, from what it asks about and a seed that no answer holds."""
    text = canonical_json(about)
    return Marks(_derive(seed, f"nonce {text}")[:32], _derive(seed, f"fence {text}")[:16])


def _system(topic: _Topic, marks: Marks) -> str:
    return fill(
        "together" if topic.is_together else "system",
        criteria=topic.criteria,
        criterion=topic.criteria[0],
        rubric=topic.rubric,
        scale=topic.scale,
        anchor=anchor_shown,
        names=", ".join(json.dumps(criterion.name) for criterion in topic.criteria),
        verdicts=", ".join(json.dumps(verdict) for verdict in verdicts_of(topic.scale)),
        most_quotes=MOST_QUOTES,
        marks=marks,
    )


def _question(topic: _Topic, subject: Subject, marks: Marks) -> Question:
    criteria, rubric = topic.criteria, topic.rubric
    answer, calls = make_visible(subject.answer), calls_shown(subject)
    user = fill(
        "user",
        examples=[_example_shown(x, criteria) for x in subject.examples if rubric and rubric.shows_examples],
        calls=calls,
        answers=[("The answer to grade:", "answer", answer)],
        marks=marks,
        **reference_shown(subject),
    )
    return Question(
        name=topic.name,
        criteria=criteria,
        scale=topic.scale,
        messages=(Message(role="system", text=_system(topic, marks)), Message(role="user", text=user)),
        nonce=marks.nonce,
        fence=marks.fence,
        answer=f"{answer}\n{calls}" if calls else answer,
        is_together=topic.is_together,
    )


def reference_shown(subject: Subject) -> dict[str, object]:
    """What led to an answer, and what its author expects, for the template of the second message."""
    return {"asked": messages_shown(subject.asked), "expect": make_visible(subject.expect)}


def messages_shown(messages: Iterable[Message]) -> list[tuple[str, str, str]]:
    """Messages of a conversation, each with what introduces it, and with its role."""
    return [(_INTRODUCTIONS[message.role], message.role, _message_shown(message)) for message in messages]


def calls_shown(subject: Subject) -> str:
    """The calls made for an answer, one a line."""
    return "\n".join(map(_call_shown, subject.calls))


def _derive(seed: str, purpose: str) -> str:
    return hmac.new(seed.encode(), purpose.encode("utf-8", "surrogatepass"), "sha256").hexdigest()


def anchor_shown(criterion: Criterion, score: int) -> str:
    """What an answer looks like that earns a score, as a judge may see it; empty where the author did not say."""
    texts = [anchor.text for anchor in criterion.anchors if anchor.score == score]
    return make_visible(texts[0]).replace("\n", "\n  ") if texts else ""


def _example_shown(example: Example, criteria: Sequence[Criterion]) -> tuple[str, str]:
    labels = [(criterion.name, example.scores.get(criterion.name)) for criterion in criteria]
    known = [(name, score) for name, score in labels if score is not None]
    words = ", ".join(f"{score:g}" if len(criteria) == 1 else f"{name} {score:g}" for name, score in known)
    verdict = f", with the verdict {words}" if words else ""
    calls = Response.like(example).tool_calls
    return f"An answer that is known to be {example.label}{verdict}:", _said(example.text, calls)


def _message_shown(message: Message) -> str:
    return _said(message.text, message.tool_calls)


def _said(text: str, calls: Sequence[ToolCall]) -> str:
    return "\n".join([make_visible(text), *map(_call_shown, calls)]).strip("\n")


def _call_shown(call: ToolCall) -> str:
    return make_visible(f"{call.name} {call.raw or json.dumps(call.arguments, ensure_ascii=False)}")
