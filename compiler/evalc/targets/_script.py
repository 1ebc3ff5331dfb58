"""Answers and verdicts written down in a file of JSON Lines."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from evalc.model.exchange import ToolCall
from evalc.model.stored import Stored
from evalc.targets.contract import TargetError


class UnreadableScript(TargetError):
    """The file of a scripted target is not there, or a line of it is neither an answer nor a verdict."""

    kind = "target-fatal"

    def __init__(self, name: str, path: Path, *, reason: str) -> None:
        super().__init__(f"`{name}` cannot read its script {path}: {reason}")


class ScriptedAnswer(Stored):
    """An answer to cases whose ids fit a pattern; `turn` is the number of the user's message, counted from 0."""

    case: str = "*"
    turn: int | None = None
    repeat: int | None = None
    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    finish_reason: str = "stop"
    latency_s: float | None = None

    def fits(self, case_id: str, *, repeat: int, turn: int) -> bool:
        """Whether this is an answer to a question."""
        is_case = fnmatchcase(case_id, self.case)
        return is_case and self.turn in (None, turn) and self.repeat in (None, repeat)


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
            reason = f"line {number} is no object with `text`, for an answer, or with `verdict` and `reason`"
            raise UnreadableScript(name, path, reason=reason) from None
