"""New logs, and old ones to go on with."""

import os
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from evalc.model.plan import Plan
from evalc.model.result import Outcome
from evalc.store.disk import append, make_durable, make_entry_durable, open_locked, reason_of
from evalc.store.errors import CannotWrite, DamagedLog
from evalc.store.index import LogIndex, index_log
from evalc.store.log import Log, LogContext, LoggedRun
from evalc.store.planned import plan_records
from evalc.store.read import read_evals, read_plan
from evalc.store.record import Record, ResumedRecord, encode_record
from evalc.store.scan import LOG_NAME

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
        for content in _joined(records, context):
            append(file, content, path=path)
        make_durable(file, path)
        for parent in (folder, results, results.resolve().parent):
            make_entry_durable(parent)
    except CannotWrite:
        os.close(file)
        raise
    return Log(folder, file, run=LoggedRun(run_id, plan, len(plan.trials), 0), context=context)


class HeldLog:
    """The log of an earlier run, locked against others and not yet written to, with what is left to ask as `plan`."""

    def __init__(self, index: LogIndex, file: int, *, rerun: Sequence[Outcome]) -> None:
        self._path = index.path
        self._end = index.end
        self._file: int | None = file
        self.folder = index.path.parent
        self.rerun = tuple(rerun)
        plan = read_plan(index, index.open_trials(rerun))
        left = tuple(canary for canary in plan.canaries if canary.id not in index.canaries)
        # A canary is judged as an answer to its case, which may have all of its results already.
        wanted = {trial.case_id for trial in plan.trials} | {canary.case_id for canary in left}
        evals = tuple(read_evals(index, wanted=wanted)) if left else plan.evals
        self.plan = plan.model_copy(update={"evals": evals, "canaries": left})
        finished = len(index.results) - len(self.plan.trials)
        self._run = LoggedRun(index.head.run_id, self.plan, len(index.results), finished)

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


def _joined(records: Iterable[Record], context: LogContext) -> Iterable[bytes]:
    """The lines of records, many in one piece and never all of them at once."""
    lines: list[bytes] = []
    size = 0
    for record in records:
        line = encode_record(record, context.scrubber)
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
