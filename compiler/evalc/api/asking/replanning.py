"""The plan of a run that judges the answers of an earlier one again."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from evalc.model.catalog import Case, Eval
from evalc.model.plan import Plan, Trial
from evalc.planning.canaries import plan_canaries
from evalc.planning.panels import Judge


class Rejudging(NamedTuple):
    """A plan, and the ids of cases that are not in it: they ask something else now, or are gone."""

    plan: Plan
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def plan_rejudging(
    source: Plan, evals: Iterable[Eval], *, run_id: str, answered: Collection[Trial], judge: Judge | None
) -> Rejudging:
    """What can be judged again of a run, with the checks and rubrics that evals have now.

    Args:
        run_id: The run whose plan `source` is.
        answered: Its trials that have answers.
    """
    now = {case.id: case for eval_ in evals for case in eval_.cases}
    before = {case.id: case for eval_ in source.evals for case in eval_.cases}
    asked = dict.fromkeys(trial.case_id for trial in answered)
    same = {id for id in asked if id in now and _question(now[id]) == _question(before[id])}
    kept = []
    for eval_ in evals:
        cases = tuple(case for case in eval_.cases if case.id in same)
        if cases:
            kept.append(eval_.model_copy(update={"cases": cases}))
    plan = source.model_copy(
        update={
            "evals": tuple(kept),
            "judge": judge.card if judge else None,
            "panel": judge.panel if judge else None,
            "trials": tuple(trial for trial in answered if trial.case_id in same),
            "canaries": plan_canaries(kept) if judge else (),
            "shard": None,
            "rejudges": run_id,
        }
    )
    changed = tuple(id for id in asked if id in now and id not in same)
    return Rejudging(plan, changed, tuple(id for id in asked if id not in now))


def _question(case: Case) -> tuple[object, ...]:
    """All that a target is told of a case."""
    return case.turns, case.tools
