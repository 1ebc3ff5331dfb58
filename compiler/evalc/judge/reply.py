"""From a judge's reply to its words on criteria. The reply is untrusted: what is not exactly right is refused."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from evalc.base.folding import fold
from evalc.judge.prompt import CANNOT_TELL, verdicts_of
from evalc.judge.question import Question
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.catalog import Criterion
from evalc.model.exchange import Message
from evalc.model.result import CriterionResult, Verdict

LONGEST_REPLY = 32_768
"""In characters."""

_MEMBERS = ("criterion", "evidence", "nonce", "reason", "verdict")
"""In alphabetical order, for some endpoints sort them, and a judge has to look and think before it decides."""

_MEMBERS_TOGETHER = ("nonce", "results")
_MEMBERS_OF_ONE = ("criterion", "evidence", "reason", "verdict")

_FENCED = re.compile(r"\A```(?:json)?[ \t]*\n(?P<body>.*)\n[ \t]*```\Z", re.DOTALL)
_VERDICTS: dict[str, Verdict] = {"met": "met", "not-met": "not-met", "cannot-tell": "cannot-tell"}

# A reason of fewer words may stand in an answer by chance.
_WORDS_OF_A_COPY = 5

# Models copy these signs in another form than they read them, and leave out what was put before a line.
_TYPOGRAPHY = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2013\u2014\u2039\u203a", "''\"\"----<>")
_PUT_BEFORE = "⟨text⟩ "

_Members = dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class ReplyProblem:
    """Why a reply cannot be used, as the end of the sentence `that reply cannot be used: ...`.

    No word of the reply is in it, for a judge may have taken those from the answer.
    """

    sentence: str


def read_reply(question: Question, text: str) -> tuple[CriterionResult, ...] | ReplyProblem:
    """What a judge says of each criterion, in order, or why that cannot be told.

    Nothing is guessed, clamped or filled in. A fence of three backticks around the whole object is let pass, for many
    models cannot do without.
    """
    try:
        members = _read_object(text)
        if not question.is_together:
            _require_members(members, _MEMBERS, what="it")
            _require_nonce(members, question)
            return (_read_result(members, question.criteria[0], question=question, what=""),)
        _require_members(members, _MEMBERS_TOGETHER, what="it")
        _require_nonce(members, question)
        return tuple(_read_results(members["results"], question))
    except _Unusable as problem:
        return ReplyProblem(str(problem))


def repair_messages(question: Question, reply: str, *, problem: ReplyProblem) -> tuple[Message, ...]:
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


def reply_schema(question: Question) -> _Members:
    """The JSON Schema of a reply, for endpoints with structured output.

    The nonce is not in it, or the endpoint would put it into any reply.
    """
    if not question.is_together:
        return _object_schema({**_result_schema(question), "nonce": {"type": "string"}})
    results: _Members = {"type": "array", "items": _object_schema(_result_schema(question))}
    return _object_schema({"nonce": {"type": "string"}, "results": results})


def _result_schema(question: Question) -> _Members:
    numbers = [verdict for verdict in verdicts_of(question.scale) if isinstance(verdict, int)]
    words = [verdict for verdict in verdicts_of(question.scale) if isinstance(verdict, str)]
    verdict: list[JsonValue] = [{"type": "integer", "enum": [*numbers]}] if numbers else []
    return {
        "criterion": {"type": "string", "enum": [criterion.name for criterion in question.criteria]},
        "evidence": {"type": "array", "items": {"type": "string"}},
        "reason": {"type": "string"},
        "verdict": {"anyOf": [*verdict, {"type": "string", "enum": [*words]}]},
    }


def _object_schema(properties: _Members) -> _Members:
    """An object with exactly these members, in alphabetical order."""
    ordered = dict(sorted(properties.items()))
    return {"type": "object", "properties": ordered, "required": [*ordered], "additionalProperties": False}


class _Unusable(Exception):
    """A reply that cannot be used."""


def _read_object(text: str) -> _Members:
    if len(text) > LONGEST_REPLY:
        raise _Unusable(f"it is longer than {LONGEST_REPLY:,} characters")
    bare = text.strip()
    fenced = _FENCED.match(bare)
    try:
        value = json.loads(
            fenced["body"] if fenced else bare, object_pairs_hook=_unique_members, parse_constant=_refuse_constant
        )
    except (ValueError, RecursionError):
        raise _Unusable("it is not one JSON object and nothing else") from None
    if not isinstance(value, dict):
        raise _Unusable("it is not one JSON object and nothing else")
    return value


def _unique_members(pairs: Sequence[tuple[str, JsonValue]]) -> _Members:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Unusable("it has a member twice")
    return members


def _refuse_constant(name: str) -> JsonValue:
    raise _Unusable(f"{name} is no number of JSON")


def _require_members(members: _Members, names: tuple[str, ...], *, what: str) -> None:
    for name in names:
        if name not in members:
            raise _Unusable(f"{what} has no `{name}`")
    if len(members) > len(names):
        raise _Unusable(f"{what} has members other than {', '.join(names)}")
    thought = [name for name in members if name in ("evidence", "reason", "verdict")]
    if thought not in ([], ["evidence", "reason", "verdict"]):
        raise _Unusable(f"{what} does not have `evidence`, `reason` and `verdict` in this order")


def _require_nonce(members: _Members, question: Question) -> None:
    if members["nonce"] != question.nonce:
        raise _Unusable("its nonce is not the one of the first message")


def _read_results(value: JsonValue, question: Question) -> Iterator[CriterionResult]:
    """One result for each criterion, in the order in which they were asked: none left out, none twice, no other."""
    if not isinstance(value, list) or len(value) != len(question.criteria):
        raise _Unusable(f"its `results` is no list of {len(question.criteria)} objects")
    for number, (found, criterion) in enumerate(zip(value, question.criteria, strict=True), start=1):
        what = f"result {number}"
        if not isinstance(found, dict):
            raise _Unusable(f"{what} is no object")
        _require_members(found, _MEMBERS_OF_ONE, what=what)
        yield _read_result(found, criterion, question=question, what=f"in {what} ")


def _read_result(members: _Members, criterion: Criterion, *, question: Question, what: str) -> CriterionResult:
    if members["criterion"] != criterion.name:
        raise _Unusable(f"{what}it grades another criterion than {criterion.name}")
    try:
        return CriterionResult(
            criterion=criterion.name,
            evidence=_read_evidence(members["evidence"], question.answer),
            reason=_read_reason(members["reason"], question.answer),
            score=_read_score(members["verdict"], question),
            verdict=_read_verdict(members["verdict"], question),
        )
    except _Unusable as problem:
        raise _Unusable(f"{what}{problem}") from None


def _read_evidence(value: JsonValue, answer: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Unusable("its `evidence` is no list of quotes")
    within = _as_quoted(answer)
    quotes = []
    for number, quote in enumerate(value, start=1):
        if not isinstance(quote, str) or not _as_quoted(quote):
            raise _Unusable(f"quote {number} of its `evidence` is no text")
        if _as_quoted(quote) not in within:
            raise _Unusable(f"quote {number} of its `evidence` does not occur in the answer")
        quotes.append(quote)
    return tuple(quotes)


def _as_quoted(text: str) -> str:
    return fold(text.replace(_PUT_BEFORE, "").translate(_TYPOGRAPHY))


def _read_reason(value: JsonValue, answer: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Unusable("its `reason` is no text")
    if len(value.split()) >= _WORDS_OF_A_COPY and _as_quoted(value) in _as_quoted(answer):
        raise _Unusable("its `reason` is copied from the answer")
    # A reason is shown in terminals and on pages, and its writer may have read anything.
    return make_visible(value.strip())


def _read_score(value: JsonValue, question: Question) -> float | None:
    if question.scale.kind == "met" or value == CANNOT_TELL:
        return None
    # In Python `True` is 1 and 4.0 is 4, but a judge that writes them did not take a number of the scale.
    if type(value) is not int or value not in verdicts_of(question.scale):
        raise _Unusable(f"its `verdict` is none of {_listed(question)}")
    return float(value)


def _read_verdict(value: JsonValue, question: Question) -> Verdict | None:
    if question.scale.kind == "score" and value != CANNOT_TELL:
        return None
    if not isinstance(value, str) or value not in _VERDICTS:
        raise _Unusable(f"its `verdict` is none of {_listed(question)}")
    return _VERDICTS[value]


def _listed(question: Question) -> str:
    return ", ".join(json.dumps(verdict) for verdict in verdicts_of(question.scale))
