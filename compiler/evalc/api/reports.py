"""The report of all runs, read from their logs."""

from pathlib import Path

from evalc.analysis.compilation import without_collecting
from evalc.model.report import CaseReport, EvalReport, Report
from evalc.report.summarize import summarize
from evalc.store.errors import StorageError
from evalc.store.read import list_runs, read_run


def load_report(results: Path) -> tuple[Report, tuple[str, ...]]:
    """What all runs below a folder say, and a sentence for each log that is damaged or cannot be read.

    Only the newest report of an eval at a target holds its trials; of earlier ones there are the outcomes of cases,
    for many runs with all of their answers would not fit into memory.
    """
    shelf = _Shelf()
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
                shelf.add(report)
    return Report(evals=tuple(sorted(shelf.reports, key=_moment, reverse=True))), tuple(problems)


class _Shelf:
    """Reports in the order of their runs, of which only the newest of an eval at a target is whole."""

    def __init__(self) -> None:
        self.reports: list[EvalReport] = []
        self._newest: dict[tuple[str, str], int] = {}
        self._cases: dict[CaseReport, CaseReport] = {}

    def add(self, report: EvalReport) -> None:
        """Append a report; of it and the one that was newest until now, the older one gives up its trials."""
        key = (report.eval_id, report.target.name)
        at = self._newest.get(key)
        if at is not None and _moment(report) < _moment(self.reports[at]):
            self.reports.append(self._without_trials(report))
            return
        if at is not None:
            self.reports[at] = self._without_trials(self.reports[at])
        self._newest[key] = len(self.reports)
        self.reports.append(report)

    def _without_trials(self, report: EvalReport) -> EvalReport:
        bare = [case.model_copy(update={"trials": ()}) for case in report.cases]
        # A case mostly ends as it did before, so runs share what is the same.
        return report.model_copy(update={"cases": tuple(self._cases.setdefault(case, case) for case in bare)})


def _moment(report: EvalReport) -> tuple[str, str]:
    return report.started_at, report.run_id
