"""Answers kept beside a log, so that they can be replayed."""

import os
from pathlib import Path
from typing import Literal

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Recording, Response
from evalc.store.disk import append, reason_of
from evalc.store.errors import CannotWrite

FOLDER_NAME = "recordings"


class Recorder:
    """Writes a file of answers for each target and judge, such as `recordings/targets/NAME.jsonl`."""

    def __init__(self, folder: Path, scrubber: Scrubber) -> None:
        self._folder = folder / FOLDER_NAME
        self._scrubber = scrubber
        self._files: dict[Path, int] = {}

    def record(self, role: Literal["target", "judge"], name: str, *, prompt: Prompt, response: Response) -> None:
        """Keep an answer.

        Raises:
            StorageError: The disk takes no more.
        """
        path = self._folder / f"{role}s" / f"{name}.jsonl"
        if path not in self._files:
            self._files[path] = _open(path)
        recording = Recording(key=prompt.key, prompt_digest=prompt.digest, response=response)
        line = self._scrubber.scrub(recording.model_dump_json()).encode() + b"\n"
        append(self._files[path], line, path=path)

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            os.close(file)
        self._files.clear()


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise CannotWrite(path, reason_of(error)) from error
