"""Which names a file sees: its own, and those of all files that it uses, directly or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeVar

from evalc.analysis.codes.names import DUPLICATE_NAME
from evalc.analysis.reporting import Reporter
from evalc.analysis.uses import SpecFile, Workspace
from evalc.base.record import record
from evalc.syntax.tree import BlockDecl, LetDecl, NameDecl

Value = TypeVar("Value")
Key = tuple[str, str, str]
"""What tells a name from all others: the path of its file, its kind, and the name."""


@record
class Declared:
    """A vendor, rubric or `let`, and the file that it stands in."""

    kind: str
    decl: BlockDecl | LetDecl
    file: SpecFile

    @property
    def name(self) -> NameDecl:
        """Its name."""
        return self.decl.name

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.file.path, self.kind, self.decl.name.text


class Scope(Mapping[tuple[str, str], Declared]):
    """The names that one file sees, by kind and name; of a name that is there twice, the first in the order of uses.

    Names are looked up where they stand and not copied, for a thousand files may see those of a large library.
    """

    def __init__(self, reach: Sequence[SpecFile], resolver: "Resolver") -> None:
        self._places = {file.path: place for place, file in enumerate(reach)}
        self._reach = reach
        self._resolver = resolver

    def __getitem__(self, name: tuple[str, str]) -> Declared:
        return self.all(name)[0]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for file in self._reach:
            yield from (name for name in self._resolver.names_of(file) if self[name].file is file)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def all(self, name: tuple[str, str]) -> Sequence[Declared]:
        """All that is declared by a name in what the file sees.

        Raises:
            KeyError: nothing is.
        """
        found = self._resolver.everywhere[name]
        if len(found) > 1:
            found = [declared for declared in found if declared.file.path in self._places]
            found.sort(key=lambda declared: self._places[declared.file.path])
        if not found or found[0].file.path not in self._places:
            raise KeyError(name)
        return found

    def key(self, kind: str, name: str) -> Key | None:
        """The key of a name, None where there is none."""
        found = self.get((kind, name))
        return found.key if found else None


class Seen(Mapping[str, Value]):
    """What the names of one kind in a scope stand for, where that is known."""

    def __init__(self, scope: Scope, kind: str, values: Mapping[Key, Value]) -> None:
        self._scope = scope
        self._kind = kind
        self._values = values

    def __getitem__(self, name: str) -> Value:
        return self._values[self._scope[self._kind, name].key]

    def __iter__(self) -> Iterator[str]:
        return (name for kind, name in self._scope if kind == self._kind and name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@record
class Resolver:
    """Makes the scopes of the files of a workspace; names that two files give to one file are reported."""

    workspace: Workspace
    everywhere: dict[tuple[str, str], list[Declared]] = field(default_factory=dict)
    _own: dict[str, dict[tuple[str, str], Declared]] = field(default_factory=dict)

    def scopes(self, paths: Iterable[str]) -> dict[str, Scope]:
        """The names that each of some files sees, by its path; the files that one of them uses are among them."""
        files = [self.workspace.files[path] for path in paths]
        for file in files:
            for name, declared in self.names_of(file).items():
                self.everywhere.setdefault(name, []).append(declared)
        shared = [name for name, found in self.everywhere.items() if len(found) > 1]
        scopes = {file.path: Scope(self.workspace.reach(file.path), self) for file in files}
        for file in files:
            for name in shared:
                _report_all(scopes[file.path], name, file)
        return scopes

    def names_of(self, file: SpecFile) -> dict[tuple[str, str], Declared]:
        """What a file declares itself."""
        if file.path not in self._own:
            found: dict[tuple[str, str], Declared] = {}
            for declared in _declarations(file):
                first = found.setdefault((declared.kind, declared.name.text), declared)
                if first is not declared:
                    _report_twice(declared, first, file.reporter)
            self._own[file.path] = found
        return self._own[file.path]


def _report_all(scope: Scope, name: tuple[str, str], file: SpecFile) -> None:
    """Say that a file sees a name more than once, where it does."""
    if file.reporter.is_full(DUPLICATE_NAME.level) or name not in scope:
        return
    first, *others = scope.all(name)
    for declared in others:
        # What this file declares itself comes first, and is what its author can change.
        later, earlier = (first, declared) if first.file is file else (declared, first)
        _report_twice(later, earlier, file.reporter)


def _declarations(file: SpecFile) -> Iterator[Declared]:
    for block in file.tree.blocks:
        if block.keyword.text in ("vendor", "rubric"):
            yield Declared(block.keyword.text, block, file)
    for let in file.tree.lets:
        yield Declared("let", let, file)


def _report_twice(declared: Declared, first: Declared, reporter: Reporter) -> None:
    """Say that a name is there already, at the later place, in the findings of the file that sees both."""
    source = first.file.reporter.source
    place = f"at {source.name}:{source.line_of(first.name.span.start)}"
    name = declared.name
    reporter.at(declared.file.reporter.source).add(
        DUPLICATE_NAME, name.span, kind=declared.kind, name=name.text, place=place
    )
