"""The specs of a revision as the compiler reads them."""

import os
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evalc.base.reading import SPEC_SUFFIX, NoSuchFile, ReadProblem, decoded, path_parts
from evalc.history.blobs import BlobReader
from evalc.history.git import Repository

_FILES = frozenset({b"100644", b"100755", b"100664"})
_LINK = b"120000"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a revision has at a path: the id of its content, and whether it is a plain file or a symbolic link."""

    blob: str
    is_file: bool
    is_link: bool


@dataclass(frozen=True, slots=True)
class RevisionLoader:
    """The files below a folder of a commit."""

    entries: Mapping[str, Entry]
    reader: BlobReader

    def spec_paths(self) -> Sequence[str]:
        """The paths of all specs, sorted; hidden folders and symbolic links are left out."""
        return sorted(
            path
            for path, entry in self.entries.items()
            if entry.is_file and path.endswith(SPEC_SUFFIX) and not _is_hidden(path)
        )

    def names_in(self, folder: str) -> Sequence[str]:
        """The names of the files in a folder, sorted; none where there is no such folder."""
        return sorted(
            posixpath.basename(path)
            for path, entry in self.entries.items()
            if entry.is_file and posixpath.dirname(path) == folder
        )

    def has(self, path: str) -> bool:
        """Whether there is a file."""
        return path in self.entries and self.entries[path].is_file

    def read_spec(self, path: str, *, limit: int) -> str:
        """The text of a spec of at most so many bytes, its lines ended by line feeds."""
        text = self.read_text(path, limit=limit)
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def read_text(self, path: str, *, limit: int) -> str:
        """The text of a file of at most so many bytes, as it is."""
        path_parts(path)
        entry = self.entries.get(path)
        if entry is None:
            raise NoSuchFile(path)
        if not entry.is_file:
            raise ReadProblem(path, "a symbolic link leads to it" if entry.is_link else "it is not a file")
        return decoded(self.reader.read(entry.blob, path=path, limit=limit), path)


def load_revision(repository: Repository, commit: str, *, folder: str, reader: BlobReader) -> RevisionLoader:
    """The files below a folder of a commit, written with `/` from the top; none where there is no such folder."""
    entries = {}
    for line in repository.listing(commit, folder).split(b"\0")[:-1]:
        facts, _, name = line.partition(b"\t")
        mode, _, blob = facts.split(b" ")
        entries[os.fsdecode(name)] = Entry(blob.decode("ascii"), mode in _FILES, mode == _LINK)
    return RevisionLoader(entries, reader)


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/")[:-1])
