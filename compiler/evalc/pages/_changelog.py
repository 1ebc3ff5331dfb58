"""What commits and releases did to evals, case by case."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evalc.model.catalog import Eval
from evalc.model.change import Change, Direction
from evalc.model.flip import Commit
from evalc.pages._address import case_path
from evalc.pages.contract import Library

COMMITS_SHOWN, CHANGES_SHOWN = 10, 12
"""How many commits an eval's page shows, and how many lines of changes of each."""

_IDENTIFIED = frozenset({"eval", "case", "check", "example"})


@dataclass(frozen=True, slots=True)
class Line:
    """A change, and how many more of its kind there were that have no name of their own to tell them apart."""

    change: Change
    alike: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one case, or those that are about none and have no title; `path` leads to a case still there."""

    title: str
    path: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Changes as a page lists them, and how many more there are."""

    groups: tuple[Group, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit did to an eval."""

    commit: Commit
    listing: Listing


def changelog_of(library: Library, eval_: Eval) -> tuple[Step, ...]:
    """The newest commits that changed what an eval means, newest first."""
    names = {eval_.id, *eval_.formerly}
    return tuple(_steps(library, names))[:COMMITS_SHOWN]


def list_changes(library: Library, changes: Iterable[Change], *, most: int) -> Listing:
    """Changes of the whole, then those of each case, in the order in which it comes first; at most `most` lines."""
    shown, left_out = _first_lines(changes, most)
    found: dict[str, list[Line]] = {"": []}
    for line in shown:
        found.setdefault(_case_of(line.change), []).append(line)
    return Listing(tuple(_group(library, id_, lines) for id_, lines in found.items() if lines), left_out)


def evals_of(change: Change) -> Iterator[str]:
    """The ids of the evals that a change is about or reaches, with repetitions; none for one of a vendor."""
    if change.subject.kind in _IDENTIFIED:
        yield "/".join(change.subject.id.split("/")[:2])
    for case in change.reaches:
        yield "/".join(case.case_id.split("/")[:2])


def _steps(library: Library, names: set[str]) -> Iterator[Step]:
    for found in library.changes:
        changes = tuple(change for change in found.changes if names & set(evals_of(change)))
        if changes and found.commit:
            yield Step(found.commit, list_changes(library, changes, most=CHANGES_SHOWN))


def _first_lines(changes: Iterable[Change], most: int) -> tuple[list[Line], int]:
    """The lines that there is room for, and how many changes the others would tell."""
    alike: dict[tuple[str, str, Direction] | int, list[Change]] = {}
    for at, change in enumerate(changes):
        is_named = change.subject.kind != "example"
        alike.setdefault(at if is_named else (change.subject.id, change.kind, change.direction), []).append(change)
    found = list(alike.values())
    return [Line(same[0], len(same) - 1) for same in found[:most]], sum(map(len, found[most:]))


def _case_of(change: Change) -> str:
    """The id of the case that a change is about, empty for one that is about something else."""
    id_ = change.subject.id.partition("#")[0]
    return id_ if change.subject.kind in _IDENTIFIED and id_.count("/") > 1 else ""


def _group(library: Library, id_: str, lines: list[Line]) -> Group:
    case = library.find_case(id_)
    title = case.title if case else id_.split("/", 2)[-1]
    return Group(title, case_path(id_) if case else "", tuple(lines))
