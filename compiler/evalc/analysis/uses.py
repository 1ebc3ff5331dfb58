"""Which files use which: reading specs and following `use`."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
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
from evalc.base.record import record
from evalc.base.source import Source, Span
from evalc.syntax.parser import parse
from evalc.syntax.tree import NameDecl, Tree

USES_AT_MOST = 200
USED_AT_MOST = 256 * 1024
"""How many characters may stand in the files that one file uses, directly or not, together."""


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


@record
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
    reading = _Reading(pages)
    reading.read(paths)
    workspace = Workspace(dict(sorted(reading.files.items())), reading.missing)
    _report_cycles(workspace.files)
    return workspace


@dataclass(slots=True)
class _Reading:
    """Specs while they are read. `missing` says why some that were asked for could not be."""

    pages: KeptPages
    files: dict[str, SpecFile] = field(default_factory=dict)
    missing: dict[str, Reporter] = field(default_factory=dict)
    _followed: set[str] = field(default_factory=set)

    def read(self, paths: Iterable[str]) -> None:
        """Read the specs of these paths, and then what each of them uses."""
        for path in paths:
            try:
                self.files[path] = _read(path, self.pages)
            except ReadProblem as error:
                self.missing[path] = _unread(path, self.pages.store, error.reason)
        for file in list(self.files.values()):
            if limit := self._follow_all(file):
                file.reporter.add(TOO_MANY_USES, file.tree.uses[0].span, limit=limit)
        for path in self.files.keys() - self._followed:
            self.files[path].lost.extend(use.path for use in self.files[path].tree.uses)

    def _follow_all(self, start: SpecFile) -> str | None:
        """Read what a file uses, directly or not, as far as it may; what comes back is the limit that it passes."""
        room = USED_AT_MOST
        reached = {start.path}
        waiting = [start]
        while waiting:
            file = waiting.pop()
            if file.path not in self._followed:
                if not self._fits(file, reached, room=room):
                    return f"{USED_AT_MOST:,} characters of others"
                self._follow(file)
            new = [self.files[path] for path in file.uses if path not in reached]
            reached.update(used.path for used in new)
            waiting += new
            room -= sum(len(used.reporter.source.text) for used in new)
            if len(reached) > USES_AT_MOST + 1:
                return f"{USES_AT_MOST} others"
            if room < 0:
                return f"{USED_AT_MOST:,} characters of others"
        return None

    def _fits(self, file: SpecFile, reached: Collection[str], *, room: int) -> bool:
        """Whether there is room for what a file uses itself, none of which is parsed for the answer."""
        if file.page:
            # It fitted when it was kept, and nothing of it has changed.
            return True
        reader = FileReader(file.path, self.pages.store, file.reporter)
        for used in {reader.path(decl.path) for decl in file.tree.uses[:USES_AT_MOST]}:
            if used is not None and used not in reached:
                with suppress(ReadProblem):
                    room -= len(self.pages.store.spec(used))
            if room < 0:
                return False
        return True

    def _follow(self, file: SpecFile) -> None:
        """Read the specs that a file uses itself."""
        self._followed.add(file.path)
        if file.page:
            for used_path in file.page.uses:
                self._find(used_path)
            # Where it says so would be needed for a mistake alone, and there is none.
            file.uses.update((path, NameDecl(path, Span(0, 0))) for path in file.page.uses)
            return
        if len(file.tree.uses) > USES_AT_MOST:
            surplus = file.tree.uses[USES_AT_MOST]
            file.reporter.add(TOO_MANY_USES, surplus.span, limit=f"{USES_AT_MOST} others")
            file.lost.append(surplus.path)
            return
        reader = FileReader(file.path, self.pages.store, file.reporter)
        for decl in file.tree.uses:
            path = reader.path(decl.path)
            if path is not None and path in file.uses:
                file.reporter.add(REPEATED_USE, decl.span, path=path)
                continue
            used = self._find_used(file, decl.path, path) if path else None
            if path is None or used is None:
                file.lost.append(decl.path)
            elif used.has_eval and used is not file:
                file.reporter.add(USE_OF_EVAL, decl.path.span, path=path)
            else:
                file.uses[path] = decl.path

    def _find_used(self, file: SpecFile, name: NameDecl, path: str) -> SpecFile | None:
        try:
            return self._find(path)
        except NoSuchFile:
            file.reporter.add(MISSING_FILE, name.span, path=path, near=self.pages.store.near_path(file.path, path))
        except ReadProblem as error:
            file.reporter.add(UNREADABLE_FILE, name.span, path=path, reason=error.reason)
        return None

    def _find(self, path: str) -> SpecFile:
        if path not in self.files:
            self.files[path] = _read(path, self.pages)
        return self.files[path]


def _read(path: str, pages: KeptPages) -> SpecFile:
    text = pages.store.spec(path)
    source = Source(pages.store.prefix + path, text)
    page = pages.find(path, text)
    if page:
        return SpecFile(path, Reporter(source), None, UNDAMAGED, page)
    tree, findings = parse(source)
    return SpecFile(path, Reporter(source, findings), tree, find_damage(tree, findings))


def _unread(path: str, store: FileStore, reason: str) -> Reporter:
    reporter = Reporter(Source(store.prefix + path, ""))
    reporter.add(UNREADABLE_FILE, Span(0, 0), path=path, reason=reason)
    return reporter


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
