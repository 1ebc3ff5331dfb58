"""What happens in a trial, written down by whoever asks on its behalf."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from evalc.model.result import Attempt, Fault, TrialResult


@dataclass(slots=True)
class Diary:
    """The calls of one trial in their order, and why one was not made."""

    attempts: list[Attempt] = field(default_factory=list)
    refusal: Fault | None = None

    def complete(self, result: TrialResult) -> TrialResult:
        """The result with the calls that failed; one that a refused call left open is skipped."""
        failed = tuple(attempt for attempt in self.attempts if attempt.fault)
        update: dict[str, object] = {"failed_attempts": failed} if failed else {}
        if self.refusal and result.outcome in ("errored", "unscored"):
            update |= {"outcome": "skipped", "fault": self.refusal}
        return result.model_copy(update=update) if update else result


_OPEN: ContextVar[Diary | None] = ContextVar("evalc_diary", default=None)


@contextmanager
def open_diary() -> Iterator[Diary]:
    """The diary of the trial that runs inside, in tasks that it begins too."""
    token = _OPEN.set(diary := Diary())
    try:
        yield diary
    finally:
        _OPEN.reset(token)


def note(found: Attempt | Fault) -> None:
    """Write a call, or why there was none, into the diary of the trial that runs now."""
    diary = _OPEN.get()
    if diary is None:
        return
    if isinstance(found, Attempt):
        diary.attempts.append(found)
    else:
        diary.refusal = found
