"""What every check promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from evalc.judge.question import Question
from evalc.model.catalog import Case, Rubric
from evalc.model.exchange import Message, Response
from evalc.model.result import CriterionResult


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer with what led to it: `asked` are the messages up to the last user turn."""

    case: Case
    asked: tuple[Message, ...]
    response: Response


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw, before `not` turns it round; None is true of an answer that cannot be decided."""

    is_true: bool | None
    reason: str


class CheckType(BaseModel):
    """A verb of the language. Its fields are its arguments, its docstring is its page in the reference.

    `forms` are the ways to write it (see `evalc.syntax.phrase`), most usual first.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    forms: ClassVar[tuple[str, ...]]


class PlainCheck(CheckType):
    """A check that code decides."""

    def evaluate(self, answered: Answered) -> Finding:
        """What holds of this answer; no IO, bounded time."""
        ...


class JudgedCheck(CheckType):
    """A check that a judge decides: it makes the questions, the engine asks, it makes the finding."""

    def questions(self, answered: Answered, rubrics: Sequence[Rubric], *, seed: str) -> tuple[Question, ...]:
        """What to ask a judge about this answer; `seed` is secret to the answer and makes the fences."""
        ...

    def verdict(self, results: Sequence[CriterionResult], rubrics: Sequence[Rubric]) -> Finding:
        """What the judge's words on all questions, in their order, say together."""
        ...
