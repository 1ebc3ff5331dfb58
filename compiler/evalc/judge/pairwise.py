"""Two answers to the same question, compared by a rubric."""

import json
from collections.abc import Iterator, Sequence
from typing import get_args

from evalc.judge.prompt import MOST_QUOTES, anchor_shown, calls_shown, draw_marks, messages_shown
from evalc.judge.question import PairQuestion, Subject
from evalc.judge.reading import (
    Members,
    ReplyProblem,
    Unusable,
    read_evidence,
    read_object,
    read_reason,
    require_members,
)
from evalc.judge.reply import object_schema
from evalc.judge.templates import fill
from evalc.judge.visible import make_visible
from evalc.model.catalog import Rubric
from evalc.model.exchange import Message
from evalc.model.verdicts.pairwise import Preference, Word

_MEMBERS = ("evidence", "nonce", "reason", "verdict")
_WORDS: tuple[Word, ...] = get_args(Word)


def pair_question(rubric: Rubric, *, first: Subject, second: Subject, seed: str) -> PairQuestion:
    """Which of two answers fulfils a rubric better.

    What led to both is shown once, and what led to one of them alone, such as its earlier answers and what its tools
    gave back, stands before it.
    """
    shared = _shared(first.asked, second.asked)
    shown = [*_documents("first", first, shared), *_documents("second", second, shared)]
    marks = draw_marks(["pair", rubric.name, first.answer, second.answer], seed=seed)
    system = fill(
        "pairwise",
        rubric=rubric,
        scale=rubric.scale,
        anchor=anchor_shown,
        verdicts=", ".join(map(json.dumps, _WORDS)),
        most_quotes=MOST_QUOTES,
        have_ways=len(shown) > 2,
        marks=marks,
    )
    asked = messages_shown(first.asked[:shared])
    user = fill(
        "user", examples=[], calls="", answers=shown, marks=marks, asked=asked, expect=make_visible(first.expect)
    )
    return PairQuestion(
        messages=(Message(role="system", text=system), Message(role="user", text=user)),
        nonce=marks.nonce,
        fence=marks.fence,
        answers="\n".join(text for _, _, text in shown),
    )


def read_preference(question: PairQuestion, text: str) -> Preference | ReplyProblem:
    """What a judge prefers, or why that cannot be told; as strict as the reading of a grade."""
    try:
        members = read_object(text)
        require_members(members, _MEMBERS, what="it")
        if members["nonce"] != question.nonce:
            raise Unusable("its nonce is not the one of the first message")
        word = next((word for word in _WORDS if word == members["verdict"]), None)
        if word is None:
            raise Unusable(f"its `verdict` is none of {', '.join(map(json.dumps, _WORDS))}")
        evidence = read_evidence(members["evidence"], question.answers)
        return Preference(word=word, evidence=evidence, reason=read_reason(members["reason"], question.answers))
    except Unusable as problem:
        return ReplyProblem(str(problem))


def preference_schema() -> Members:
    """The JSON Schema of a reply, without the nonce's value."""
    return object_schema(
        {
            "evidence": {"type": "array", "items": {"type": "string"}},
            "nonce": {"type": "string"},
            "reason": {"type": "string"},
            "verdict": {"type": "string", "enum": [*_WORDS]},
        }
    )


def _shared(first: Sequence[Message], second: Sequence[Message]) -> int:
    """How many messages both conversations begin with."""
    return next(
        (number for number, (one, other) in enumerate(zip(first, second, strict=False)) if one != other),
        min(len(first), len(second)),
    )


def _documents(name: str, subject: Subject, shared: int) -> Iterator[tuple[str, str, str]]:
    """An answer with what led to it alone: what introduces each part, its name, and its text."""
    for number, (words, role, text) in enumerate(messages_shown(subject.asked[shared:]), start=1):
        yield f"On the way to the {name} answer. {words}", f"{name} {role} message {number}", text
    yield f"The {name} answer:", f"{name} answer", _shown(subject)


def _shown(subject: Subject) -> str:
    calls = calls_shown(subject)
    answer = make_visible(subject.answer)
    return f"{answer}\n\n(It called:)\n{calls}" if calls else answer
