"""What earlier runs said, run by run: of an eval and of one case."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case, Eval
from evalc.model.report import CaseReport, EvalReport
from evalc.pages._address import run_path
from evalc.pages._flips import CaseFlip, find_flips
from evalc.pages._results import index_cases
from evalc.pages.contract import Library

RUNS_SHOWN = 20
"""How many runs a history shows; all of them are in the logs."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One run of an eval at one target. `x` is its place in the chart, 0 to 1.

    `is_break` is true where the eval said something else than in the run before, so that their rates do not compare.
    """

    report: EvalReport
    path: str
    x: float
    is_break: bool
    flips: tuple[CaseFlip, ...]

    @property
    def lost(self) -> int:
        """How many cases passed in the run before and fail here."""
        return sum(flip.is_loss for flip in self.flips)


@dataclass(frozen=True, slots=True)
class EvalHistory:
    """One target's newest runs of an eval, oldest first; `number` is the target's among those of the eval."""

    number: int
    target: str
    moments: tuple[Moment, ...]

    @property
    def decided(self) -> tuple[Moment, ...]:
        """The runs that have a rate."""
        return tuple(moment for moment in self.moments if moment.report.tally.rate is not None)

    @property
    def lines(self) -> tuple[tuple[Moment, Moment], ...]:
        """Neighbours that a line may join: both have a rate, and the eval said the same in both."""
        neighbours = zip(self.moments, self.moments[1:], strict=False)
        decided = {id(moment) for moment in self.decided}
        return tuple(
            (one, next_)
            for one, next_ in neighbours
            if id(one) in decided and id(next_) in decided and not next_.is_break
        )


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


def eval_histories(library: Library, eval_: Eval) -> tuple[EvalHistory, ...]:
    """The runs of an eval, target by target in order of their names; none where no target was asked twice."""
    found: dict[str, list[EvalReport]] = {}
    for report in library.reports_of(eval_.id):
        found.setdefault(report.target.name, []).append(report)
    if all(len(reports) == 1 for reports in found.values()):
        return ()
    return tuple(
        EvalHistory(number, name, _moments(found[name], eval_)) for number, name in enumerate(sorted(found), 1)
    )


def case_history(library: Library, eval_: Eval, *, case: Case) -> CaseHistory:
    """How a case ended in each run that it was in."""
    found: dict[str, list[tuple[EvalReport, CaseReport]]] = {}
    for report in library.reports_of(eval_.id):
        if case_report := index_cases(report, eval_).get(case.id):
            found.setdefault(report.run_id, []).append((report, case_report))
    newest = list(found.values())[:RUNS_SHOWN]
    targets = tuple(sorted({report.target.name for run in newest for report, _ in run}))
    return CaseHistory(targets, tuple(_view_run(run, targets, case) for run in newest))


def _moments(newest_first: Sequence[EvalReport], eval_: Eval) -> tuple[Moment, ...]:
    reports = newest_first[:RUNS_SHOWN][::-1]
    found = []
    for at, report in enumerate(reports):
        before = reports[at - 1] if at else None
        found.append(
            Moment(
                report=report,
                path=run_path(report.run_id),
                x=at / (len(reports) - 1) if len(reports) > 1 else 0.5,
                is_break=before is not None and before.eval_fingerprint != report.eval_fingerprint,
                flips=find_flips(before, report, eval_=eval_) if before else (),
            )
        )
    return tuple(found)


def _view_run(run: Sequence[tuple[EvalReport, CaseReport]], targets: Sequence[str], case: Case) -> CaseRun:
    by_target = {report.target.name: case_report for report, case_report in run}
    first = run[0][0]
    return CaseRun(
        path=run_path(first.run_id),
        started_at=first.started_at,
        cells=tuple(by_target.get(target) for target in targets),
        is_changed=any(case_report.fingerprint != case.fingerprint for _, case_report in run),
    )
