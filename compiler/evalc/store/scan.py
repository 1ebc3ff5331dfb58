"""A log read line by line, with what is wrong in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from evalc.model.stored import LOG_FORMAT_VERSION
from evalc.store.errors import CannotRead, NewerLog, NoRun
from evalc.store.record import Record, RunRecord, decode_record, intact_json

LOG_NAME = "events.jsonl"


@dataclass(frozen=True, slots=True)
class LogFinding:
    """Something wrong in a log: in which line, counted from 1, and from which byte on."""

    kind: Literal["torn-tail", "damaged-record", "lost-record", "repeated-result", "unplanned-result"]
    line: int
    offset: int
    message: str


class Line(NamedTuple):
    """One line of a log and the bytes that it takes: the JSON of its record, or what is wrong with it."""

    number: int
    start: int
    end: int
    found: bytes | LogFinding

    def record(self) -> Record | LogFinding:
        """What the line holds."""
        if isinstance(self.found, LogFinding):
            return self.found
        try:
            return decode_record(self.found)
        except ValidationError:
            message = f"line {self.number} (from byte {self.start} on) is intact and no record that this evalc knows"
            return LogFinding("damaged-record", self.number, self.start, message)


class _Version(BaseModel):
    """The only member that says how to read the others."""

    model_config = ConfigDict(extra="ignore")

    format_version: int


def scan_log(path: Path) -> Iterator[Line]:
    """All lines of a log in order; a line that is torn or damaged is a finding. The first holds the record of the run.

    Raises:
        StorageError: There is no log, or it does not begin with the record of a run that this version can read.
    """
    try:
        with path.open("rb") as file:
            lines = _lines(file)
            first = next(lines, None)
            if first is None:
                raise NoRun(path, "it is empty")
            _check_first(first, path)
            yield first
            yield from lines
    except OSError as error:
        raise CannotRead(path, str(error.strerror).lower()) from error


def _lines(file: BinaryIO) -> Iterator[Line]:
    text, number, start = file.readline(), 1, 0
    while text:
        following = file.readline()
        end = start + len(text)
        json = intact_json(text[:-1]) if text.endswith(b"\n") else None
        yield Line(number, start, end, json if json is not None else _damage(number, start, is_last=not following))
        text, number, start = following, number + 1, end


def _damage(number: int, start: int, *, is_last: bool) -> LogFinding:
    if is_last:
        message = (
            f"line {number} (from byte {start} on), the last one, is incomplete or damaged; what it held counts as not"
            " asked"
        )
        return LogFinding("torn-tail", number, start, message)
    return LogFinding("damaged-record", number, start, f"line {number} (from byte {start} on) is not as it was written")


def _check_first(line: Line, path: Path) -> None:
    if isinstance(line.found, LogFinding):
        raise NoRun(path, "its first record is torn or damaged")
    try:
        version = _Version.model_validate_json(line.found).format_version
    except ValidationError:
        raise NoRun(path, "it does not begin with the record of a run") from None
    if version > LOG_FORMAT_VERSION:
        raise NewerLog(path, version)
    if not isinstance(line.record(), RunRecord):
        raise NoRun(path, "the record of its run has members that do not fit")
