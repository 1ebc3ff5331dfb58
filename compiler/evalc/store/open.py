"""New logs, and old ones to go on with."""

import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from evalc.base.scrub import Scrubber
from evalc.model.plan import Plan
from evalc.model.result import Outcome
from evalc.store.disk import append, make_durable, make_entry_durable, open_locked, reason_of
from evalc.store.errors import CannotWrite, DamagedLog
from evalc.store.index import CasePlace, LogIndex, index_log
from evalc.store.log import Log, LogContext, LoggedRun
from evalc.store.planned import plan_records
from evalc.store.record import (
    CaseRecord,
    PlanRecord,
    ResumedRecord,
    RunRecord,
    TrialsRecord,
    encode_record,
    sealed_line,
)
from evalc.store.scan import LOG_NAME
from evalc.store.work import LoggedWork

_BYTES_A_WRITE = 1024 * 1024


def create_log(results: Path, plan: Plan, *, context: LogContext, started_at: str = "") -> Log:
    """The log of a new run, in a folder of its own below `results`; its plan is on disk.

    Names of runs sort by the time when their logs were made.

    Args:
        started_at: When asking began, in UTC and ISO 8601; now, where it is not told.

    Raises:
        StorageError: The disk does not take it.
    """
    now = context.utc()
    run_id = f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}-{secrets.token_hex(4)}"
    folder = results / run_id
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise CannotWrite(folder, reason_of(error)) from error
    path = folder / LOG_NAME
    file = open_locked(path, is_new=True)
    try:
        records = plan_records(plan, run_id=run_id, started_at=started_at or context.moment())
        head = next(records)
        assert isinstance(head, RunRecord), "a plan begins with its frame"
        index = LogIndex(path, head)
        for content in _joined(_lines(head, records, index=index, scrubber=context.scrubber)):
            append(file, content, path=path)
        make_durable(file, path)
        for parent in (folder, results, results.resolve().parent):
            make_entry_durable(parent)
    except CannotWrite:
        os.close(file)
        raise
    work = LoggedWork(index, left=tuple(index.results))
    return Log(folder, file, run=LoggedRun(run_id, work, len(index.results), 0), context=context)


class HeldLog:
    """The log of an earlier run, locked against others and not yet written to, with what is left to ask as `work`."""

    def __init__(self, index: LogIndex, file: int, *, rerun: Sequence[Outcome]) -> None:
        self._path = index.path
        self._end = index.end
        self._file: int | None = file
        self.folder = index.path.parent
        self.rerun = tuple(rerun)
        left = index.open_trials(rerun)
        self.work = LoggedWork(index, left=left)
        self._run = LoggedRun(index.head.run_id, self.work, len(index.results), len(index.results) - len(left))

    def resume(self, context: LogContext) -> Log:
        """The log to go on with. A torn tail is cut off and kept beside it.

        Raises:
            StorageError: The disk fails.
        """
        assert self._file is not None, "a log is resumed once"
        if self._end < os.fstat(self._file).st_size:
            _cut_tail(self._file, self._end, path=self._path)
        record = ResumedRecord(at=context.moment(), rerun=self.rerun)
        append(self._file, encode_record(record, context.scrubber), path=self._path)
        make_durable(self._file, self._path)
        file, self._file = self._file, None
        return Log(self.folder, file, run=self._run, context=context)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def hold_log(folder: Path, *, rerun: Sequence[Outcome] = ()) -> HeldLog:
    """The log of an earlier run to go on with: with the trials that have no result, and those that ended in `rerun`.

    Raises:
        StorageError: The log is damaged or in use.
    """
    file = open_locked(folder / LOG_NAME, is_new=False)
    try:
        index = index_log(folder)
        for finding in index.findings:
            if finding.kind == "damaged-record":
                raise DamagedLog(index.path, finding.message)
        return HeldLog(index, file, rerun=rerun)
    except BaseException:
        os.close(file)
        raise


def _lines(head: RunRecord, records: Iterable[PlanRecord], *, index: LogIndex, scrubber: Scrubber) -> Iterator[bytes]:
    """The lines of a plan's records; the index learns where they lie."""
    for record in chain([head], records):
        json = record.model_dump_json()
        text = scrubber.scrub(json)
        if isinstance(record, CaseRecord):
            # What is in the log without a secret is asked with it all the same.
            found = index.end if text == json else record.case
            index.cases[record.case.id] = CasePlace(record.eval_id, found)
        elif isinstance(record, TrialsRecord):
            index.results |= dict.fromkeys(record.ids)
        line = sealed_line(text)
        index.end += len(line)
        yield line


def _joined(given: Iterable[bytes]) -> Iterator[bytes]:
    """Lines, many in one piece and never all of them at once."""
    lines: list[bytes] = []
    size = 0
    for line in given:
        lines.append(line)
        size += len(line)
        if size >= _BYTES_A_WRITE:
            yield b"".join(lines)
            lines, size = [], 0
    yield b"".join(lines)


def _cut_tail(file: int, end: int, *, path: Path) -> None:
    try:
        tail = os.pread(file, os.fstat(file).st_size - end, end)
        number = 1 + len(list(path.parent.glob(f"{LOG_NAME}.torn-*")))
        kept = path.with_name(f"{LOG_NAME}.torn-{number}")
        with kept.open("xb") as copy:
            copy.write(tail)
            copy.flush()
            os.fsync(copy.fileno())
        os.ftruncate(file, end)
    except OSError as error:
        raise CannotWrite(path, reason_of(error)) from error
