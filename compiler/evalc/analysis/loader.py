"""Where specs and their files come from: a folder, or memory."""

import posixpath
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from evalc.base.reading import (
    SPEC_SUFFIX,
    NoSuchFile,
    ReadProblem,
    file_names,
    is_file,
    read_lines,
    read_text,
    spec_paths,
)


class Loader(Protocol):
    """The files of one catalog, by paths from its folder with `/`."""

    def spec_paths(self) -> Sequence[str]:
        """The paths of all specs, sorted."""

    def names_in(self, folder: str) -> Sequence[str]:
        """The names of the files in a folder, sorted; none where there is no such folder."""

    def has(self, path: str) -> bool:
        """Whether there is a file."""

    def read_spec(self, path: str, *, limit: int) -> str:
        """The text of a spec of at most so many bytes, its lines ended by line feeds.

        Raises:
            ReadProblem: There is none, or something else, or too much.
        """

    def read_text(self, path: str, *, limit: int) -> str:
        """The text of a file of at most so many bytes, as it is.

        Raises:
            ReadProblem: There is none, or something else, or too much.
        """


class DiskLoader:
    """The files below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def spec_paths(self) -> Sequence[str]:
        return spec_paths(self.root)

    def names_in(self, folder: str) -> Sequence[str]:
        return file_names(self.root, folder)

    def has(self, path: str) -> bool:
        return is_file(self.root, path)

    def read_spec(self, path: str, *, limit: int) -> str:
        return read_lines(self.root, path, limit=limit)

    def read_text(self, path: str, *, limit: int) -> str:
        return read_text(self.root, path, limit=limit)


class MemoryLoader:
    """Files held in memory, for tests and editors: texts by path."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def spec_paths(self) -> Sequence[str]:
        return sorted(path for path in self.texts if path.endswith(SPEC_SUFFIX))

    def names_in(self, folder: str) -> Sequence[str]:
        return sorted(posixpath.basename(path) for path in self.texts if posixpath.dirname(path) == folder)

    def has(self, path: str) -> bool:
        return path in self.texts

    def read_spec(self, path: str, *, limit: int) -> str:
        return self.read_text(path, limit=limit).replace("\r\n", "\n").replace("\r", "\n")

    def read_text(self, path: str, *, limit: int) -> str:
        text = self.texts.get(path)
        if text is None:
            raise NoSuchFile(path)
        if len(text.encode()) > limit:
            raise ReadProblem(path, f"it is larger than {limit:,} bytes")
        return text


class OverlayLoader:
    """One loader's files, and behind them another one's."""

    def __init__(self, above: Loader, below: Loader) -> None:
        self.above = above
        self.below = below

    def spec_paths(self) -> Sequence[str]:
        return sorted({*self.above.spec_paths(), *self.below.spec_paths()})

    def names_in(self, folder: str) -> Sequence[str]:
        return sorted({*self.above.names_in(folder), *self.below.names_in(folder)})

    def has(self, path: str) -> bool:
        return self._holder(path).has(path)

    def read_spec(self, path: str, *, limit: int) -> str:
        return self._holder(path).read_spec(path, limit=limit)

    def read_text(self, path: str, *, limit: int) -> str:
        return self._holder(path).read_text(path, limit=limit)

    def _holder(self, path: str) -> Loader:
        return self.above if self.above.has(path) else self.below
