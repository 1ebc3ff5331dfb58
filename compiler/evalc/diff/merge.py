"""Drafts of one cause put together, in the order in which a reviewer reads."""

from collections.abc import Iterable, Sequence

from evalc.diff.draft import Draft
from evalc.model.catalog import SEVERITIES
from evalc.model.change import DIRECTIONS, Change, ReachedCase, Subject, worst


def merge(drafts: Iterable[Draft]) -> tuple[Change, ...]:
    """The changes that drafts describe: weakenings first, then by severity, then by what they are about."""
    groups: dict[object, list[Draft]] = {}
    for number, draft in enumerate(drafts):
        key = number if draft.cause is None else (draft.kind.name, draft.cause)
        groups.setdefault(key, []).append(draft)
    return in_reading_order(_merged(group) for group in groups.values())


def in_reading_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes found in several ways, as `merge` orders them."""
    return tuple(sorted(changes, key=_rank))


def _merged(group: Sequence[Draft]) -> Change:
    first = group[0]
    cases: dict[str, ReachedCase] = {}
    for reached in (found for draft in group for found in draft.spot.reaches):
        other = cases.get(reached.case_id, reached)
        severity = worst((other.severity, reached.severity))
        cases[reached.case_id] = other if severity == other.severity else reached
    return first.as_change(_subject(group), tuple(cases[id_] for id_ in sorted(cases)))


def _subject(group: Sequence[Draft]) -> Subject:
    """What all drafts of one cause are about: the same thing, one case with its rows, one eval, or the catalog."""
    first = group[0].spot
    if all(draft.spot.subject == first.subject for draft in group):
        return first.subject
    homes = {draft.spot.home for draft in group}
    if len(homes) == 1:
        name = first.subject.id.partition("#")[1:]
        return Subject(kind=first.subject.kind, id=first.home[1] + "".join(name))
    evals = {eval_id for eval_id, _ in homes}
    return Subject(kind="eval", id=first.home[0]) if len(evals) == 1 else Subject(kind="catalog", id="")


def _rank(change: Change) -> tuple[int, int, str, int, str, str]:
    severity = SEVERITIES.index(change.severity) if change.severity else len(SEVERITIES)
    line = change.place.line if change.place else 0
    return DIRECTIONS.index(change.direction), severity, change.subject.id, line, change.kind, change.sentence
