"""A plan as records: its frame, then each case, then the trials, so that no part of it has to be read for another."""

from collections.abc import Iterator

from evalc import __version__
from evalc.model.plan import Plan
from evalc.store.record import CaseRecord, PlannedRecord, PlanRecord, RunRecord, TrialsRecord

_TRIALS_A_RECORD = 1000


def plan_records(plan: Plan, *, run_id: str, started_at: str) -> Iterator[PlanRecord]:
    """The records that a log begins with."""
    evals = tuple(eval_.model_copy(update={"cases": ()}) for eval_ in plan.evals)
    frame = plan.model_copy(update={"evals": evals, "trials": ()})
    yield RunRecord(evalc_version=__version__, run_id=run_id, started_at=started_at, plan=frame)
    cases = 0
    for eval_ in plan.evals:
        for case in eval_.cases:
            cases += 1
            yield CaseRecord(eval_id=eval_.id, case=case)
    for start in range(0, len(plan.trials), _TRIALS_A_RECORD):
        yield TrialsRecord(ids=tuple(trial.id for trial in plan.trials[start : start + _TRIALS_A_RECORD]))
    yield PlannedRecord(cases=cases, trials=len(plan.trials))
