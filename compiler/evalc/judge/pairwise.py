"""Two answers to the same question, compared by a rubric."""

import json
from typing import get_args

from evalc.judge.prompt import MOST_QUOTES, anchor_shown, calls_shown, draw_marks, reference_shown
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
    """Which of two answers fulfils a rubric better; the question that led to them is that of the first subject."""
    marks = draw_marks(["pair", rubric.name, first.answer, second.answer], seed=seed)
    system = fill(
        "pairwise",
        rubric=rubric,
        scale=rubric.scale,
        anchor=anchor_shown,
        verdicts=", ".join(map(json.dumps, _WORDS)),
        most_quotes=MOST_QUOTES,
        marks=marks,
    )
    answers = [(f"The {name} answer:", f"{name} answer", shown) for name, shown in _answers(first, second)]
    user = fill("user", examples=[], calls="", answers=answers, marks=marks, **reference_shown(first))
    return PairQuestion(
        messages=(Message(role="system", text=system), Message(role="user", text=user)),
        nonce=marks.nonce,
        fence=marks.fence,
        answers="\n".join(shown for _, shown in _answers(first, second)),
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


def _answers(first: Subject, second: Subject) -> list[tuple[str, str]]:
    return [("first", _shown(first)), ("second", _shown(second))]


def _shown(subject: Subject) -> str:
    calls = calls_shown(subject)
    answer = make_visible(subject.answer)
    return f"{answer}\n\n(It called:)\n{calls}" if calls else answer
