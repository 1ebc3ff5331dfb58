"""Runs as wholes: who was asked what, and how it ended."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Eval
from evalc.model.plan import TargetCard
from evalc.model.report import EvalReport, Tally
from evalc.pages._address import eval_path, run_path
from evalc.pages._flips import CaseFlip, find_flips
from evalc.pages.contract import Library


@dataclass(frozen=True, slots=True)
class RunFlip:
    """A flip since the run before, with the eval and the target that it was found at."""

    eval_: Eval
    target: TargetCard
    flip: CaseFlip


@dataclass(frozen=True, slots=True)
class EvalRun:
    """One eval in a run, at each target of the run in order of names; `path` is empty for an eval that is gone."""

    id: str
    title: str
    path: str
    eval_: Eval | None
    reports: tuple[EvalReport | None, ...]
    flips: tuple[RunFlip, ...]

    @property
    def is_settled(self) -> bool:
        """Whether it passed at every target, and no case flipped."""
        return not self.flips and all(report.gate.verdict == "passed" for report in self.reports if report)


@dataclass(frozen=True, slots=True)
class Run:
    """A run, in short. `cost_usd` is None where a part of it is unknown."""

    id: str
    path: str
    started_at: str
    finished_at: str
    targets: tuple[TargetCard, ...]
    judges: tuple[TargetCard, ...]
    evals: int
    verdicts: Mapping[str, int]
    tally: Tally
    duration_s: float | None
    cost_usd: float | None


def view_run(library: Library, run_id: str) -> Run:
    """A run's facts, and how its evals and cases ended over all targets."""
    reports = library.run(run_id)
    first = reports[0]
    costs = [report.cost_usd for report in reports if report.cost_usd is not None]
    return Run(
        id=run_id,
        path=run_path(run_id),
        started_at=first.started_at,
        finished_at=first.finished_at,
        targets=_cards(report.target for report in reports),
        judges=_cards(report.judge for report in reports if report.judge),
        evals=len({report.eval_id for report in reports}),
        verdicts=Counter(report.gate.verdict for report in reports),
        tally=_sum(report.tally for report in reports),
        duration_s=first.duration_s,
        cost_usd=sum(costs) if len(costs) == len(reports) else None,
    )


def list_evals(library: Library, run: Run) -> tuple[EvalRun, ...]:
    """The evals of a run: those first that something is wrong with or that have flips."""
    found: dict[str, dict[str, EvalReport]] = {}
    for report in library.run(run.id):
        found.setdefault(report.eval_id, {})[report.target.name] = report
    names = [target.name for target in run.targets]
    evals = [_view_eval(library, [of.get(name) for name in names]) for of in found.values()]
    return tuple(sorted(evals, key=lambda each: each.is_settled))


def _view_eval(library: Library, reports: Sequence[EvalReport | None]) -> EvalRun:
    asked = [report for report in reports if report]
    id_, eval_ = asked[0].eval_id, library.eval_of(asked[0])
    return EvalRun(
        id=id_,
        title=eval_.title if eval_ else id_,
        path=eval_path(eval_.id) if eval_ else "",
        eval_=eval_,
        reports=tuple(reports),
        flips=tuple(_flips(library, eval_, asked)) if eval_ else (),
    )


def _flips(library: Library, eval_: Eval, reports: Sequence[EvalReport]) -> list[RunFlip]:
    return [
        RunFlip(eval_, report.target, flip)
        for report in reports
        if (before := library.before(report))
        for flip in find_flips(before, report, eval_=eval_)
    ]


def _cards(cards: Iterable[TargetCard]) -> tuple[TargetCard, ...]:
    found = {card.name: card for card in cards}
    return tuple(found[name] for name in sorted(found))


def _sum(tallies: Iterable[Tally]) -> Tally:
    counts: Counter[str] = Counter()
    for tally in tallies:
        counts.update(tally.model_dump())
    return Tally(**counts)
