"""From a criterion and an answer to the question that a judge gets."""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evalc.base.digest import canonical_json, digest
from evalc.judge.question import Question
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.catalog import Criterion, Example, Rubric, Scale
from evalc.model.exchange import Message, Response
from evalc.model.stored import Place

MET_SCALE = Scale(kind="met", low=0, high=1)


@dataclass(frozen=True, slots=True)
class Material:
    """What a judge sees beside the criterion: the messages up to the last user turn, the reference, the answer."""

    conversation: tuple[Message, ...]
    expect: str
    answer: str
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What an answer cannot know when it is written: the nonce of the reply, and the mark of the fences."""

    nonce: str
    fence: str


def claim_criterion(claim: str, place: Place) -> Criterion:
    """A claim as a criterion to be met or not."""
    return Criterion(name="claim", title=claim, place=place)


def ask_rubric(rubric: Rubric, material: Material, *, seed: str) -> tuple[Question, ...]:
    """One question per criterion, in their order. Examples are shown only where the rubric says so."""
    shown = material if rubric.shows_examples else replace(material, examples=())
    return tuple(ask(criterion, rubric.scale, shown, seed=seed) for criterion in rubric.criteria)


def ask(criterion: Criterion, scale: Scale, material: Material, *, seed: str) -> Question:
    """The question on one criterion; equal input and seed give an equal question."""
    return ask_with(criterion, scale, material, marks=_marks(seed, criterion, material))


def ask_with(criterion: Criterion, scale: Scale, material: Material, *, marks: Marks) -> Question:
    """The question on one criterion with given marks, for those who show prompts to people."""
    answer = make_visible(material.answer)
    system = fill(
        "system",
        criterion=criterion,
        scale=scale,
        examples=material.examples,
        fence=marks.fence,
        nonce=marks.nonce,
        verdict=_sample(scale),
        verdicts=", ".join(_verdicts(scale)),
    )
    user = fill(
        "user",
        conversation=tuple(replaced(message) for message in material.conversation),
        expect=make_visible(material.expect),
        answer=answer,
        fence=marks.fence,
    )
    messages = (Message(role="system", text=system), Message(role="user", text=user))
    return Question(criterion.name, criterion, scale, messages, marks.nonce, marks.fence, answer)


def prompt_digest(question: Question) -> str:
    """The digest of a question as it was asked, without its marks, which differ from run to run."""
    texts = [message.text.replace(question.nonce, "").replace(question.fence, "") for message in question.messages]
    return digest(texts)


def answer_text(response: Response) -> str:
    """An answer as a judge reads it: its text, and below it the tool calls it made, one a line."""
    calls = [f"[calls {call.name} with {call.raw or canonical_json(call.arguments)}]" for call in response.tool_calls]
    return "\n".join(filter(None, [response.text, *calls]))


def replaced(message: Message) -> Message:
    """A message with its text made visible."""
    return message.model_copy(update={"text": make_visible(message.text)})


def _marks(seed: str, criterion: Criterion, material: Material) -> Marks:
    content = canonical_json([criterion.name, criterion.title, material.expect, material.answer])

    def mark(use: str) -> str:
        key, text = seed.encode(), f"{use}\n{content}".encode("utf-8", "surrogatepass")
        return hmac.new(key, text, "sha256").hexdigest()[:20]

    return Marks(nonce=mark("nonce"), fence=mark("fence"))


def _verdicts(scale: Scale) -> Sequence[str]:
    numbers = [str(number) for number in range(scale.low, scale.high + 1)]
    return [*(numbers if scale.kind == "score" else ['"met"', '"not-met"']), '"cannot-tell"']


def _sample(scale: Scale) -> str:
    return str(scale.low) if scale.kind == "score" else json.dumps("not-met")
