"""What earlier runs said: of one case, run by run."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case, Eval
from evalc.model.report import CaseReport, EvalReport
from evalc.pages._address import run_path
from evalc.pages._results import index_cases
from evalc.pages.contract import Library

RUNS_SHOWN = 20
"""How many runs a history shows; all of them are in the logs."""


@dataclass(frozen=True, slots=True)
class CaseRun:
    """One case in one run, at each target of its history; `is_changed` where the case says something else by now."""

    path: str
    started_at: str
    cells: tuple[CaseReport | None, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """One case over its newest runs, newest first; `targets` are the names of the columns."""

    targets: tuple[str, ...]
    runs: tuple[CaseRun, ...]


def case_history(library: Library, eval_: Eval, *, case: Case) -> CaseHistory:
    """How a case ended in each run that it was in."""
    found: dict[str, list[tuple[EvalReport, CaseReport]]] = {}
    for report in library.reports_of(eval_.id):
        if case_report := index_cases(report, eval_).get(case.id):
            found.setdefault(report.run_id, []).append((report, case_report))
    newest = list(found.values())[:RUNS_SHOWN]
    targets = tuple(sorted({report.target.name for run in newest for report, _ in run}))
    return CaseHistory(targets, tuple(_view_run(run, targets, case) for run in newest))


def _view_run(run: Sequence[tuple[EvalReport, CaseReport]], targets: Sequence[str], case: Case) -> CaseRun:
    by_target = {report.target.name: case_report for report, case_report in run}
    first = run[0][0]
    return CaseRun(
        path=run_path(first.run_id),
        started_at=first.started_at,
        cells=tuple(by_target.get(target) for target in targets),
        is_changed=any(case_report.fingerprint != case.fingerprint for _, case_report in run),
    )
