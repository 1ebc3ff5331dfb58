"""A sound log made of what is intact in a damaged one."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from evalc.store.disk import append, make_durable, make_entry_durable, open_locked, reason_of
from evalc.store.errors import CannotWrite
from evalc.store.index import index_log
from evalc.store.log import LogContext
from evalc.store.record import RepairedRecord, encode_record
from evalc.store.scan import LOG_NAME, LogFinding, scan_log

_TRIAL = re.compile(rb'"trial":\{"id":"([^"\\]+)"')


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not in the sound log, and the trial whose result it held where that can still be read."""

    finding: LogFinding
    trial_id: str


@dataclass(frozen=True, slots=True)
class Repair:
    """What a repair left out, how many records it kept, and where the damaged log is now; nowhere if it was sound."""

    dropped: tuple[Dropped, ...]
    kept: int
    original: Path | None


def repair_log(folder: Path, *, context: LogContext) -> Repair:
    """What was done to the log of a run: all intact records are in it as they were, and the damaged log lies beside it.

    A last record says how many were left out.

    Raises:
        StorageError: It is in use, its plan is damaged, or the disk fails. Nothing has changed then.
    """
    path = folder / LOG_NAME
    file = open_locked(path, is_new=False)
    try:
        index_log(folder)
        dropped: list[Dropped] = []
        kept: list[tuple[int, int]] = []
        with path.open("rb") as content:
            for line in scan_log(path):
                found = line.record()
                if isinstance(found, LogFinding):
                    dropped.append(Dropped(found, _trial_of(content, line.start, line.end)))
                else:
                    kept.append((line.start, line.end))
            last = encode_record(RepairedRecord(at=context.moment(), dropped=len(dropped)), context.scrubber)
            original = _replace(path, _parts(content, kept, last=last)) if dropped else None
    finally:
        os.close(file)
    return Repair(tuple(dropped), len(kept), original)


def _trial_of(content: BinaryIO, start: int, end: int) -> str:
    content.seek(start)
    found = _TRIAL.search(content.read(end - start))
    return found[1].decode("utf-8", "replace") if found else ""


def _replace(path: Path, parts: Iterator[bytes]) -> Path:
    """Put a log of these parts in the place of a log, and give the new place of the old one."""
    sound = path.with_name(f"{LOG_NAME}.repairing")
    try:
        # Left by a repair that was killed; the log itself was not touched then.
        sound.unlink(missing_ok=True)
        file = open_locked(sound, is_new=True)
        try:
            for part in parts:
                append(file, part, path=sound)
            make_durable(file, sound)
            original = _free_name(path)
            # Both names exist for a moment, so that a kill in between loses neither log.
            os.link(path, original)
            sound.replace(path)
        finally:
            os.close(file)
    except OSError as error:
        raise CannotWrite(path, reason_of(error)) from error
    make_entry_durable(path.parent)
    return original


def _parts(content: BinaryIO, kept: list[tuple[int, int]], *, last: bytes) -> Iterator[bytes]:
    for start, end in _joined(kept):
        content.seek(start)
        yield content.read(end - start)
    yield last


def _joined(ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same bytes in as few ranges as there can be, each of a size that one write takes."""
    start, end = ranges[0]
    for next_start, next_end in ranges[1:]:
        if next_start != end or next_end - start > 1024 * 1024:
            yield start, end
            start = next_start
        end = next_end
    yield start, end


def _free_name(path: Path) -> Path:
    number = 1
    while (name := path.with_name(f"{LOG_NAME}.damaged-{number}")).exists():
        number += 1
    return name
