"""What people said of a run's results, beside its log: a line of JSON each, sorted, so that git merges them."""

import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from evalc.model.result import PersonVerdict
from evalc.store.disk import reason_of
from evalc.store.errors import CannotRead, CannotWrite

PEOPLE_NAME = "people.jsonl"


def read_people(folder: Path) -> tuple[PersonVerdict, ...]:
    """The verdicts of people in the folder of a run, in the order in which they were given.

    Raises:
        CannotRead: A line is no verdict, or the system does not let us.
    """
    path = folder / PEOPLE_NAME
    try:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "it is no UTF-8"
        raise CannotRead(path, reason) from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(PersonVerdict.model_validate_json(line))
        except ValidationError:
            raise CannotRead(path, f"line {number} is no verdict; after a merge keep the lines of both sides") from None
    return tuple(sorted(found, key=lambda verdict: verdict.at))


def add_verdicts(folder: Path, verdicts: Iterable[PersonVerdict]) -> None:
    """Keep more verdicts. What somebody said before stays there too.

    Raises:
        StorageError: The file cannot be read or written; it is as it was then.
    """
    path = folder / PEOPLE_NAME
    kept = {*read_people(folder), *verdicts}
    lines = sorted(verdict.model_dump_json(exclude_defaults=True) for verdict in kept)
    part = path.with_name(f".{PEOPLE_NAME}.{os.getpid()}")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CannotWrite(path, reason_of(error)) from error
