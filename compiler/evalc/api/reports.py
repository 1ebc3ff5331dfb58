"""The report of all runs, read from their logs."""

from pathlib import Path

from evalc.analysis.compilation import without_collecting
from evalc.model.report import EvalReport, Report
from evalc.report.summarize import summarize
from evalc.store.errors import StorageError
from evalc.store.read import list_runs, read_run


def load_report(results: Path) -> tuple[Report, tuple[str, ...]]:
    """What all runs below a folder say, and a sentence for each log that is damaged or cannot be read.

    Only the newest report of an eval at a target holds its trials; of earlier ones there are the outcomes of cases,
    for many runs with all of their answers would not fit into memory.
    """
    newest: dict[tuple[str, str], int] = {}
    reports: list[EvalReport] = []
    problems: list[str] = []
    for folder in list_runs(results):
        # A run is small values by the hundred thousand, nearly all of which stay until its report is made.
        with without_collecting():
            try:
                run, findings = read_run(folder)
            except StorageError as failure:
                problems.append(str(failure))
                continue
            problems += [f"{folder}: {finding.message}" for finding in findings]
            for report in summarize([run]).evals:
                _add(report, reports, newest)
    return Report(evals=tuple(sorted(reports, key=_moment, reverse=True))), tuple(problems)


def _add(report: EvalReport, reports: list[EvalReport], newest: dict[tuple[str, str], int]) -> None:
    """Append a report; of it and the one that was newest until now, the older one gives up its trials."""
    at = newest.get((report.eval_id, report.target.name))
    if at is not None and _moment(report) < _moment(reports[at]):
        reports.append(_without_trials(report))
        return
    if at is not None:
        reports[at] = _without_trials(reports[at])
    newest[report.eval_id, report.target.name] = len(reports)
    reports.append(report)


def _moment(report: EvalReport) -> tuple[str, str]:
    return report.started_at, report.run_id


def _without_trials(report: EvalReport) -> EvalReport:
    cases = tuple(case.model_copy(update={"trials": ()}) for case in report.cases)
    return report.model_copy(update={"cases": cases})
