"""The log of a run: written by one program at a time, added to and never changed."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from evalc.base.scrub import Scrubber
from evalc.model.event import Ending
from evalc.model.exchange import Prompt, Response
from evalc.model.result import CanaryResult, TrialResult
from evalc.store.answers.recording import Recorder
from evalc.store.disk import append, make_durable
from evalc.store.errors import StorageError
from evalc.store.record import CanaryRecord, FinishedRecord, Record, ResultRecord, encode_record
from evalc.store.scan import LOG_NAME
from evalc.store.work import LoggedWork


@dataclass(frozen=True, slots=True)
class LogContext:
    """What a log uses of its surroundings: what keeps secrets out of it, and the time."""

    scrubber: Scrubber
    utc: Callable[[], datetime] = lambda: datetime.now(UTC)

    def moment(self) -> str:
        """Now, as it is written."""
        return self.utc().isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """What a log held when it was opened: `work` is what is left to ask, of `planned` trials `finished` are done."""

    run_id: str
    work: LoggedWork
    planned: int
    finished: int


class Log:
    """A run's log, open for writing and locked against others, in a folder of its own.

    A failure to write or to sync is final: the state of the disk is unknown after it, so nothing is acknowledged then.
    """

    def __init__(self, folder: Path, file: int, *, run: LoggedRun, context: LogContext) -> None:
        self.folder = folder
        self.run = run
        self._path = folder / LOG_NAME
        self._file = file
        self._context = context
        self._failure: StorageError | None = None
        self._has_unsynced = False
        self._finished = run.finished
        self._syncing = ThreadPoolExecutor(1, thread_name_prefix="evalc-sync")
        self._recorder = Recorder(folder, context.scrubber)

    @property
    def run_id(self) -> str:
        """The name of the run."""
        return self.run.run_id

    @property
    def planned(self) -> int:
        """How many trials the run has."""
        return self.run.planned

    @property
    def finished(self) -> int:
        """How many of them have a result that counts."""
        return self._finished

    def write(self, result: TrialResult) -> None:
        """Add a result. It counts as finished once a later `sync` has returned.

        Raises:
            StorageError: The disk takes no more, now or since an earlier call.
        """
        self._append(ResultRecord(result=result))
        self._finished += 1

    def write_canary(self, result: CanaryResult) -> None:
        """Add what the judge made of a canary; it is on disk once a later `sync` has returned.

        Raises:
            StorageError: The disk takes no more, now or since an earlier call.
        """
        self._append(CanaryRecord(result=result))

    async def sync(self) -> None:
        """Return when all that was written before the call is on disk.

        Raises:
            StorageError: It may not be, now or since an earlier call.
        """
        self._check()
        if not self._has_unsynced:
            return
        self._has_unsynced = False
        try:
            await asyncio.get_running_loop().run_in_executor(self._syncing, make_durable, self._file, self._path)
        except StorageError as error:
            self._failure = error
            raise

    def record(self, role: Literal["target", "judge"], name: str, *, prompt: Prompt, response: Response) -> None:
        """Keep an answer in the run's folder so that it can be replayed.

        Raises:
            StorageError: The disk takes no more.
        """
        self._recorder.record(role, name, prompt=prompt, response=response)

    def finish(self, ending: Ending, reason: str = "") -> None:
        """Write how asking ended and why, and return when that is on disk.

        Raises:
            StorageError: The disk takes no more, now or since an earlier call.
        """
        at = self._context.moment()
        self._append(FinishedRecord(at=at, ending=ending, reason=reason, planned=self.planned, results=self._finished))
        make_durable(self._file, self._path)

    def close(self) -> None:
        """Let others write to the log."""
        self._syncing.shutdown()
        self._recorder.close()
        self.run.work.close()
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, record: Record) -> None:
        self._check()
        try:
            append(self._file, encode_record(record, self._context.scrubber), path=self._path)
        except StorageError as error:
            self._failure = error
            raise
        self._has_unsynced = True

    def _check(self) -> None:
        if self._failure:
            raise self._failure
