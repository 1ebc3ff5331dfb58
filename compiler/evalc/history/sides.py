"""The two sides of a comparison: a revision, a folder or the work tree."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evalc.analysis.loader import DiskLoader, Loader, MemoryLoader
from evalc.base.reading import DATA_LIMIT, ReadProblem, file_paths, read_bytes, spec_paths
from evalc.base.visible import visible
from evalc.history.blobs import BlobReader
from evalc.history.errors import NoRepository
from evalc.history.git import Repository
from evalc.history.loader import load_revision

# `main..topic` and `main...topic`, but not `../folder` or `a/../b`.
_RANGE = re.compile(r"(?P<base>.*?)(?<![./])(?P<dots>\.{2,3})(?![./])(?P<head>.*)")
_SHA256_DIGITS = 64


@dataclass(frozen=True, slots=True)
class Range:
    """What to compare: words for a revision or a folder on each side, no head for the work tree.

    `from_ancestor` compares with the last common ancestor in place of the base: what the head's side changed alone.
    """

    base: str
    head: str | None
    from_ancestor: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side: how people call it, its files, an id of each file's content, and its commit if it has one."""

    words: str
    loader: Loader
    ids: Mapping[str, str]
    commit: str = ""


def read_range(words: Sequence[str]) -> Range:
    """What `BASE`, `BASE..HEAD`, `BASE...HEAD`, `BASE HEAD` or nothing asks to compare.

    As for git, a side that is left out of a range is `HEAD`. Without any word, `HEAD` is compared with the work tree.
    """
    if not words:
        return Range("HEAD", None)
    if len(words) == 2:
        return Range(words[0], words[1])
    found = None if _folder(words[0]) else _RANGE.fullmatch(words[0])
    if found is None:
        return Range(words[0], None)
    return Range(found["base"] or "HEAD", found["head"] or "HEAD", from_ancestor=found["dots"] == "...")


@contextmanager
def open_sides(wanted: Range, root: Path) -> Iterator[tuple[Side, Side]]:
    """Both sides of a comparison of the specs in a folder; readable as long as the context lasts.

    Raises:
        HistoryError: a revision cannot be read.
        ReadProblem: a folder cannot be listed.
    """
    base, head = _folder(wanted.base), root if wanted.head is None else _folder(wanted.head)
    if base and head:
        before = _disk_side(base, wanted.base)
        yield before, _disk_side(head, wanted.head or "the work tree", like=before)
        return
    repository = Repository.around(existing_part(root))
    below = place_in(root, repository)
    with BlobReader(repository) as reader:

        def revision(name: str, commit: str) -> Side:
            loader = load_revision(repository, commit, folder=below, reader=reader)
            ids = {path: entry.blob for path, entry in loader.entries.items() if entry.is_file}
            shown = name if commit.startswith(name) else f"{name} ({commit[:10]})"
            return Side(visible(shown), loader, ids, commit)

        if wanted.from_ancestor:
            commit = repository.merge_base(wanted.base, wanted.head or "HEAD")
            left = revision(f"{wanted.base}, where {wanted.head} left it", commit)
        else:
            left = _disk_side(base, wanted.base) if base else revision(wanted.base, repository.commit(wanted.base))
        if head:
            right = _disk_side(head, wanted.head or "the work tree", like=left)
        else:
            assert wanted.head is not None
            right = revision(wanted.head, repository.commit(wanted.head))
        yield left, right


def _folder(word: str) -> Path | None:
    """The folder that a word names, if specs lie in it: one that only shares its name with a branch is not meant."""
    path = Path(word)
    return path.resolve() if path.is_dir() and spec_paths(path) else None


def existing_part(folder: Path) -> Path:
    """The folder, or the nearest around it that is still there."""
    return next(path for path in (folder, *folder.parents) if path.is_dir())


def place_in(root: Path, repository: Repository) -> str:
    """A folder's path from the top of its repository, with `/`; empty for the top itself.

    Raises:
        NoRepository: it lies elsewhere.
    """
    top = repository.top.resolve()
    if not root.is_relative_to(top):
        raise NoRepository(str(root), f"its repository is {top}")
    below = root.relative_to(top).as_posix()
    return "" if below == "." else below


def _disk_side(root: Path, words: str, *, like: Side | None = None) -> Side:
    """A folder with ids like those that git gives, so that they tell what differs from another side.

    A file that the other side lacks is not read for that.
    """
    if not root.is_dir():
        return Side(words, MemoryLoader({}), {})
    is_long = like is not None and any(len(blob) == _SHA256_DIGITS for blob in like.ids.values())
    ids = {
        path: _blob_id(root, path, is_long=is_long) if like is None or path in like.ids else "new"
        for path in file_paths(root)
    }
    return Side(visible(words), DiskLoader(root), ids)


def _blob_id(root: Path, path: str, *, is_long: bool) -> str:
    try:
        content = read_bytes(root, path, limit=DATA_LIMIT)
    except ReadProblem as problem:
        return f"unread: {problem.reason}"
    blob = b"blob %d\0%s" % (len(content), content)
    return (hashlib.sha256(blob) if is_long else hashlib.sha1(blob, usedforsecurity=False)).hexdigest()
