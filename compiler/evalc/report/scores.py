"""How the cases of a run did, without their answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evalc.model.catalog import Case
from evalc.model.plan import Plan
from evalc.model.result import Outcome, RunResult
from evalc.model.verdicts.comparison import CaseScore, Side
from evalc.report.decide import case_outcome


@dataclass(frozen=True, slots=True)
class Scored:
    """One target in a run, or a baseline of it, with the score of each case by its id."""

    side: Side
    scores: Mapping[str, CaseScore]


@dataclass(frozen=True, slots=True)
class ScoredRun:
    """A run with its cases by id, and its targets in the order of the plan."""

    cases: Mapping[str, Case]
    targets: tuple[Scored, ...]


def score_run(run: RunResult) -> ScoredRun:
    """How each case of a run did at each target."""
    sides = [
        Side(run_id=run.run_id, started_at=run.started_at, target=target, judge=run.plan.judge)
        for target in run.plan.targets
    ]
    return score_outcomes(run.plan, {result.trial.id: result.outcome for result in run.results}, sides=sides)


def score_outcomes(plan: Plan, outcomes: Mapping[str, Outcome], *, sides: Iterable[Side]) -> ScoredRun:
    """How each case did, from no more than the outcome of each trial, by its id; one without is skipped."""
    repeats: dict[str, dict[str, list[Outcome]]] = {}
    for trial in plan.trials:
        of_target = repeats.setdefault(trial.target, {})
        of_target.setdefault(trial.case_id, []).append(outcomes.get(trial.id, "skipped"))
    cases = {case.id: case for eval_ in plan.evals for case in eval_.cases}
    judge = plan.judge.fingerprint if plan.judge else ""
    targets = tuple(
        Scored(
            side,
            {
                case_id: _score(cases[case_id], found, judge=judge)
                for case_id, found in repeats.get(side.target.name, {}).items()
            },
        )
        for side in sides
    )
    return ScoredRun(cases, targets)


def _score(case: Case, outcomes: list[Outcome], *, judge: str) -> CaseScore:
    return CaseScore(
        case_id=case.id,
        fingerprint=case.fingerprint,
        outcome=case_outcome(case, outcomes),
        repeats=tuple(outcomes),
        judge=judge if is_judged(case) else "",
    )


def is_judged(case: Case) -> bool:
    """Whether a judge has a say in how a case ends."""
    replies = [check for reply in case.replies for check in reply.checks]
    return any(check.is_judged for check in (*replies, *case.checks))
