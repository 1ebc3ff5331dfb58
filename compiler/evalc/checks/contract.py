"""What every check promises."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, ClassVar, Literal, Self, final

from pydantic import BaseModel, ConfigDict, JsonValue

from evalc.base.diagnostic import Code
from evalc.base.record import record
from evalc.syntax.phrase import Match

if TYPE_CHECKING:
    # Compiling makes checks and asks nothing.
    from evalc.judge.question import Question
    from evalc.model.catalog import Case, Rubric
    from evalc.model.exchange import Message, Response
    from evalc.model.result import CriterionResult

Strength = Literal["equal", "weaker", "stronger", "unknown"]
"""How one setting of a check stands to another: a `weaker` one is true of every answer of which the other is true."""


@record
class Answered:
    """An answer with what led to it: `asked` are the messages up to the last user turn."""

    case: "Case"
    asked: "tuple[Message, ...]"
    response: "Response"


@record
class Finding:
    """What a check saw, before `not` turns it round; None is true of an answer that cannot be decided."""

    is_true: bool | None
    reason: str


@record
class Objection:
    """Why words that fit a form make no check: what fills the code's message, and the slot that is at fault.

    `word` is the index of the slot's word that is meant, and `part` the range of characters inside of it; without
    them it is all of the slot. `near` is what the author may have meant to write there.
    """

    code: Code
    slot: str
    values: dict[str, object] = field(default_factory=dict)
    help: str = ""
    near: str = ""
    word: int | None = None
    part: tuple[int, int] | None = None


class CheckType(BaseModel, ABC):
    """A verb of the language. Its fields are its arguments, its docstring is its page in the reference.

    `forms` are the ways to write it (see `evalc.syntax.phrase`), most usual first. Fields that a form does not give
    have defaults.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)

    forms: ClassVar[tuple[str, ...]]

    @classmethod
    def arguments_of(cls, match: Match) -> dict[str, JsonValue]:
        """The fields that matched words give: slots by their names, and yes or no by a literal word of that name."""
        said: dict[str, JsonValue] = {name: True for name in cls.model_fields if name in match.said}
        return said | {name: value for name, value in match.values.items() if name in cls.model_fields}

    @classmethod
    def objections(cls, match: Match) -> Iterable[Objection]:
        """What speaks against words that fit a form; nothing, unless a member knows better."""
        return ()

    def implies(self, other: Self) -> bool:
        """Whether another setting is true of every answer of which this one is true; False where that is not known.

        Reviewers are told by it that a check was loosened. Each setting implies itself, and of three the first implies
        the last if each implies the next.
        """
        return self == other

    def excludes(self, other: Self) -> bool:
        """Whether no answer makes both settings true; False where that is not known."""
        return False

    @property
    def needs_answer_alone(self) -> bool:
        """Whether the text and the calls of an answer decide, however it ended and whatever it took and cost."""
        return True

    @final
    def strength_against(self, other: Self) -> Strength:
        """How this setting stands to another one, before `not` turns it round."""
        follows, leads = self.implies(other), other.implies(self)
        if follows and leads:
            return "equal"
        if follows:
            return "stronger"
        return "weaker" if leads else "unknown"


class PlainCheck(CheckType):
    """A check that code decides."""

    @abstractmethod
    def evaluate(self, answered: Answered) -> Finding:
        """What holds of this answer; no IO, bounded time."""


class JudgedCheck(CheckType):
    """A check that a judge decides: it makes the questions, the engine asks, it makes the finding."""

    @abstractmethod
    def questions(self, answered: Answered, rubrics: "Sequence[Rubric]", *, seed: str) -> "tuple[Question, ...]":
        """What to ask a judge about this answer; `seed` is secret to the answer and makes the fences."""

    @abstractmethod
    def verdict(self, results: "Sequence[CriterionResult]", rubrics: "Sequence[Rubric]") -> Finding:
        """What the judge's words on all questions, in their order, say together."""
