"""New logs, and old ones to go on with."""

import os
import secrets
from pathlib import Path

from evalc import __version__
from evalc.model.plan import Plan
from evalc.store.disk import append, make_durable, make_entry_durable, open_locked, reason_of
from evalc.store.errors import CannotWrite, DamagedLog
from evalc.store.log import Log, LogContext, LoggedRun
from evalc.store.record import ResultRecord, ResumedRecord, RunRecord, encode_record
from evalc.store.scan import LOG_NAME, LogFinding, scan_log


def create_log(results: Path, plan: Plan, *, context: LogContext) -> Log:
    """The log of a new run, in a folder of its own below `results`; its plan is on disk.

    Names of runs sort by time.

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
    record = RunRecord(evalc_version=__version__, run_id=run_id, started_at=context.moment(), plan=plan)
    try:
        append(file, encode_record(record, context.scrubber), path=path)
        make_durable(file, path)
        for parent in (folder, results, results.resolve().parent):
            make_entry_durable(parent)
    except CannotWrite:
        os.close(file)
        raise
    return Log(folder, file, run=LoggedRun(run_id, plan, frozenset()), context=context)


def resume_log(folder: Path, *, context: LogContext) -> Log:
    """The log of a run to go on with. A torn tail is cut off and kept beside it.

    Raises:
        StorageError: The log is damaged or in use, or the disk fails.
    """
    path = folder / LOG_NAME
    file = open_locked(path, is_new=False)
    try:
        run, end = _read_locked(path)
        if end < os.fstat(file).st_size:
            _cut_tail(file, end, path=path)
        append(file, encode_record(ResumedRecord(at=context.moment()), context.scrubber), path=path)
        make_durable(file, path)
    except BaseException:
        os.close(file)
        raise
    return Log(folder, file, run=run, context=context)


def _read_locked(path: Path) -> tuple[LoggedRun, int]:
    """What an intact log holds, and where its last record ends."""
    lines = scan_log(path)
    first = next(lines)
    assert isinstance(first.found, RunRecord), "a scan begins with the record of the run"
    finished: set[str] = set()
    end = first.end
    for line in lines:
        match line.found:
            case LogFinding(kind="torn-tail"):
                break
            case LogFinding(message=message):
                raise DamagedLog(path, message)
            case ResultRecord(result=result):
                finished.add(result.trial.id)
        end = line.end
    return LoggedRun(first.found.run_id, first.found.plan, frozenset(finished)), end


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
