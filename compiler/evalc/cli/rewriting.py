"""Specs written anew in place: whole or not at all, and only over what was read."""

import os
import tempfile
from codecs import BOM_UTF8
from pathlib import Path


class ChangedMeanwhile(Exception):
    """A file is not what was read from it before."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was changed meanwhile and is left as it is")


def rewrite(path: Path, *, before: str, after: str) -> None:
    """Put another text into a file; a byte order mark, permissions and its kind of line ends stay.

    A file that mixes kinds of line ends gets line feeds.

    Args:
        before: What was read, with line feeds; nothing is written over anything else.

    Raises:
        ChangedMeanwhile: The file holds something else now.
        OSError: It cannot be written.
    """
    content = path.read_bytes()
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    text = content.removeprefix(BOM_UTF8).decode("utf-8", "replace")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if plain != before:
        raise ChangedMeanwhile(path)
    has_only_crlf = text.count("\r\n") == plain.count("\n") and "\r\n" in text
    _replace(path, mark + (after.replace("\n", "\r\n") if has_only_crlf else after).encode())


def _replace(path: Path, content: bytes) -> None:
    """Give a path new content in one step, so that a reader or a crash never meets half of it."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, path.stat().st_mode & 0o7777)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
