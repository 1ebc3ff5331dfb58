"""What storage can do to a run."""

from pathlib import Path


class StorageError(Exception):
    """A log could not be written or read. What was acknowledged before is on disk."""


class CannotWrite(StorageError):
    """The disk took no more."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written: {reason}; results that were shown are kept")


class CannotRead(StorageError):
    """There is no log, or the system does not let us read it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}")


class LogInUse(StorageError):
    """Another program writes to the log at this moment."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"another evalc is writing to {path}; wait for it, or stop it, and resume then")


class NoRun(StorageError):
    """A log does not begin with the record of a run, so nothing in it means anything."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} holds no run: {reason}")


class NewerLog(StorageError):
    """A log was written by a later version of evalc."""

    def __init__(self, path: Path, version: int) -> None:
        super().__init__(f"{path} has version {version} of the log, which this evalc does not know; use a later evalc")


class DamagedLog(StorageError):
    """A record before the last one is not as it was written."""

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(
            f"{path} is damaged, so the run cannot go on: {what}; `evalc repair` writes a sound copy of it"
        )
