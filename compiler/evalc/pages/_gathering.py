"""A run gathered eval by eval, of which no more is kept than its page holds."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from evalc.model.catalog import Eval
from evalc.model.plan import TargetCard
from evalc.model.report import CaseReport, EvalReport, Tally
from evalc.pages._address import case_path, eval_path, row_of, run_path
from evalc.pages._results import index_cases
from evalc.pages._rundown import (
    CASES_SHOWN,
    EVALS_SHOWN,
    FLIPS_SHOWN,
    CaseLine,
    Ending,
    EvalLines,
    EvalRun,
    Run,
    RunFlip,
)

Shown = TypeVar("Shown")


class Gathering:
    """What one run says, while its evals come one after the other; it has at least one."""

    def __init__(self) -> None:
        self._first: EvalReport | None = None
        self._targets: dict[str, TargetCard] = {}
        self._judges: dict[str, TargetCard] = {}
        self._verdicts: Counter[str] = Counter()
        self._tally: Counter[str] = Counter()
        self._costs: list[float | None] = []
        # Each by whether it is settled: what is not comes first, wherever it stands in the run.
        self._evals: dict[bool, list[EvalRun]] = {False: [], True: []}
        self._groups: dict[bool, list[EvalLines]] = {False: [], True: []}
        self._found = 0
        self._cases = 0
        # By whether it is a loss.
        self._flips: dict[bool, list[RunFlip]] = {True: [], False: []}
        self._flipped: Counter[bool] = Counter()

    def add(self, eval_: Eval, asked: Sequence[EvalReport], *, flips: Sequence[RunFlip]) -> None:
        """Take an eval with its reports in this run, and what flipped in them since the run before."""
        found = self._add(eval_.id, asked, title=eval_.title, path=eval_path(eval_.id), has_flips=bool(flips))
        self._add_cases(EvalLines(found, tuple(_lines(eval_, asked))))
        for flip in flips:
            self._flipped[flip.flip.is_loss] += 1
            _append(self._flips[flip.flip.is_loss], flip, FLIPS_SHOWN)

    def add_gone(self, id_: str, asked: Sequence[EvalReport]) -> None:
        """Take the reports of an eval that the catalog has no more."""
        self._add(id_, asked, title=id_, path="", has_flips=False)

    def rundown(self) -> Run:
        """The run, now that all of its evals are known."""
        assert self._first is not None, "a run has a report"
        groups = tuple(_fitting([*self._groups[False], *self._groups[True]]))
        costs = [cost for cost in self._costs if cost is not None]
        return Run(
            id=self._first.run_id,
            path=run_path(self._first.run_id),
            started_at=self._first.started_at,
            finished_at=self._first.finished_at,
            targets=tuple(self._targets[name] for name in sorted(self._targets)),
            judges=tuple(self._judges[name] for name in sorted(self._judges)),
            verdicts=self._verdicts,
            tally=Tally(**self._tally),
            duration_s=self._first.duration_s,
            cost_usd=sum(costs) if len(costs) == len(self._costs) else None,
            evals=(*self._evals[False], *self._evals[True])[:EVALS_SHOWN],
            evals_found=self._found,
            flips=(*self._flips[True], *self._flips[False])[:FLIPS_SHOWN],
            flips_found=self._flipped.total(),
            losses=self._flipped[True],
            groups=groups,
            cases_left_out=self._cases - sum(len(group.cases) for group in groups),
        )

    def _add(self, id_: str, asked: Sequence[EvalReport], *, title: str, path: str, has_flips: bool) -> EvalRun:
        for report in asked:
            self._first = self._first or report.model_copy(update={"cases": ()})
            self._targets[report.target.name] = report.target
            if report.judge:
                self._judges[report.judge.name] = report.judge
            self._verdicts[report.gate.verdict] += 1
            self._tally.update(report.tally.model_dump())
            self._costs.append(report.cost_usd)
        endings = {report.target.name: Ending(report.gate.verdict, report.tally) for report in asked}
        is_settled = not has_flips and all(report.gate.verdict == "passed" for report in asked)
        found = EvalRun(id_, title, path, endings, is_settled)
        self._found += 1
        _append(self._evals[is_settled], found, EVALS_SHOWN)
        return found

    def _add_cases(self, lines: EvalLines) -> None:
        was_small = self._cases <= CASES_SHOWN
        self._cases += len(lines.cases)
        if self._cases <= CASES_SHOWN:
            self._groups[lines.eval_run.is_settled].append(lines)
            return
        if was_small:
            self._groups = {is_settled: list(map(_unsettled, groups)) for is_settled, groups in self._groups.items()}
        open_lines = _unsettled(lines)
        if open_lines.cases:
            # Each of them has a case, so that so many evals are enough.
            _append(self._groups[lines.eval_run.is_settled], open_lines, CASES_SHOWN)


def _append(shown: list[Shown], found: Shown, most: int) -> None:
    if len(shown) < most:
        shown.append(found)


def _fitting(groups: Iterable[EvalLines]) -> Iterator[EvalLines]:
    """As many cases as a page holds; evals without one to show are left out."""
    room = CASES_SHOWN
    for group in groups:
        if shown := group.cases[:room]:
            yield EvalLines(group.eval_run, shown)
            room -= len(shown)


def _unsettled(group: EvalLines) -> EvalLines:
    return EvalLines(group.eval_run, tuple(line for line in group.cases if not line.is_settled))


def _lines(eval_: Eval, asked: Sequence[EvalReport]) -> Iterator[CaseLine]:
    indexed = {report.target.name: index_cases(report, eval_) for report in asked}
    for case in eval_.cases:
        cells = {name: _in_short(cases[case.id]) for name, cases in indexed.items() if case.id in cases}
        if cells:
            yield CaseLine(case_path(case.id), case.title, case.severity, row_of(case), cells)


def _in_short(found: CaseReport) -> CaseReport:
    return found.model_copy(update={"trials": ()}) if found.trials else found
