"""Which files use which: reading specs and following `use`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from evalc.analysis.codes.files import (
    MISSING_FILE,
    REPEATED_USE,
    TOO_MANY_USES,
    UNREADABLE_FILE,
    USE_CYCLE,
    USE_OF_EVAL,
)
from evalc.analysis.files import FileReader, FileStore
from evalc.analysis.kept import KeptPages, Page
from evalc.analysis.lower.context import UNDAMAGED, Damage, find_damage
from evalc.analysis.reporting import Reporter
from evalc.base.reading import NoSuchFile, ReadProblem
from evalc.base.source import Source, Span
from evalc.syntax.parser import parse
from evalc.syntax.tree import NameDecl, Tree

USES_AT_MOST = 200


@dataclass(frozen=True)
class SpecFile:
    """One spec as read, with what was found in it so far, and the specs that it uses, each with where it says so.

    `lost` are the uses that lead nowhere, so that names may be missing. `page` is what the file meant before, where
    nothing changed since: then it is parsed only if somebody asks for its tree.
    """

    path: str
    reporter: Reporter
    parsed: Tree | None
    damage: Damage
    page: Page | None = None
    uses: dict[str, NameDecl] = field(default_factory=dict)
    lost: list[NameDecl] = field(default_factory=list)

    @cached_property
    def tree(self) -> Tree:
        """What was written."""
        return self.parsed or parse(self.reporter.source)[0]

    @property
    def has_eval(self) -> bool:
        """Whether the file is an eval's, and no library."""
        return self.page is not None or any(block.keyword.text == "eval" for block in self.tree.blocks)


@dataclass(frozen=True, slots=True)
class Workspace:
    """All specs that were asked for and those that they use, by path in alphabetical order.

    `lost` says why others that were asked for could not be read.
    """

    files: Mapping[str, SpecFile]
    lost: Mapping[str, Reporter]

    def reach(self, path: str) -> list[SpecFile]:
        """A file and what it uses, directly or not, each once, in the order of the uses."""
        found = {path: self.files[path]}
        waiting = [path]
        while waiting and len(found) <= USES_AT_MOST + 1:
            for used in reversed(self.files[waiting.pop()].uses):
                if used not in found:
                    found[used] = self.files[used]
                    waiting.append(used)
        return list(found.values())


def read_workspace(paths: Iterable[str], pages: KeptPages) -> Workspace:
    """The specs of these paths and all that they use; uses that lead nowhere or in a circle are reported."""
    files: dict[str, SpecFile] = {}
    lost: dict[str, Reporter] = {}
    for path in paths:
        try:
            files[path] = _read(path, pages)
        except ReadProblem as error:
            lost[path] = _lost(path, pages.store, error.reason)
    waiting = list(files)
    while waiting:
        file = files[waiting.pop()]
        waiting.extend(_follow(file, files, pages) if file.page is None else _follow_page(file, files, pages))
    workspace = Workspace(dict(sorted(files.items())), lost)
    for file in workspace.files.values():
        _check_reach(file, workspace)
    _report_cycles(workspace.files)
    return workspace


def _read(path: str, pages: KeptPages) -> SpecFile:
    text = pages.store.spec(path)
    source = Source(pages.store.prefix + path, text)
    page = pages.find(path, text)
    if page:
        return SpecFile(path, Reporter(source), None, UNDAMAGED, page)
    tree, findings = parse(source)
    return SpecFile(path, Reporter(source, findings), tree, find_damage(tree, findings))


def _lost(path: str, store: FileStore, reason: str) -> Reporter:
    reporter = Reporter(Source(store.prefix + path, ""))
    reporter.add(UNREADABLE_FILE, Span(0, 0), path=path, reason=reason)
    return reporter


def _follow_page(file: SpecFile, files: dict[str, SpecFile], pages: KeptPages) -> list[str]:
    """The specs that a kept page uses and that were not read before, now read; they are there, or it were not kept."""
    assert file.page
    new = [path for path in file.page.uses if path not in files]
    for path in new:
        files[path] = _read(path, pages)
    # Where it says so would be needed for a mistake alone, and there is none.
    file.uses.update((path, NameDecl(path, Span(0, 0))) for path in file.page.uses)
    return new


def _follow(file: SpecFile, files: dict[str, SpecFile], pages: KeptPages) -> list[str]:
    """The specs that a file uses and that were not read before, now read."""
    reader = FileReader(file.path, pages.store, file.reporter)
    new: list[str] = []
    if len(file.tree.uses) > USES_AT_MOST:
        file.reporter.add(TOO_MANY_USES, file.tree.uses[USES_AT_MOST].span, limit=USES_AT_MOST)
        file.lost.append(file.tree.uses[USES_AT_MOST].path)
        return new
    for decl in file.tree.uses:
        path = reader.path(decl.path)
        if path in file.uses:
            file.reporter.add(REPEATED_USE, decl.span, path=path)
            continue
        is_new = path is not None and path not in files
        used = _find_used(file, decl.path, path, files=files, pages=pages) if path else None
        if path is None or used is None:
            file.lost.append(decl.path)
            continue
        new += [path] if is_new else []
        if used.has_eval and used is not file:
            file.reporter.add(USE_OF_EVAL, decl.path.span, path=path)
        else:
            file.uses[path] = decl.path
    return new


def _find_used(
    file: SpecFile, name: NameDecl, path: str, *, files: dict[str, SpecFile], pages: KeptPages
) -> SpecFile | None:
    try:
        if path not in files:
            files[path] = _read(path, pages)
        return files[path]
    except NoSuchFile:
        file.reporter.add(MISSING_FILE, name.span, path=path, near=pages.store.near_path(file.path, path))
    except ReadProblem as error:
        file.reporter.add(UNREADABLE_FILE, name.span, path=path, reason=error.reason)
    return None


def _check_reach(file: SpecFile, workspace: Workspace) -> None:
    count = len(workspace.reach(file.path)) - 1
    if count > USES_AT_MOST:
        file.reporter.add(TOO_MANY_USES, file.tree.uses[0].span, limit=USES_AT_MOST)


def _report_cycles(files: Mapping[str, SpecFile]) -> None:
    """Name each circle of uses once, where it closes."""
    done: set[str] = set()
    for start in files:
        trail: dict[str, Iterator[str]] = {}
        here: str | None = None if start in done else start
        while here is not None or trail:
            if here is not None:
                trail[here] = iter(files[here].uses)
                done.add(here)
            last = next(reversed(trail))
            here = None
            following = next(trail[last], None)
            if following is None:
                del trail[last]
            elif following in trail:
                circle = [*list(trail)[list(trail).index(following) :], following]
                span = files[last].uses[following].span
                files[last].reporter.add(USE_CYCLE, span, circle=_shown(circle))
            elif following not in done:
                here = following


def _shown(circle: list[str]) -> str:
    names = circle if len(circle) <= 8 else [*circle[:4], "...", *circle[-3:]]
    return " -> ".join(names)
