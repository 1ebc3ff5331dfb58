"""From a judge's reply to its words on criteria. The reply is untrusted: what is not exactly right is refused."""

import json
from collections.abc import Iterator

from pydantic import JsonValue

from evalc.judge.prompt import CANNOT_TELL, verdicts_of
from evalc.judge.question import PairQuestion, Question
from evalc.judge.reading import (
    LONGEST_REPLY,
    Members,
    ReplyProblem,
    Unusable,
    read_evidence,
    read_object,
    read_reason,
    require_members,
)
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.catalog import Criterion
from evalc.model.exchange import Message
from evalc.model.result import CriterionResult, Verdict

_MEMBERS = ("criterion", "evidence", "nonce", "reason", "verdict")
"""In alphabetical order, for some endpoints sort them, and a judge has to look and think before it decides."""

_MEMBERS_TOGETHER = ("nonce", "results")
_MEMBERS_OF_ONE = ("criterion", "evidence", "reason", "verdict")

_VERDICTS: dict[str, Verdict] = {"met": "met", "not-met": "not-met", "cannot-tell": "cannot-tell"}


def read_reply(question: Question, text: str) -> tuple[CriterionResult, ...] | ReplyProblem:
    """What a judge says of each criterion, in order, or why that cannot be told.

    Nothing is guessed, clamped or filled in. A fence of three backticks around the whole object is let pass, for many
    models cannot do without.
    """
    try:
        members = read_object(text)
        if not question.is_together:
            require_members(members, _MEMBERS, what="it")
            _require_nonce(members, question)
            return (_read_result(members, question.criteria[0], question=question, what=""),)
        require_members(members, _MEMBERS_TOGETHER, what="it")
        _require_nonce(members, question)
        return tuple(_read_results(members["results"], question))
    except Unusable as problem:
        return ReplyProblem(str(problem))


def repair_messages(question: Question | PairQuestion, reply: str, *, problem: ReplyProblem) -> tuple[Message, ...]:
    """The question again, with the reply that cannot be used and the request for another.

    A reply without the nonce is not shown: it may be one that the answer made up, and seeing it again as its own, a
    judge might complete it.
    """
    shown = make_visible(reply[:LONGEST_REPLY]) if question.nonce in reply else "(a reply that cannot be used)"
    return (
        *question.messages,
        Message(role="assistant", text=shown),
        Message(role="user", text=fill("repair", problem=problem.sentence)),
    )


def reply_schema(question: Question) -> Members:
    """The JSON Schema of a reply, for endpoints with structured output.

    The nonce is not in it, or the endpoint would put it into any reply.
    """
    if not question.is_together:
        return object_schema({**_result_schema(question), "nonce": {"type": "string"}})
    results: Members = {"type": "array", "items": object_schema(_result_schema(question))}
    return object_schema({"nonce": {"type": "string"}, "results": results})


def _result_schema(question: Question) -> Members:
    numbers = [verdict for verdict in verdicts_of(question.scale) if isinstance(verdict, int)]
    words = [verdict for verdict in verdicts_of(question.scale) if isinstance(verdict, str)]
    verdict: list[JsonValue] = [{"type": "integer", "enum": [*numbers]}] if numbers else []
    return {
        "criterion": {"type": "string", "enum": [criterion.name for criterion in question.criteria]},
        "evidence": {"type": "array", "items": {"type": "string"}},
        "reason": {"type": "string"},
        "verdict": {"anyOf": [*verdict, {"type": "string", "enum": [*words]}]},
    }


def object_schema(properties: Members) -> Members:
    """An object with exactly these members, in alphabetical order."""
    ordered = dict(sorted(properties.items()))
    return {"type": "object", "properties": ordered, "required": [*ordered], "additionalProperties": False}


def _require_nonce(members: Members, question: Question) -> None:
    if members["nonce"] != question.nonce:
        raise Unusable("its nonce is not the one of the first message")


def _read_results(value: JsonValue, question: Question) -> Iterator[CriterionResult]:
    """One result for each criterion, in the order in which they were asked: none left out, none twice, no other."""
    if not isinstance(value, list) or len(value) != len(question.criteria):
        raise Unusable(f"its `results` is no list of {len(question.criteria)} objects")
    for number, (found, criterion) in enumerate(zip(value, question.criteria, strict=True), start=1):
        what = f"result {number}"
        if not isinstance(found, dict):
            raise Unusable(f"{what} is no object")
        require_members(found, _MEMBERS_OF_ONE, what=what)
        yield _read_result(found, criterion, question=question, what=f"in {what} ")


def _read_result(members: Members, criterion: Criterion, *, question: Question, what: str) -> CriterionResult:
    if members["criterion"] != criterion.name:
        raise Unusable(f"{what}it grades another criterion than {criterion.name}")
    try:
        return CriterionResult(
            criterion=criterion.name,
            evidence=read_evidence(members["evidence"], question.answer),
            reason=read_reason(members["reason"], question.answer),
            score=_read_score(members["verdict"], question),
            verdict=_read_verdict(members["verdict"], question),
        )
    except Unusable as problem:
        raise Unusable(f"{what}{problem}") from None


def _read_score(value: JsonValue, question: Question) -> float | None:
    if question.scale.kind == "met" or value == CANNOT_TELL:
        return None
    # In Python `True` is 1 and 4.0 is 4, but a judge that writes them did not take a number of the scale.
    if type(value) is not int or value not in verdicts_of(question.scale):
        raise Unusable(f"its `verdict` is none of {_listed(question)}")
    return float(value)


def _read_verdict(value: JsonValue, question: Question) -> Verdict | None:
    if question.scale.kind == "score" and value != CANNOT_TELL:
        return None
    if not isinstance(value, str) or value not in _VERDICTS:
        raise Unusable(f"its `verdict` is none of {_listed(question)}")
    return _VERDICTS[value]


def _listed(question: Question) -> str:
    return ", ".join(json.dumps(verdict) for verdict in verdicts_of(question.scale))
