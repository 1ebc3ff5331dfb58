"""Files below a catalog's folder, read so that a hostile checkout leads nowhere else and costs no more than allowed."""

import errno
import os
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SPEC_SUFFIX = ".evalc"
SPEC_LIMIT = 1024 * 1024
"""The bytes of a spec."""
DATA_LIMIT = 64 * 1024 * 1024
"""The bytes of a file of data."""
DEEPEST = 64
"""The folders that may lie around a file."""

_LONGEST_PATH = 1024
_CHUNK = 1024 * 1024
_ODD = re.compile(r"[\\:\x00-\x1f\x7f]")
# Windows opens a device for these names in any folder and with any ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


class ReadProblem(Exception):
    """A file below the catalog's folder cannot be taken; `reason` completes "... cannot be read: "."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path} cannot be read: {reason}")
        self.path = path
        self.reason = reason


class NoSuchFile(ReadProblem):
    """There is nothing at a path."""

    def __init__(self, path: str) -> None:
        super().__init__(path, "there is no such file")


def read_lines(root: Path, path: str, *, limit: int = SPEC_LIMIT) -> str:
    """The text of a spec, each line ended by a line feed.

    Raises:
        ReadProblem: there is none, or something else, or too much, or no text.
    """
    text = read_text(root, path, limit=limit)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def read_text(root: Path, path: str, *, limit: int) -> str:
    """The text of a file as it is, without a byte order mark.

    Raises:
        ReadProblem: there is none, or something else, or too much, or no text.
    """
    return decoded(read_bytes(root, path, limit=limit), path)


def decoded(content: bytes, path: str) -> str:
    """The text that the bytes of a file are, without a byte order mark.

    Raises:
        ReadProblem: they are no text in UTF-8.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadProblem(path, "it is UTF-16, and evalc reads UTF-8")
    zero = content.find(0)
    if zero >= 0:
        raise ReadProblem(path, f"byte {zero + 1:,} is NUL, which no text holds")
    mark = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
    try:
        return content[mark:].decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadProblem(path, f"byte {error.start + mark + 1:,} is not UTF-8") from None


def read_bytes(root: Path, path: str, *, limit: int = DATA_LIMIT) -> bytes:
    """The content of a file of at most `limit` bytes.

    Raises:
        ReadProblem: there is none, or something else, or too much.
    """
    with _opened(root, path) as descriptor:
        chunks: list[bytes] = []
        size = 0
        # The size is what was read: a file can grow, and those of /proc say 0.
        while chunk := os.read(descriptor, _CHUNK):
            size += len(chunk)
            if size > limit:
                raise ReadProblem(path, f"it is larger than {limit:,} bytes")
            chunks.append(chunk)
        return b"".join(chunks)


def is_file(root: Path, path: str) -> bool:
    """Whether there is a file that can be opened at a path."""
    try:
        with _opened(root, path):
            return True
    except ReadProblem:
        return False


def file_names(root: Path, folder: str) -> tuple[str, ...]:
    """The names of the files in a folder, sorted; none where there is no such folder. Symbolic links are left out."""
    try:
        parts = path_parts(folder) if folder else ()
        with _folder(root, parts, folder) as descriptor, os.scandir(descriptor) as entries:
            return tuple(sorted(entry.name for entry in entries if entry.is_file(follow_symlinks=False)))
    except ReadProblem:
        return ()


def spec_paths(root: Path) -> tuple[str, ...]:
    """The paths of all specs below a folder, sorted; hidden folders and symbolic links are left out.

    Raises:
        ReadProblem: the folder, or one below it, cannot be listed.
    """
    return tuple(sorted(path for path in _files(root, "", _is_hidden) if path.endswith(SPEC_SUFFIX)))


def file_paths(root: Path) -> tuple[str, ...]:
    """The paths of all files below a folder, sorted; git's own folder and symbolic links are left out.

    Raises:
        ReadProblem: the folder, or one below it, cannot be listed.
    """
    return tuple(sorted(_files(root, "", ".git".__eq__)))


def _is_hidden(name: str) -> bool:
    return name.startswith(".")


def _files(root: Path, folder: str, leaves_out: Callable[[str], bool]) -> Iterator[str]:
    parts = tuple(folder.split("/")) if folder else ()
    if len(parts) > DEEPEST:
        raise ReadProblem(folder, f"it lies more than {DEEPEST} folders deep")
    below: list[str] = []
    with _folder(root, parts, folder or str(root)) as descriptor, os.scandir(descriptor) as entries:
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                below += [] if leaves_out(entry.name) else [path]
            elif entry.is_file(follow_symlinks=False):
                yield path
    for path in below:
        yield from _files(root, path, leaves_out)


def path_parts(path: str) -> tuple[str, ...]:
    """The names that a path is made of.

    Raises:
        ReadProblem: it is no path of plain names below a folder.
    """
    parts = tuple(path.split("/"))
    if _is_odd(path) or len(path) > _LONGEST_PATH or len(parts) > DEEPEST:
        raise ReadProblem(path, "its path is not made of plain names joined by `/`")
    for part in parts:
        if part in ("", ".", "..") or part.endswith((".", " ")) or _DEVICES.fullmatch(part):
            raise ReadProblem(path, f"a part of its path is `{part}`")
    return parts


def _is_odd(path: str) -> bool:
    # Halves of surrogate pairs are looked for here: for so high a range `re` takes half a millisecond at each start.
    has_half = not path.isascii() and any("\ud800" <= letter <= "\udfff" for letter in path)
    return has_half or _ODD.search(path) is not None


@contextmanager
def _opened(root: Path, path: str) -> Iterator[int]:
    """A regular file, opened for reading; no part of its path below the root may be a symbolic link."""
    parts = path_parts(path)
    with _folder(root, parts[:-1], path) as folder:
        # Without O_NONBLOCK a named pipe would wait for a writer.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = _open(parts[-1], flags, path=path, folder=folder)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise ReadProblem(path, "it is not a file")
            yield descriptor
        finally:
            os.close(descriptor)


@contextmanager
def _folder(root: Path, parts: tuple[str, ...], path: str) -> Iterator[int]:
    """A folder below the root, opened part by part, so that nothing can be swapped for a link on the way."""
    flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
    descriptor = _open(str(root), flags, path=path, folder=None)
    try:
        for part in parts:
            inner = _open(part, flags | os.O_NOFOLLOW, path=path, folder=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _open(name: str, flags: int, *, path: str, folder: int | None) -> int:
    try:
        return os.open(name, flags, dir_fd=folder)
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise NoSuchFile(path) from None
        if folder is not None and _is_link(name, folder):
            raise ReadProblem(path, "a symbolic link leads to it") from None
        if error.errno == errno.ENOTDIR:
            raise NoSuchFile(path) from None
        raise ReadProblem(path, os.strerror(error.errno or 0).lower()) from None


def _is_link(name: str, folder: int) -> bool:
    try:
        return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False
