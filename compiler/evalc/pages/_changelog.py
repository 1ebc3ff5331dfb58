"""What the last commits did to one eval."""

from collections.abc import Iterator
from dataclasses import dataclass

from evalc.model.catalog import Eval
from evalc.model.change import Change
from evalc.model.flip import Commit
from evalc.pages.contract import Library

COMMITS_SHOWN, CHANGES_SHOWN = 10, 12
"""How many commits an eval's page shows, and how many changes of each."""

_IDENTIFIED = frozenset({"eval", "case", "check", "example"})


@dataclass(frozen=True, slots=True)
class Step:
    """What a commit did to an eval, and how many of its changes are not shown."""

    commit: Commit
    changes: tuple[Change, ...]
    left_out: int


def changelog_of(library: Library, eval_: Eval) -> tuple[Step, ...]:
    """The newest commits that changed what an eval means, newest first."""
    names = {eval_.id, *eval_.formerly}
    return tuple(_steps(library, names))[:COMMITS_SHOWN]


def _steps(library: Library, names: set[str]) -> Iterator[Step]:
    for found in library.changes:
        changes = tuple(change for change in found.changes if names & set(evals_of(change)))
        if changes and found.commit:
            yield Step(found.commit, changes[:CHANGES_SHOWN], max(0, len(changes) - CHANGES_SHOWN))


def evals_of(change: Change) -> Iterator[str]:
    """The ids of the evals that a change is about or reaches, with repetitions; none for one of a vendor."""
    if change.subject.kind in _IDENTIFIED:
        yield "/".join(change.subject.id.split("/")[:2])
    for case in change.reaches:
        yield "/".join(case.case_id.split("/")[:2])
