"""A log read line by line, with what is wrong in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from evalc.model.stored import LOG_FORMAT_VERSION
from evalc.store.errors import CannotRead, NewerLog, NoRun
from evalc.store.record import Record, RunRecord, decode_record, intact_json

LOG_NAME = "events.jsonl"


@dataclass(frozen=True, slots=True)
class LogFinding:
    """Something wrong in a log: in which line, counted from 1, and from which byte on."""

    kind: Literal["torn-tail", "damaged-record", "repeated-result", "unplanned-result"]
    line: int
    offset: int
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a log: what it holds, or what is wrong with it, and the bytes that it takes."""

    number: int
    start: int
    end: int
    found: Record | LogFinding


class _Version(BaseModel):
    """The only member that says how to read the others."""

    model_config = ConfigDict(extra="ignore")

    format_version: int


def scan_log(path: Path) -> Iterator[Line]:
    """All lines of a log in order. The first holds the record of the run; a line that is torn or damaged is a finding.

    Raises:
        StorageError: There is no log, or it does not begin with the record of a run that this version can read.
    """
    try:
        with path.open("rb") as file:
            for line in _lines(file):
                yield line if line.number > 1 else _checked_first(line, path, file=file)
            if not file.tell():
                raise NoRun(path, "it is empty")
    except OSError as error:
        raise CannotRead(path, str(error.strerror).lower()) from error


def _lines(file: BinaryIO) -> Iterator[Line]:
    text, number, start = file.readline(), 1, 0
    while text:
        following = file.readline()
        end = start + len(text)
        yield Line(number, start, end, _read(text, number, start=start, is_last=not following))
        text, number, start = following, number + 1, end


def _read(text: bytes, number: int, *, start: int, is_last: bool) -> Record | LogFinding:
    json = intact_json(text[:-1]) if text.endswith(b"\n") else None
    if json is not None:
        try:
            return decode_record(json)
        except ValidationError:
            message = f"line {number} is intact and no record that this version of evalc knows"
            return LogFinding("damaged-record", number, start, message)
    if is_last:
        message = f"line {number}, the last one, is incomplete or damaged; what it held counts as not asked"
        return LogFinding("torn-tail", number, start, message)
    message = f"line {number} (from byte {start} on) is not as it was written"
    return LogFinding("damaged-record", number, start, message)


def _checked_first(line: Line, path: Path, *, file: BinaryIO) -> Line:
    if isinstance(line.found, RunRecord):
        if line.found.format_version > LOG_FORMAT_VERSION:
            raise NewerLog(path, line.found.format_version)
        return line
    file.seek(0)
    json = intact_json(file.readline()[:-1])
    if json is None:
        raise NoRun(path, "its first record is torn or damaged")
    try:
        version = _Version.model_validate_json(json).format_version
    except ValidationError:
        raise NoRun(path, "it does not begin with the record of a run") from None
    if version > LOG_FORMAT_VERSION:
        raise NewerLog(path, version)
    raise NoRun(path, "the record of its run has members that do not fit")
