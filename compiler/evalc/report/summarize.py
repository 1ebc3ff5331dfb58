"""From runs to a report."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from evalc.model.catalog import Case, Eval
from evalc.model.plan import TargetCard
from evalc.model.report import CaseReport, EvalReport, Interval, Report
from evalc.model.result import PersonVerdict, RunResult, TrialResult
from evalc.report.decide import case_outcome
from evalc.report.gate import decide_gate
from evalc.report.judges.agreement import panel_agreement
from evalc.report.judges.canaries import canary_report, distrust
from evalc.report.reliability import reliability_of
from evalc.report.statistics.intervals import clustered_interval
from evalc.report.tally import tally_by_severity, tally_cases
from evalc.report.timing import timing_of


def summarize(runs: Sequence[RunResult]) -> Report:
    """What runs say: newest run first, within a run by eval and then by target as planned."""
    newest_first = sorted(runs, key=lambda run: (run.started_at, run.run_id), reverse=True)
    return Report(evals=tuple(report for run in newest_first for report in _summarize_run(run)))


def _summarize_run(run: RunResult) -> list[EvalReport]:
    found: dict[tuple[str, str], list[TrialResult | None]] = {}
    by_trial = {result.trial.id: result for result in run.results}
    for trial in run.plan.trials:
        found.setdefault((trial.target, trial.case_id), []).append(by_trial.get(trial.id))
    return [
        _summarize_eval(run, eval_, target=target, found=found)
        for eval_ in run.plan.evals
        for target in run.plan.targets
        if any((target.name, case.id) in found for case in eval_.cases)
    ]


def _summarize_eval(
    run: RunResult,
    eval_: Eval,
    *,
    target: TargetCard,
    found: Mapping[tuple[str, str], Sequence[TrialResult | None]],
) -> EvalReport:
    asked = [case for case in eval_.cases if (target.name, case.id) in found]
    cases = tuple(_summarize_case(case, found[target.name, case.id], people=run.people) for case in asked)
    tally = tally_cases(cases)
    trials = [trial for case in cases for trial in case.trials]
    canaries = canary_report(eval_.id, run.canaries)
    return EvalReport(
        run_id=run.run_id,
        started_at=run.started_at,
        finished_at=run.finished_at,
        eval_id=eval_.id,
        eval_fingerprint=eval_.fingerprint,
        eval_version=eval_.version,
        target=target,
        judge=run.plan.judge,
        tally=tally,
        interval=_interval(eval_, cases),
        by_severity=tally_by_severity(cases),
        cases=cases,
        gate=distrust(decide_gate(eval_, cases), canaries),
        canaries=canaries,
        agreement=panel_agreement(eval_, trials),
        reliability=tuple(reliability_of(cases)),
        timing=None if target.is_scripted else timing_of(trials),
        cost_usd=_cost(trials),
        duration_s=_duration(run),
    )


def _summarize_case(
    case: Case, results: Sequence[TrialResult | None], *, people: Sequence[PersonVerdict]
) -> CaseReport:
    trials = tuple(result for result in results if result)
    ids = {trial.trial.id for trial in trials}
    return CaseReport(
        case_id=case.id,
        severity=case.severity,
        fingerprint=case.fingerprint,
        outcome=case_outcome(case, [result.outcome if result else "skipped" for result in results]),
        passes=sum(trial.outcome == "passed" for trial in trials),
        repeats=tuple(trial.outcome for trial in trials),
        trials=trials,
        people=tuple(said for said in people if said.trial_id in ids),
    )


def _interval(eval_: Eval, cases: Sequence[CaseReport]) -> Interval | None:
    clusters = {case.id: case.cluster for case in eval_.cases}
    shares: dict[str, list[float]] = {}
    for case in cases:
        if case.outcome in ("passed", "failed"):
            shares.setdefault(clusters[case.case_id], []).append(float(case.outcome == "passed"))
    return clustered_interval(list(shares.values())) if shares else None


def _cost(trials: Sequence[TrialResult]) -> float | None:
    """What the trials cost that were asked at all, or None where that is not known."""
    costs = [trial.cost_usd for trial in trials if trial.attempts]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if costs and len(known) == len(costs) else None


def _duration(run: RunResult) -> float | None:
    if not run.started_at or not run.finished_at:
        return None
    return (datetime.fromisoformat(run.finished_at) - datetime.fromisoformat(run.started_at)).total_seconds()
