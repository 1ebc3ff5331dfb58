"""What was worked out before, kept as JSON in a folder that is the user's alone. Deleting it costs time, no more."""

import os
import stat
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from evalc.base.digest import Content, digest

_ROOMS = ("analysis", "api", "base", "checks", "cli", "judge", "model", "syntax")
"""The code that what is kept comes from: compiling, and showing what was found. Nothing there imports the rest."""

_KEPT_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Cache:
    """Texts by the digests of what they were made from. What cannot be read or kept is not there, without a word."""

    def __init__(self, folder: Path, *, most: int = 20_000) -> None:
        self._folder = folder
        self._most = most

    def get(self, key: Content) -> str | None:
        """The text kept for a key, or None."""
        path = self._path(key)
        try:
            with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), encoding="utf-8") as file:
                # Somebody else's file could hold a verdict of their choice.
                if os.fstat(file.fileno()).st_uid != os.getuid():
                    return None
                return file.read()
        except (OSError, ValueError):
            return None

    def put(self, key: Content, text: str) -> None:
        """Keep a text; it replaces the one kept before, and a reader at the same time sees either whole."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            found = path.parent.stat()
            if found.st_uid != os.getuid() or found.st_mode & _KEPT_FOR_OTHERS:
                return
            part = path.with_suffix(f".{os.getpid()}")
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(part, path)
            # Counting takes longer than keeping, so one text of some two hundred pays for all.
            if path.name.startswith("00"):
                self._trim()
        except (OSError, ValueError):
            return

    def _trim(self) -> None:
        """Let the older half go where there are too many."""
        files = list(os.scandir(self._folder))
        if len(files) > self._most:
            files.sort(key=lambda file: file.stat().st_mtime_ns)
            for file in files[: len(files) // 2]:
                os.unlink(file.path)

    def _path(self, key: Content) -> Path:
        return self._folder / f"{digest([_code_identity(), key], length=40)}.json"


def user_cache(name: str) -> Cache:
    """The user's cache of one kind of texts, below `XDG_CACHE_HOME` or `~/.cache`."""
    home = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Cache(Path(home) / "evalc" / name)


@cache
def _code_identity() -> str:
    """What changes when evalc does, also in a checkout that somebody works on."""
    package = Path(__file__).resolve().parents[1]
    folders = [package / room for room in _ROOMS] + [package / "_data", package.parents[1] / "grammar"]
    return digest(sorted(chain.from_iterable(_states(str(folder)) for folder in folders), key=str))


def _states(folder: str) -> Iterator[list[str | int]]:
    """Name, size and time of each file of code below a folder; nothing where there is none."""
    if not os.path.isdir(folder):
        return
    for entry in os.scandir(folder):
        if entry.is_dir():
            yield from _states(entry.path)
        elif entry.name.endswith((".py", ".lark", ".jinja")):
            state = entry.stat()
            yield [entry.name, state.st_size, state.st_mtime_ns]
