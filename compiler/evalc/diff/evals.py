"""One eval before and after: its name, its gate, its facts, its order; and those that came and went."""

from collections.abc import Iterator

from evalc.diff.draft import Draft, Spot, not_joined, reached
from evalc.diff.facts import compare_eval_facts
from evalc.diff.kinds.cases import RETIREMENT_CHANGED
from evalc.diff.kinds.evals import (
    EVAL_ADDED,
    EVAL_DISSOLVED,
    EVAL_REMOVED,
    EVAL_RENAMED,
    GATE_CHANGED,
    GATE_LOOSENED,
    GATE_REWORDED,
    GATE_TIGHTENED,
    ORDER_CHANGED,
)
from evalc.diff.pairing.pair import EvalPair, Pairing, retirements
from evalc.diff.pairing.scenarios import Scenario
from evalc.diff.rules.conditions import compare_gates
from evalc.model.catalog import Eval
from evalc.model.change import ReachedCase, Subject, worst

_GATES = {"looser": GATE_LOOSENED, "tighter": GATE_TIGHTENED, "unknown": GATE_CHANGED}


def compare_eval(pair: EvalPair, pairing: Pairing) -> Iterator[Draft]:
    """Everything that changed in an eval, but for its cases and rubrics."""
    spot = Spot(Subject(kind="eval", id=pair.after.id), pair.before.place, pair.after.place, home=(pair.after.id, ""))
    if pair.before.id != pair.after.id:
        history = {"history": not_joined(pair.before.name, is_declared=pair.is_declared)}
        yield Draft(EVAL_RENAMED, spot, before=pair.before.id, after=pair.after.id, values=history)
    yield from _gate(pair, spot)
    yield from compare_eval_facts(pair.before, pair.after)
    yield from _retirements(pair, pairing)
    if _is_reordered(pair, pairing):
        yield Draft(ORDER_CHANGED, spot, values={"what": "cases"})


def compare_lone_evals(pairing: Pairing) -> Iterator[Draft]:
    """The evals that came or went, with the cases that came or went with them."""
    for eval_ in pairing.evals_removed:
        reaches = _reaches(eval_, pairing.removed)
        kind = EVAL_REMOVED if reaches or not eval_.cases else EVAL_DISSOLVED
        spot = Spot(Subject(kind="eval", id=eval_.id), place_before=eval_.place, reaches=reaches)
        yield Draft(kind, spot, before=eval_.title)
    for eval_ in pairing.evals_added:
        spot = Spot(Subject(kind="eval", id=eval_.id), place_after=eval_.place, reaches=_reaches(eval_, pairing.added))
        yield Draft(EVAL_ADDED, spot, after=eval_.title)


def _reaches(eval_: Eval, scenarios: list[Scenario]) -> tuple[ReachedCase, ...]:
    return tuple(reached(case) for found in scenarios if found.eval_id == eval_.id for case in found.cases)


def _gate(pair: EvalPair, spot: Spot) -> Iterator[Draft]:
    before, after = pair.before.rule, pair.after.rule
    changes = compare_gates(before, after)
    for change in changes:
        reaches = _gated(pair, change.subject)
        gate = Spot(spot.subject, spot.place_before, spot.place_after, reaches, spot.home)
        yield Draft(_GATES[change.stand], gate, before=change.before, after=change.after, values={"how": change.how})
    words = before.words if before else "", after.words if after else ""
    if not changes and words[0] != words[1]:
        yield Draft(GATE_REWORDED, spot, before=words[0], after=words[1])


def _gated(pair: EvalPair, subject: str) -> tuple[ReachedCase, ...]:
    """The cases that a condition on a severity, or on all, is about."""
    before = {case.id.removeprefix(pair.before.id): case.severity for case in pair.before.cases}
    found = []
    for case in pair.after.cases:
        severity = worst((case.severity, before.get(case.id.removeprefix(pair.after.id), case.severity)))
        if severity and subject in ("overall", case.severity):
            found.append(ReachedCase(case_id=case.id, severity=severity))
    return tuple(found)


def _retirements(pair: EvalPair, pairing: Pairing) -> Iterator[Draft]:
    """The `retired` lines that came, went or have another reason, but for those that explain a case that just went."""
    before, after = ({line.id: line for line in retirements([eval_]).values()} for eval_ in (pair.before, pair.after))
    explaining = {line.id for _, line in pairing.retired}
    for id_ in sorted({*before, *after} - explaining):
        old, new = before.get(id_), after.get(id_)
        if (old.reason if old else None) == (new.reason if new else None):
            continue
        how = "has another reason" if old and new else ("is new" if new else "is gone")
        spot = Spot(
            Subject(kind="eval", id=pair.after.id),
            old.place if old else None,
            new.place if new else None,
            home=(pair.after.id, ""),
        )
        words = (old.reason if old else "", new.reason if new else "")
        yield Draft(RETIREMENT_CHANGED, spot, before=words[0], after=words[1], values={"name": id_, "how": how})


def _is_reordered(pair: EvalPair, pairing: Pairing) -> bool:
    """Whether the cases that the eval still has stand in another order."""
    old = {case.cluster: position for position, case in enumerate(pair.before.cases)}
    new = {case.cluster: position for position, case in enumerate(pair.after.cases)}
    kept = [
        (old[found.before.id], new[found.after.id])
        for found in pairing.scenarios_of(pair.after.id)
        if found.before.id in old
    ]
    positions = [position for _, position in sorted(kept)]
    return positions != sorted(positions)
