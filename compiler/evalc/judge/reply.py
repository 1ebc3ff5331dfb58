"""From a judge's reply to its word on one criterion; a reply is untrusted, and what is not exactly right refused."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import JsonValue

from evalc.judge.question import Question
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.exchange import Message
from evalc.model.result import CriterionResult, Verdict

MAX_REPLY_CHARACTERS = 32_768
MAX_REASON_CHARACTERS = 4_000

_MEMBERS = ("criterion", "evidence", "reason", "verdict", "nonce")
_FENCED = re.compile(r"\A\s*```(?:json)?[ \t]*\n(?P<body>.*?)\n?[ \t]*```\s*\Z", re.DOTALL)
_VERDICTS: dict[str, Verdict] = {"met": "met", "not-met": "not-met", "cannot-tell": "cannot-tell"}

_Object: TypeAlias = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class ReplyProblem:
    """Why a reply cannot be used, as the end of the sentence `that reply cannot be used: ...`."""

    sentence: str


def read_reply(question: Question, text: str) -> CriterionResult | ReplyProblem:
    """What a judge says of the criterion, or why that cannot be told. Nothing is guessed, clamped or filled in.

    A fence of three backticks around the whole object is let pass, for many models cannot do without.
    """
    try:
        members = _read_object(text)
        _require_members(members)
        if members["nonce"] != question.nonce:
            raise _Unusable("its nonce is not the one of the first message")
        if members["criterion"] != question.name:
            raise _Unusable(f"it grades another criterion than {question.name}")
        reason = _text(members["reason"], "reason", limit=MAX_REASON_CHARACTERS)
        evidence = _read_evidence(members["evidence"], question.answer)
        return _read_verdict(members["verdict"], question, reason=reason, evidence=evidence)
    except _Unusable as problem:
        return ReplyProblem(str(problem))


def repair_messages(question: Question, reply: str, problem: ReplyProblem) -> tuple[Message, ...]:
    """The question again, with the reply that cannot be used and the request for another."""
    return (
        *question.messages,
        Message(role="assistant", text=make_visible(reply[:MAX_REPLY_CHARACTERS])),
        Message(role="user", text=fill("repair", problem=problem.sentence)),
    )


def reply_schema(question: Question) -> _Object:
    """The JSON Schema of a reply, for endpoints with structured output."""
    scale = question.scale
    numbers: list[JsonValue] = list(range(scale.low, scale.high + 1))
    verdicts: list[JsonValue] = [*(numbers if scale.kind == "score" else ["met", "not-met"]), "cannot-tell"]
    properties: _Object = {
        "criterion": {"type": "string", "enum": [question.name]},
        "evidence": {"type": "array", "items": {"type": "string"}},
        "reason": {"type": "string"},
        "verdict": {"enum": verdicts},
        "nonce": {"type": "string"},
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(_MEMBERS),
        "additionalProperties": False,
    }


def folded(text: str) -> str:
    """A text as quotes are compared: without regard to case and to runs of white space."""
    return " ".join(text.casefold().split())


class _Unusable(Exception):
    """A reply that cannot be used."""


def _read_object(text: str) -> _Object:
    if len(text) > MAX_REPLY_CHARACTERS:
        raise _Unusable(f"it is longer than {MAX_REPLY_CHARACTERS} characters")
    fenced = _FENCED.match(text)
    try:
        value = json.loads(
            fenced["body"] if fenced else text, object_pairs_hook=_unique_members, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise _Unusable("it is nested too deep") from None
    except ValueError:
        raise _Unusable("it is not one JSON object and nothing else") from None
    if not isinstance(value, dict):
        raise _Unusable("it is not one JSON object and nothing else")
    return value


def _unique_members(pairs: Sequence[tuple[str, JsonValue]]) -> _Object:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Unusable("it has a member twice")
    return members


def _refuse_constant(name: str) -> JsonValue:
    raise _Unusable(f"{name} is no number of JSON")


def _require_members(members: _Object) -> None:
    for name in _MEMBERS:
        if name not in members:
            raise _Unusable(f"it has no `{name}`")
    if len(members) > len(_MEMBERS):
        raise _Unusable(f"it has members other than {', '.join(_MEMBERS)}")


def _text(value: JsonValue, name: str, *, limit: int) -> str:
    if not isinstance(value, str):
        raise _Unusable(f"`{name}` is no text")
    if len(value) > limit:
        raise _Unusable(f"`{name}` is longer than {limit} characters")
    return value


def _read_evidence(value: JsonValue, answer: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Unusable("`evidence` is no list of quotes")
    quotes = tuple(_text(item, "evidence", limit=MAX_REPLY_CHARACTERS) for item in value)
    within = folded(answer)
    for quote in quotes:
        if not folded(quote):
            raise _Unusable("`evidence` holds an empty quote")
        if folded(quote) not in within:
            raise _Unusable("`evidence` holds a quote that does not occur in the answer")
    return quotes


def _read_verdict(value: JsonValue, question: Question, *, reason: str, evidence: tuple[str, ...]) -> CriterionResult:
    result = CriterionResult(criterion=question.name, evidence=evidence, reason=reason)
    if value == "cannot-tell":
        return result.model_copy(update={"verdict": "cannot-tell"})
    scale = question.scale
    if scale.kind == "score":
        if isinstance(value, bool) or not isinstance(value, int) or not scale.low <= value <= scale.high:
            raise _Unusable(f"`verdict` is no whole number from {scale.low} to {scale.high}, and not cannot-tell")
        is_found, result = value > scale.low, result.model_copy(update={"score": float(value)})
    else:
        if not isinstance(value, str) or value not in _VERDICTS:
            raise _Unusable("`verdict` is none of met, not-met and cannot-tell")
        is_found, result = value == "met", result.model_copy(update={"verdict": _VERDICTS[value]})
    # What is said to be there can be quoted; only what is missing cannot.
    if is_found and not evidence and question.answer.strip():
        raise _Unusable("`evidence` is empty although the verdict rests on something in the answer")
    return result
