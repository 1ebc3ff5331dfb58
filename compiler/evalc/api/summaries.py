"""What a run gave in short, read from its log one case at a time."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from evalc.model.catalog import Case, Eval
from evalc.model.report import CaseReport, EvalReport, Report
from evalc.model.result import CheckResult, Outcome, RunResult, TrialResult
from evalc.report.summarize import EvalSummary, people_by_case
from evalc.store.index import LogIndex, index_log
from evalc.store.people import read_people
from evalc.store.read import LogReader, read_result

SHOWN_AT_MOST = 500
"""How many cases that did not pass a summary shows, critical ones not counted; nobody reads more of them."""


class Summary(NamedTuple):
    """What a run says in short, the evals with the cases that are in it, and how many trials ended how.

    The report has the cases that are worth a look, and no more of them than anybody reads.
    """

    report: Report
    evals: tuple[Eval, ...]
    trials: Mapping[Outcome, int]


def summarize_log(folder: Path) -> Summary:
    """What the run in a folder says, for somebody who looks for what went wrong.

    It takes memory for the ids of the run and for what is in the answer, however long the log is.

    Raises:
        StorageError: The log cannot be read.
    """
    index = index_log(folder)
    run = RunResult(
        run_id=index.head.run_id,
        started_at=index.head.started_at,
        finished_at=index.finished_at,
        plan=index.head.plan,
        results=(),
        canaries=tuple(index.canaries.values()),
        people=read_people(folder),
    )
    shortening = _Shortening()
    reports: list[EvalReport] = []
    shown: list[Eval] = []
    with LogReader(index.path) as reader:
        for part in _parts(index):
            found, cases = _summarize_part(part, run, index=index, reader=reader, shortening=shortening)
            reports += found
            shown.append(part.eval_.model_copy(update={"cases": cases}))
    outcomes = Counter(place.outcome for place in index.results.values() if place)
    return Summary(Report(evals=tuple(reports)), tuple(shown), outcomes)


class _Part(NamedTuple):
    """An eval of a plan with the ids of its cases and of its trials."""

    eval_: Eval
    cases: list[str]
    trials: list[str]


def _parts(index: LogIndex) -> Iterator[_Part]:
    cases: dict[str, list[str]] = {}
    for id, place in index.cases.items():
        cases.setdefault(place.eval_id, []).append(id)
    trials: dict[str, list[str]] = {}
    for id in index.results:
        trials.setdefault(index.cases[_case_of(id)].eval_id, []).append(id)
    for eval_ in index.head.plan.evals:
        if eval_.id in trials:
            yield _Part(eval_, cases.pop(eval_.id), trials.pop(eval_.id))


def _case_of(trial_id: str) -> str:
    return trial_id.partition(":")[2].rpartition("@")[0]


def _summarize_part(
    part: _Part, run: RunResult, *, index: LogIndex, reader: LogReader, shortening: "_Shortening"
) -> tuple[list[EvalReport], tuple[Case, ...]]:
    """What an eval says at each target, and the cases that are shown."""
    trials: dict[str, list[str]] = {}
    for id in part.trials:
        trials.setdefault(_case_of(id), []).append(id)
    people = people_by_case(run.people)
    targets = {card.name: EvalSummary(run, part.eval_, card, shorten=shortening.shorten) for card in run.plan.targets}
    shown: dict[str, Case] = {}
    for case_id in part.cases:
        if case_id not in trials:
            continue
        case = reader.case(index.cases[case_id])
        by_target: dict[str, list[TrialResult | None]] = {}
        for id in trials.pop(case_id):
            found = read_result(reader, index, trial_id=id)
            by_target.setdefault(id.partition(":")[0], []).append(_in_short(found) if found else None)
        for target, results in by_target.items():
            kept = targets[target].add(case, results, people=people.get((target, case_id), ()))
            if shortening.is_shown(kept):
                shown[case_id] = case
    reports = [summary.report() for summary in targets.values() if summary.cases]
    return [shortening.shown(report) for report in reports], tuple(shown.values())


def _in_short(result: TrialResult) -> TrialResult:
    """A result with the figures of its answers alone, and no checks where all passed and none was put to a vote."""
    responses = tuple(response.in_figures() for response in result.responses)
    checks = result.checks if any(_did_not_pass(check) or _was_voted_on(check) for check in result.checks) else ()
    return result.model_copy(update={"responses": responses, "checks": checks})


class _Shortening:
    """What a summary keeps of cases: some that are worth a look whole, and of all others one for each way to end."""

    def __init__(self) -> None:
        self._alike: dict[tuple[object, ...], CaseReport] = {}
        self._left = SHOWN_AT_MOST

    def shorten(self, report: CaseReport) -> CaseReport:
        """The report on a case, or on the first one that ended like it."""
        if _is_open(report) and not report.reason_not_asked and (self._left or report.severity == "critical"):
            self._left -= report.severity != "critical"
            return report
        return self._alike.setdefault(_ending(report), report)

    def is_shown(self, report: CaseReport) -> bool:
        """Whether this is about one case that is worth a look."""
        return _is_open(report) and self._alike.get(_ending(report)) is not report

    def shown(self, report: EvalReport) -> EvalReport:
        """The report on an eval with the cases that are shown, and those that were never asked."""
        cases = tuple(case for case in report.cases if case.reason_not_asked or self.is_shown(case))
        return report.model_copy(update={"cases": cases})


def _ending(case: CaseReport) -> tuple[object, ...]:
    return case.severity, case.outcome, case.repeats, case.reason_not_asked


def _is_open(case: CaseReport) -> bool:
    is_doubted = any(_did_not_pass(check) for trial in case.trials for check in trial.checks)
    return case.outcome != "passed" or is_doubted or bool(case.people)


def _did_not_pass(check: CheckResult) -> bool:
    return check.outcome != "passed"


def _was_voted_on(check: CheckResult) -> bool:
    return any(word.votes for word in check.criteria)
