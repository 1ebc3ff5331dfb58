"""What a compilation saw of its files, so that it can be told later whether it would see the same."""

from collections.abc import Sequence
from contextlib import suppress

from evalc.analysis.loader import Loader
from evalc.base.digest import Content, digest
from evalc.base.reading import ReadProblem

Observation = list[str | int]
"""What a loader was asked, with which arguments, and last the digest of what it gave."""


class ObservedLoader:
    """A loader that notes what it was asked and what it gave."""

    def __init__(self, inner: Loader) -> None:
        self.inner = inner
        self.seen: list[Observation] = []

    def spec_paths(self) -> Sequence[str]:
        found = self.inner.spec_paths()
        self._note("spec_paths", content=list(found))
        return found

    def names_in(self, folder: str) -> Sequence[str]:
        found = self.inner.names_in(folder)
        self._note("names_in", folder, content=list(found))
        return found

    def has(self, path: str) -> bool:
        found = self.inner.has(path)
        self._note("has", path, content=found)
        return found

    def read_spec(self, path: str, *, limit: int) -> str:
        try:
            found = self.inner.read_spec(path, limit=limit)
        except ReadProblem as problem:
            self._note("read_spec", path, limit, content=["problem", str(problem)])
            raise
        self._note("read_spec", path, limit, content=found)
        return found

    def read_text(self, path: str, *, limit: int) -> str:
        try:
            found = self.inner.read_text(path, limit=limit)
        except ReadProblem as problem:
            self._note("read_text", path, limit, content=["problem", str(problem)])
            raise
        self._note("read_text", path, limit, content=found)
        return found

    def _note(self, *asked: str | int, content: Content) -> None:
        self.seen.append([*asked, digest(content, length=32)])


def sees_the_same(loader: Loader, seen: object) -> bool:
    """Whether a loader answers all that was asked before as it did then; False where the notes are none."""
    if not isinstance(seen, list):
        return False
    for noted in seen:
        again = ObservedLoader(loader)
        with suppress(ReadProblem):
            match noted:
                case ["spec_paths", _]:
                    again.spec_paths()
                case ["names_in", str(folder), _]:
                    again.names_in(folder)
                case ["has", str(path), _]:
                    again.has(path)
                case ["read_spec", str(path), int(limit), _]:
                    again.read_spec(path, limit=limit)
                case ["read_text", str(path), int(limit), _]:
                    again.read_text(path, limit=limit)
        if again.seen != [noted]:
            return False
    return True
