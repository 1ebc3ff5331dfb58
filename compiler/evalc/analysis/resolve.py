"""Which names a file sees: its own, and those of all files that it uses, directly or not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evalc.analysis.codes.names import DUPLICATE_NAME
from evalc.analysis.reporting import Reporter
from evalc.analysis.uses import SpecFile, Workspace
from evalc.syntax.tree import BlockDecl, LetDecl, NameDecl

Key = tuple[str, str, str]
"""What tells a name from all others: the path of its file, its kind, and the name."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that one file sees, by kind and name."""

    names: Mapping[tuple[str, str], Declared]

    def of(self, kind: str) -> dict[str, Declared]:
        """The names of one kind."""
        return {name: found for (other, name), found in self.names.items() if other == kind}

    def key(self, kind: str, name: str) -> Key | None:
        """The key of a name, None where there is none."""
        found = self.names.get((kind, name))
        return found.key if found else None


@dataclass(frozen=True, slots=True)
class Resolver:
    """Makes the scope of each file of a workspace; names that two files give to one file are reported."""

    workspace: Workspace
    own: dict[str, dict[tuple[str, str], Declared]] = field(default_factory=dict)

    def scope(self, path: str) -> Scope:
        """The names that a file sees."""
        found: dict[tuple[str, str], Declared] = {}
        reporter = self.workspace.files[path].reporter
        for file in self.workspace.reach(path):
            for key, declared in self.names_of(file).items():
                first = found.setdefault(key, declared)
                if first is not declared:
                    # What this file declares itself comes first, and is what its author can change.
                    later, earlier = (first, declared) if first.file.path == path else (declared, first)
                    _report_twice(later, earlier, reporter)
        return Scope(found)

    def names_of(self, file: SpecFile) -> dict[tuple[str, str], Declared]:
        """What a file declares itself."""
        if file.path not in self.own:
            found: dict[tuple[str, str], Declared] = {}
            for declared in _declarations(file):
                first = found.setdefault((declared.kind, declared.name.text), declared)
                if first is not declared:
                    _report_twice(declared, first, file.reporter)
            self.own[file.path] = found
        return self.own[file.path]


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
