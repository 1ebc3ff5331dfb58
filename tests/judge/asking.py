"""Rubrics, subjects and questions for the tests of judging."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from evalc.judge.prompt import claim_criterion, question_for, question_together
from evalc.judge.question import Question, Subject
from evalc.judge.reading import ReplyProblem
from evalc.judge.reply import read_reply
from evalc.model.catalog import Anchor, Criterion, Rubric, Scale
from evalc.model.exchange import Message
from evalc.model.result import CriterionResult
from evalc.model.rule import Condition, Rule
from evalc.model.stored import Place

PLACE = Place(path="guidance.evalc", line=1)
SCORES = Scale(kind="score", low=1, high=5)
MET = Scale(kind="met", low=0, high=1)

SAFETY = Criterion(
    name="safety",
    title="The operator is warned of what cannot be undone",
    anchors=(
        Anchor(score=5, text="Names the risk and how to check the result."),
        Anchor(score=1, text="Presents a risky step as harmless."),
    ),
    place=PLACE,
)


def rubric_of(*criteria: Criterion, scale: Scale = SCORES, rule: tuple[Condition, ...] = ()) -> Rubric:
    """A rubric with these criteria."""
    return Rubric(
        name="guidance",
        title="Sound operator guidance",
        scale=scale,
        criteria=criteria,
        rule=Rule(conditions=rule, words=""),
        place=PLACE,
        fingerprint="f",
    )


def subject_with(answer: str) -> Subject:
    """An answer to one question, with a reference."""
    asked = (Message(role="user", text="Can I delete v2?"),)
    return Subject(asked, "Keep v2 for the investigation.", answer)


def ask(answer: str, *, seed: str = "seed") -> Question:
    """The question on the criterion `safety` about an answer."""
    return question_for(SAFETY, rubric_of(SAFETY), subject=subject_with(answer), seed=seed)


def ask_together(answer: str) -> Question:
    """The question on `safety` and on `truth` about an answer, in one call."""
    truth = SAFETY.model_copy(update={"name": "truth", "title": "What is said is true"})
    return question_together(rubric_of(SAFETY, truth), subject=subject_with(answer), seed="seed")


def ask_claim(answer: str) -> Question:
    """The question on a plain claim about an answer."""
    return question_for(claim_criterion("Says that v2 is kept"), None, subject=subject_with(answer), seed="seed")


def reply_to(question: Question, **changed: JsonValue) -> str:
    """A reply that can be used, with members changed; None takes one away."""
    members: Mapping[str, JsonValue] = {
        "criterion": question.name,
        "evidence": [],
        "nonce": question.nonce,
        "reason": "It warns of the loss.",
        "verdict": 4 if question.scale.kind == "score" else "met",
    }
    merged = {**members, **changed}
    return json.dumps({name: value for name, value in merged.items() if value is not None})


def read_one(question: Question, text: str) -> CriterionResult | ReplyProblem:
    """What a reply says of the one criterion that was asked about."""
    found = read_reply(question, text)
    return found if isinstance(found, ReplyProblem) else found[0]
