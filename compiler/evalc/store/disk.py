"""The few calls of the system that a log is made with."""

import fcntl
import os
from pathlib import Path

from evalc.store.errors import CannotWrite, LogInUse

_APPENDING = os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW


def open_locked(path: Path, *, is_new: bool) -> int:
    """A file open for appending that no other evalc writes to until it is closed, by its descriptor.

    Raises:
        StorageError: It cannot be opened, is there although it should be new, or is in use.
    """
    try:
        file = os.open(path, _APPENDING | (os.O_CREAT | os.O_EXCL if is_new else 0), 0o644)
    except OSError as error:
        raise CannotWrite(path, reason_of(error)) from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(file)
        raise LogInUse(path) from error
    return file


def append(file: int, content: bytes, *, path: Path) -> None:
    """Add content with a single write.

    Raises:
        CannotWrite: Not all of it was written, so that the file may end in a part of it.
    """
    try:
        written = os.write(file, content)
    except OSError as error:
        raise CannotWrite(path, reason_of(error)) from error
    if written < len(content):
        raise CannotWrite(path, f"the disk took {written} of {len(content)} bytes")


def make_durable(file: int, path: Path) -> None:
    """Return when everything written is on disk, so that it outlives a loss of power.

    Raises:
        CannotWrite: The disk reported a fault. What it holds is unknown then, and trying again would hide that.
    """
    try:
        if hasattr(fcntl, "F_FULLFSYNC"):
            # On macOS `fsync` leaves the content in the drive's own memory.
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
        else:
            os.fdatasync(file)
    except OSError as error:
        raise CannotWrite(path, reason_of(error)) from error


def make_entry_durable(folder: Path) -> None:
    """Return when the names in a folder are on disk.

    Raises:
        CannotWrite: The disk reported a fault.
    """
    try:
        file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise CannotWrite(folder, reason_of(error)) from error


def reason_of(error: OSError) -> str:
    """What the system says about a failure, in lower case."""
    return (error.strerror or str(error)).lower()
