"""Many texts in one file of a cache, which may be deleted at any time."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path

_MODE = 0o700


def read_pile(path: Path, *, identity: str) -> dict[str, bytes] | None:
    """The texts of a file by their keys; None where it is not there, was made by other code, or is not whole.

    A file that belongs to somebody else is not read: it could hold results of their choice.
    """
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_uid != os.getuid():
                return None
            head = json.loads(file.readline())
            body = file.read()
        if head["identity"] != identity or sum(head["sizes"]) != len(body):
            return None
        ends = list(accumulate(head["sizes"], initial=0))
        return {key: body[start:end] for key, (start, end) in zip(head["keys"], pairwise(ends), strict=True)}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_pile(path: Path, texts: Mapping[str, bytes], *, identity: str) -> None:
    """Write texts by their keys, whole or not at all; where that is not possible nothing is kept, without a word."""
    head = {"identity": identity, "keys": list(texts), "sizes": list(map(len, texts.values()))}
    partial = path.with_suffix(f".{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=_MODE)
        with partial.open("wb") as file:
            file.write(json.dumps(head, separators=(",", ":")).encode() + b"\n")
            file.writelines(texts.values())
        partial.replace(path)
    except OSError:
        with suppress(OSError):
            partial.unlink()


def remove_piles(folder: Path, pattern: str, *, wanted: set[str]) -> None:
    """Remove the files of a pattern that nobody wants any more, by their names."""
    for path in folder.glob(pattern):
        if path.name not in wanted:
            with suppress(OSError):
                path.unlink()
