"""Answers and verdicts written down in a file of JSON Lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, Self

from pydantic import TypeAdapter, ValidationError, model_validator

from evalc.model.exchange import ToolCall
from evalc.model.stored import Stored
from evalc.targets.contract import TargetError


class UnreadableScript(TargetError):
    """The file of a scripted target is not there, or a line of it is neither an answer nor a verdict."""

    kind = "target-fatal"

    def __init__(self, name: str, path: Path, *, reason: str) -> None:
        super().__init__(f"`{name}` cannot read its script {path}: {reason}")


@dataclass(frozen=True, slots=True)
class Moment:
    """When in a trial an answer is asked for: which repeat, after which message, after how many rounds of results."""

    repeat: int
    turn: int
    step: int


class ScriptedAnswer(Stored):
    """An answer to cases whose ids fit a pattern; `turn` is the number of the user's message, counted from 0.

    `step` counts the results of tools that were given for this answer, round by round from 0. Without it calls are for
    the first step, so that they are not made again and again, and a text is for every one.
    """

    case: str = "*"
    turn: int | None = None
    step: int | None = None
    repeat: int | None = None
    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    finish_reason: str = ""
    latency_s: float | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if "text" not in self.model_fields_set and not self.tool_calls:
            raise ValueError("an answer has a text or calls")
        return self

    def fits(self, case_id: str, *, moment: Moment) -> bool:
        """Whether this is an answer to a question."""
        step = 0 if self.step is None and self.tool_calls else self.step
        return (
            fnmatchcase(case_id, self.case)
            and self.turn in (None, moment.turn)
            and step in (None, moment.step)
            and self.repeat in (None, moment.repeat)
        )


class ScriptedVerdict(Stored):
    """What a judge says of answers that hold a text, by patterns over the ids of cases and the names of criteria."""

    case: str = "*"
    criterion: str = "*"
    contains: str = ""
    verdict: int | Literal["met", "not-met", "cannot-tell"]
    reason: str

    def fits(self, case_id: str, *, criterion: str, answer: str) -> bool:
        """Whether this is the verdict on an answer."""
        is_criterion = fnmatchcase(case_id, self.case) and fnmatchcase(criterion, self.criterion)
        return is_criterion and self.contains.casefold() in answer.casefold()


_LINE: TypeAdapter[ScriptedAnswer | ScriptedVerdict] = TypeAdapter(ScriptedAnswer | ScriptedVerdict)


def read_script(name: str, path: Path) -> Iterator[ScriptedAnswer | ScriptedVerdict]:
    """The lines of a script in order.

    Raises:
        UnreadableScript: It is not there, or one of its lines does not fit.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UnreadableScript(name, path, reason=str(error.strerror).lower()) from error
    for number, line in enumerate(lines, start=1):
        try:
            yield _LINE.validate_json(line)
        except ValidationError:
            reason = (
                f"line {number} is no object with `text` or `tool_calls`, for an answer, or with `verdict` and `reason`"
            )
            raise UnreadableScript(name, path, reason=reason) from None


def letters_of(text: str) -> str:
    """A text without anything that a prompt may show in another way."""
    return "".join(sign for sign in text.replace("⟨text⟩", "").casefold() if sign.isalnum())
