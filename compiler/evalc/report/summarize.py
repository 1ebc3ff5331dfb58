"""From runs to a report."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from evalc.model.catalog import Case, Eval
from evalc.model.plan import TargetCard
from evalc.model.report import CaseReport, EvalReport, Interval, Report
from evalc.model.result import PersonVerdict, RunResult, TrialResult
from evalc.report.decide import case_outcome
from evalc.report.gate import decide_gate
from evalc.report.judges.agreement import Heard, agreements, hear
from evalc.report.judges.canaries import canary_report, distrust
from evalc.report.reliability import reliability_of
from evalc.report.statistics.intervals import clustered_interval
from evalc.report.tally import tally_by_severity, tally_cases
from evalc.report.timing import Times


def summarize(runs: Sequence[RunResult]) -> Report:
    """What runs say: newest run first, within a run by eval and then by target as planned."""
    newest_first = sorted(runs, key=lambda run: (run.started_at, run.run_id), reverse=True)
    return Report(evals=tuple(report for run in newest_first for report in _summarize_run(run)))


def _summarize_run(run: RunResult) -> list[EvalReport]:
    found: dict[tuple[str, str], list[TrialResult | None]] = {}
    by_trial = {result.trial.id: result for result in run.results}
    for trial in run.plan.trials:
        found.setdefault((trial.target, trial.case_id), []).append(by_trial.get(trial.id))
    people = people_by_case(run.people)
    reports = []
    for eval_ in run.plan.evals:
        for target in run.plan.targets:
            summary = EvalSummary(run, eval_, target)
            for case in eval_.cases:
                key = (target.name, case.id)
                if key in found:
                    summary.add(case, found[key], people=people.get(key, ()))
            if summary.cases:
                reports.append(summary.report())
    return reports


def people_by_case(people: Sequence[PersonVerdict]) -> Mapping[tuple[str, str], Sequence[PersonVerdict]]:
    """What persons said of the cases of a run, by target and case."""
    found: dict[tuple[str, str], list[PersonVerdict]] = {}
    for said in people:
        target, _, rest = said.trial_id.partition(":")
        found.setdefault((target, rest.rpartition("@")[0]), []).append(said)
    return found


_Shorten = Callable[[CaseReport], CaseReport]


def _as_it_is(report: CaseReport) -> CaseReport:
    return report


class EvalSummary:
    """What one eval says at one target of a run, made case by case.

    Of the run its results are not looked at, and of the eval not its cases. `shorten` says what is kept of a case after
    it was counted: its severity, its outcome and the counts of its repeats at least, and all where it failed and is
    critical.
    """

    def __init__(
        self,
        run: RunResult,
        eval_: Eval,
        target: TargetCard,
        *,
        shorten: Callable[[CaseReport], CaseReport] = _as_it_is,
    ) -> None:
        self.cases: list[CaseReport] = []
        """The cases that were added, as they are kept."""
        self._run = run
        self._eval = eval_
        self._target = target
        self._shorten = shorten
        self._shares: dict[str, list[float]] = {}
        self._times = Times()
        self._costs_usd = array("d")
        self._unpriced = 0
        self._heard: list[Heard] = []

    def add(
        self, case: Case, results: Sequence[TrialResult | None], *, people: Sequence[PersonVerdict] = ()
    ) -> CaseReport:
        """The report on one more case as it is kept; a repeat without a result is None."""
        trials = tuple(result for result in results if result)
        ids = {trial.trial.id for trial in trials} if people else frozenset()
        report = CaseReport(
            case_id=case.id,
            severity=case.severity,
            fingerprint=case.fingerprint,
            outcome=case_outcome(case, [result.outcome if result else "skipped" for result in results]),
            passes=sum(trial.outcome == "passed" for trial in trials),
            repeats=tuple(trial.outcome for trial in trials),
            trials=trials,
            people=tuple(said for said in people if said.trial_id in ids),
        )
        if report.outcome in ("passed", "failed"):
            self._shares.setdefault(case.cluster, []).append(float(report.outcome == "passed"))
        for trial in trials:
            self._count(trial)
            self._heard += hear(trial, case)
        kept = self._shorten(report)
        self.cases.append(kept)
        return kept

    def report(self) -> EvalReport:
        """What all cases say together."""
        run, eval_, cases = self._run, self._eval, tuple(self.cases)
        canaries = canary_report(eval_.id, run.canaries)
        return EvalReport(
            run_id=run.run_id,
            started_at=run.started_at,
            finished_at=run.finished_at,
            eval_id=eval_.id,
            eval_fingerprint=eval_.fingerprint,
            eval_version=eval_.version,
            target=self._target,
            judge=run.plan.judge,
            tally=tally_cases(cases),
            interval=self._interval(),
            by_severity=tally_by_severity(cases),
            cases=cases,
            gate=distrust(decide_gate(eval_, cases), canaries),
            canaries=canaries,
            agreement=agreements(self._heard),
            reliability=tuple(reliability_of(cases)),
            timing=None if self._target.is_scripted else self._times.timing(),
            cost_usd=self._cost_usd(),
            duration_s=_duration(run),
        )

    def _count(self, trial: TrialResult) -> None:
        self._times.add(trial.responses)
        if trial.attempts and trial.cost_usd is None:
            self._unpriced += 1
        elif trial.attempts and trial.cost_usd is not None:
            self._costs_usd.append(trial.cost_usd)

    def _cost_usd(self) -> float | None:
        """What the trials cost that were asked at all, or None where that is not known."""
        return sum(self._costs_usd) if self._costs_usd and not self._unpriced else None

    def _interval(self) -> Interval | None:
        return clustered_interval(list(self._shares.values())) if self._shares else None


def _duration(run: RunResult) -> float | None:
    if not run.started_at or not run.finished_at:
        return None
    return (datetime.fromisoformat(run.finished_at) - datetime.fromisoformat(run.started_at)).total_seconds()
