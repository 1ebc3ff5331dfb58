"""`python -m bench.logs WORKSPACE FINISHED LEFT`: the log of a long run, written without asking anybody.

A process of its own writes it: the memory of a process counts as that of its children too, until they are measured.
"""

import asyncio
import sys
from pathlib import Path

from evalc.api.catalogs import compile_catalog, find_catalog
from evalc.base.scrub import Scrubber
from evalc.model.exchange import Response
from evalc.model.plan import Plan, Trial
from evalc.model.result import CheckResult, TrialResult
from evalc.model.settings import RunSettings
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.store.log import LogContext
from evalc.store.open import create_log

_CASES_AN_EVAL = 1000


def write_finished(workspace: Path, finished: int, *, left: int) -> None:
    """Write the log of a run of the workspace's only case under many names, of which so many have no result yet."""
    plan = _multiplied(_plan(workspace), finished + left)
    with create_log(workspace / "results", plan, context=LogContext(Scrubber({}))) as log:
        for trial in plan.trials[:finished]:
            log.write(_result(trial))
        asyncio.run(log.sync())


def _plan(workspace: Path) -> Plan:
    policy, _ = read_policy(workspace / "evalc.toml")
    catalog = compile_catalog(find_catalog(workspace / "specs")).catalog
    plan, _ = make_plan(catalog, policy, settings=RunSettings(targets=("served",)))
    return plan


def _multiplied(plan: Plan, number: int) -> Plan:
    (first,) = plan.evals
    (case,) = first.cases
    evals = []
    for start in range(0, number, _CASES_AN_EVAL):
        id = f"{first.id}-{start}"
        numbers = range(start, min(number, start + _CASES_AN_EVAL))
        cases = tuple(case.model_copy(update={"id": f"{id}/{case.name}/{at}"}) for at in numbers)
        evals.append(first.model_copy(update={"id": id, "cases": cases}))
    ids = (f"{plan.targets[0].name}:{case.id}@1" for eval_ in evals for case in eval_.cases)
    return plan.model_copy(update={"evals": tuple(evals), "trials": tuple(map(Trial.from_id, ids))})


def _result(trial: Trial) -> TrialResult:
    said = "Repeat the code word in your answer. You are reviewing a short support ticket. " * 5
    return TrialResult(
        trial=trial,
        outcome="passed",
        responses=(Response(text=said, finish_reason="stop", model="served", input_tokens=84, output_tokens=66),),
        checks=(CheckResult(check="has-the-word", level="must", outcome="passed", reason="contains it"),),
        attempts=1,
        finished_at="2026-03-04T05:06:07.890Z",
    )


if __name__ == "__main__":
    write_finished(Path(sys.argv[1]), int(sys.argv[2]), left=int(sys.argv[3]))
