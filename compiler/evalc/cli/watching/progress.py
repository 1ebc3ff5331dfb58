"""A run while it goes on: a bar on a terminal, plain lines elsewhere."""

import sys
import time
from abc import ABC, abstractmethod
from collections import Counter
from types import TracebackType
from typing import Literal, Self, assert_never

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text

from evalc.base.visible import visible
from evalc.cli.console import silence
from evalc.model.event import CanaryFinished, Event, RunFinished, RunStarted, Stopping, TrialFinished, Waiting
from evalc.model.result import Outcome
from evalc.run.spending.money import usd

ProgressKind = Literal["auto", "bar", "lines", "none"]

_LINES_A_RUN = 10
_SHORTEST_TOLD_S = 1.0


class Watch(ABC):
    """Somebody who watches a run; what it prints goes to standard error, so that standard output stays for results."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @abstractmethod
    def __call__(self, event: Event) -> None:
        """Take note of one event."""

    def close(self) -> None:
        """Leave the screen as it should stay."""


def open_watch(kind: ProgressKind) -> Watch:
    """The watch for a kind of progress; `auto` is a bar where standard error is a terminal and lines elsewhere."""
    if kind == "auto":
        kind = "bar" if sys.stderr.isatty() else "lines"
    match kind:
        case "bar":
            return BarWatch()
        case "lines":
            return LineWatch()
        case "none":
            return SilentWatch()
        case _:
            assert_never(kind)


class SilentWatch(Watch):
    """Prints nothing."""

    def __call__(self, event: Event) -> None:
        pass


class LineWatch(Watch):
    """Prints a line at each tenth of the run, and one for each pause."""

    def __init__(self) -> None:
        self._outcomes: Counter[Outcome] = Counter()
        self._pace = _Rate()

    def __call__(self, event: Event) -> None:
        match event:
            case RunStarted():
                before = f", {event.already_finished} finished before" if event.already_finished else ""
                self._say(f"run {event.run_id}: {event.planned} trials{before}")
            case TrialFinished():
                self._outcomes[event.result.outcome] += 1
                self._pace.count()
                step = max(1, event.planned // _LINES_A_RUN)
                if event.finished % step == 0 or event.finished == event.planned:
                    facts = [_counts(self._outcomes), self._pace.words(), *_spent(event)]
                    self._say(f"{event.finished} of {event.planned}: {', '.join(facts)}")
            case Waiting():
                if line := _pause(event):
                    self._say(line)
            case Stopping():
                self._say(visible(event.reason))
            case CanaryFinished() | RunFinished():
                pass
            case _:
                assert_never(event)

    def _say(self, line: str) -> None:
        try:
            print(line, file=sys.stderr, flush=True)
        except BrokenPipeError:
            # Whoever read this went away, and the run goes on without them.
            silence(sys.stderr)


class BarWatch(Watch):
    """Draws one bar with counts, cost, rate and time, and a line for each pause above it."""

    def __init__(self) -> None:
        self._outcomes: Counter[Outcome] = Counter()
        self._pace = _Rate()
        self._console = Console(stderr=True)
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=self._console,
        )
        self._task = self._progress.add_task("asking", total=None, rate="")

    def __call__(self, event: Event) -> None:
        match event:
            case RunStarted():
                self._progress.update(self._task, total=event.planned, completed=event.already_finished)
                self._progress.start()
            case TrialFinished():
                self._outcomes[event.result.outcome] += 1
                self._pace.count()
                facts = ", ".join([_counts(self._outcomes), *_spent(event)])
                self._progress.update(self._task, completed=event.finished, description=facts, rate=self._pace.words())
            case Waiting():
                # Text, not markup: a server's words must not style, link or move anything on the terminal.
                if line := _pause(event):
                    self._console.print(Text(line))
            case Stopping():
                self._console.print(Text(visible(event.reason)))
            case CanaryFinished():
                pass
            case RunFinished():
                self._progress.stop()
            case _:
                assert_never(event)

    def close(self) -> None:
        self._progress.stop()


class _Rate:
    """How many trials end in a second, since the first of them was begun."""

    def __init__(self) -> None:
        self._began_s = time.monotonic()
        self._ended = 0

    def count(self) -> None:
        """One more ended."""
        self._ended += 1

    def words(self) -> str:
        """Such as `3.2 a second` or, for slow ones, `14 a minute`."""
        rate = self._ended / max(time.monotonic() - self._began_s, 1e-3)
        return f"{rate:.3g} a second" if rate >= 1 else f"{rate * 60:.2g} a minute"


def _pause(event: Waiting) -> str:
    """A pause in words, empty where it is over before anybody has read them."""
    if event.wait_s < _SHORTEST_TOLD_S:
        return ""
    return f"{event.target} is not asked for {event.wait_s:.3g} s: {visible(event.reason)}"


def _spent(event: TrialFinished) -> list[str]:
    """What was spent so far, where that is known and anything costs."""
    return [usd(event.spent_usd)] if event.spent_usd else []


def _counts(outcomes: Counter[Outcome]) -> str:
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()) or "asking"
