"""The lock file: what judges were measured at, beside the specs."""

import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from evalc.model.calibration import Measured

LOCK_NAME = "calibration.lock"


class UnreadableLock(Exception):
    """The lock file holds a line that is none; the message says which."""


def read_lock(specs: Path) -> tuple[Measured, ...]:
    """The measurements kept in a folder of specs; none where there is no lock file.

    Raises:
        UnreadableLock: A line is no measurement of this version.
    """
    path = specs / LOCK_NAME
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            found.append(Measured.model_validate_json(line))
        except ValidationError:
            cure = "of two sides of a conflict keep one" if line[:1] in "<=>" else "measure again"
            raise UnreadableLock(f"{path}:{number}: this is no measurement; {cure}") from None
    return tuple(found)


def write_lock(specs: Path, measured: Iterable[Measured]) -> Path:
    """The lock file with these measurements in it, each instead of an earlier one of the same judge on the same thing.

    It has one line each, sorted, so that two branches that measured different things can be merged as text.
    """
    kept = {_key(line): line for line in (*read_lock(specs), *measured)}
    path = specs / LOCK_NAME
    part = path.with_name(f".{LOCK_NAME}.{os.getpid()}")
    lines = [kept[key].model_dump_json(exclude_defaults=True) + "\n" for key in sorted(kept)]
    part.write_text("".join(lines), "utf-8")
    os.replace(part, path)
    return path


def _key(line: Measured) -> tuple[str, str, str]:
    return line.rubric, line.criterion, line.judge
