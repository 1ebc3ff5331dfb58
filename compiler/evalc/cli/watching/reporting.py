"""Runs told to programs: events as JSON Lines, and OpenTelemetry in files or to a collector."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from evalc.base.scrub import Scrubber
from evalc.model.event import Event
from evalc.run.telemetry.otlp import logs_line, traces_line
from evalc.run.telemetry.spans import Tracer
from evalc.run.work import Work

if TYPE_CHECKING:
    from evalc.run.telemetry.live import Collector

TRACES, LOGS = "traces.jsonl", "logs.jsonl"


class Unwritable(Exception):
    """What a run should be told to cannot be written from the start."""


class LineSink:
    """Where lines go, without secrets. When they are not taken any more, that is said once and the run goes on."""

    def __init__(self, words: str, file: int, *, scrubber: Scrubber) -> None:
        self._words = words
        self._file: int | None = file
        self._scrubber = scrubber

    def write(self, line: str) -> None:
        """Add one line."""
        if self._file is None or not line:
            return
        rest = memoryview(self._scrubber.scrub(line).encode() + b"\n")
        try:
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError as error:
            reason = str(error.strerror).lower()
            print(f"evalc: {self._words} takes no more ({reason}); the run goes on without it", file=sys.stderr)
            self.close()

    def close(self) -> None:
        """Nothing more comes."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Reports:
    """Tells programs of a run, in all the ways that somebody asked for."""

    def __init__(self, scrubber: Scrubber, *, events: str | None, otel: str | None) -> None:
        self._tracer: Tracer | None = None
        self._events: LineSink | None = None
        self._files: tuple[LineSink, LineSink] | None = None
        self._collector: Collector | None = None
        self._closing = ExitStack()
        if events is not None:
            self._events = self._open(events, scrubber)
        if otel is not None and otel.startswith(("http://", "https://")):
            self._collector = _collector(otel, scrubber)
            self._closing.callback(self._close_collector, otel)
        elif otel is not None:
            self._files = (
                self._open(f"{otel}/{TRACES}", scrubber),
                self._open(f"{otel}/{LOGS}", scrubber),
            )

    def follow(self, work: Work) -> None:
        """Tell of a run that does this from now on, also as spans where they are asked for."""
        self._tracer = Tracer(work) if self._files or self._collector else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.close()

    def __call__(self, event: Event) -> None:
        """Tell of one event."""
        if self._events:
            self._events.write(event.model_dump_json())
        if not self._tracer:
            return
        seen = self._tracer.see(event)
        if self._files:
            self._files[0].write(traces_line(seen))
            self._files[1].write(logs_line(seen))
        if self._collector:
            self._collector.send(seen)

    def _close_collector(self, url: str) -> None:
        assert self._collector, "it was opened"
        self._collector.close()
        if self._collector.has_failed:
            print(f"evalc: the collector at {url} did not take all that it was sent; the log has it", file=sys.stderr)

    def _open(self, where: str, scrubber: Scrubber) -> LineSink:
        """A descriptor that was handed over, or a file that is added to.

        Raises:
            Unwritable: Neither can be written.
        """
        try:
            if where.isdigit():
                words, file = f"the descriptor {where}", os.dup(int(where))
            else:
                path = Path(where)
                path.parent.mkdir(parents=True, exist_ok=True)
                words, file = where, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        except OSError as error:
            self._closing.close()
            raise Unwritable(f"{where} cannot be written: {str(error.strerror).lower()}") from error
        sink = LineSink(words, file, scrubber=scrubber)
        self._closing.callback(sink.close)
        return sink


def _collector(url: str, scrubber: Scrubber) -> "Collector":
    from evalc.run.telemetry.live import Collector

    return Collector(url, scrubber)
