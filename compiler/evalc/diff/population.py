"""Which cases and rows there are."""

from collections.abc import Iterator
from dataclasses import dataclass

from evalc.diff.draft import CasePair, Draft, Spot, not_joined, reached
from evalc.diff.kinds.cases import (
    CASE_ADDED,
    CASE_MOVED,
    CASE_REMOVED,
    CASE_RENAMED,
    CASE_RETIRED,
    ROW_ADDED,
    ROW_REMOVED,
    ROW_RENAMED,
)
from evalc.diff.kinds.kind import Kind
from evalc.diff.pairing.pair import Pairing, ScenarioPair, retirements
from evalc.diff.pairing.scenarios import Scenario
from evalc.model.catalog import Case, Catalog, Retired
from evalc.model.change import Subject


@dataclass(frozen=True, slots=True)
class RowPairs:
    """What became of the rows of a case; a case without rows is its own only row."""

    pairs: list[tuple[Case, Case]]
    removed: list[Case]
    added: list[Case]


def pair_rows(pair: ScenarioPair) -> RowPairs:
    """Rows paired by id, then by content; where a case gained or lost its rows, the first one stands for it.

    Never by words: rows of one case differ in a few words on purpose.
    """
    gone, new = dict(pair.before.rows), dict(pair.after.rows)
    pairs = [(gone.pop(row), new.pop(row)) for row in [*gone] if row in new]
    holders: dict[str, list[str]] = {}
    for row, case in new.items():
        holders.setdefault(case.fingerprint, []).append(row)
    for row, case in [*gone.items()]:
        same = holders.get(case.fingerprint)
        if same:
            pairs.append((gone.pop(row), new.pop(same.pop(0))))
    if gone and new and pair.before.has_rows != pair.after.has_rows:
        pairs.append((gone.pop(next(iter(gone))), new.pop(next(iter(new)))))
    return RowPairs(pairs, [*gone.values()], [*new.values()])


def compare_population(pairing: Pairing, after: Catalog) -> Iterator[Draft]:
    """The cases and rows that came, went, or have another name or eval."""
    lone = {eval_.id for eval_ in (*pairing.evals_removed, *pairing.evals_added)}
    for scenario in pairing.removed:
        if scenario.eval_id not in lone:
            yield _lone_case(CASE_REMOVED, scenario)
    for scenario in pairing.added:
        if scenario.eval_id not in lone:
            yield _lone_case(CASE_ADDED, scenario)
    for scenario, line in pairing.retired:
        yield _retired(line, Subject(kind="case", id=scenario.id), scenario.cases)
    lines = retirements(after.evals)
    for pair in pairing.scenarios:
        yield from _renamed(pair, pairing)
        yield from _rows(pair, lines)


def _lone_case(kind: Kind, scenario: Scenario) -> Draft:
    case = scenario.first
    is_gone = kind is CASE_REMOVED
    spot = Spot(
        Subject(kind="case", id=scenario.id),
        case.place if is_gone else None,
        None if is_gone else case.place,
        reaches=tuple(map(reached, scenario.cases)),
    )
    return Draft(kind, spot, before=case.title if is_gone else "", after="" if is_gone else case.title)


def _retired(line: Retired, subject: Subject, cases: tuple[Case, ...]) -> Draft:
    spot = Spot(subject, cases[0].place, line.place, reaches=tuple(map(reached, cases)))
    return Draft(CASE_RETIRED, spot, before=cases[0].title, values={"reason": line.reason})


def _renamed(pair: ScenarioPair, pairing: Pairing) -> Iterator[Draft]:
    before, after = pair.before, pair.after
    is_moved = pairing.present_eval(before.eval_id) != after.eval_id
    if not is_moved and before.name == after.name:
        return
    reaches = [CasePair(*rows, after.eval_id).spot.reaches for rows in pair_rows(pair).pairs]
    spot = Spot(
        Subject(kind="case", id=after.id),
        before.first.place,
        after.first.place,
        reaches=tuple(case for found in reaches for case in found),
    )
    words = (before.id, after.id) if is_moved else (before.name, after.name)
    values = {"why": pair.why or "the same name", "history": not_joined(words[0], is_declared=pair.is_declared)}
    yield Draft(CASE_MOVED if is_moved else CASE_RENAMED, spot, before=words[0], after=words[1], values=values)


def _rows(pair: ScenarioPair, lines: dict[str, Retired]) -> Iterator[Draft]:
    found = pair_rows(pair)
    home = (pair.after.eval_id, pair.after.id)
    for case in found.removed:
        line = lines.get(case.id)
        if line:
            yield _retired(line, Subject(kind="case", id=case.id), (case,))
        else:
            spot = Spot(Subject(kind="case", id=case.id), place_before=case.place, reaches=(reached(case),), home=home)
            yield Draft(ROW_REMOVED, spot, before=case.id.rpartition("/")[2])
    for case in found.added:
        spot = Spot(Subject(kind="case", id=case.id), place_after=case.place, reaches=(reached(case),), home=home)
        yield Draft(ROW_ADDED, spot, after=case.id.rpartition("/")[2])
    for before, after in found.pairs:
        if _row(before) != _row(after):
            spot = CasePair(before, after, pair.after.eval_id).spot
            yield Draft(
                ROW_RENAMED, spot, before=_row(before) or pair.before.name, after=_row(after) or pair.after.name
            )


def _row(case: Case) -> str:
    """The row's id, empty where a case has no rows."""
    return case.id.removeprefix(case.cluster).removeprefix("/")
