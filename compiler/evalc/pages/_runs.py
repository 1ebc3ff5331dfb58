"""Runs as wholes: who was asked what, and how it ended."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from evalc.model.catalog import Eval
from evalc.model.report import EvalReport
from evalc.pages._flips import find_flips
from evalc.pages._gathering import Gathering
from evalc.pages._rundown import Run, RunFlip
from evalc.pages.contract import Library


@lru_cache(maxsize=2)
def runs_of(library: Library) -> Mapping[str, Run]:
    """All runs by their ids, newest first. Evals are looked at one after the other, each with all of its runs."""
    found = {run_id: Gathering() for run_id in library.run_ids()}
    for head in library.heads:
        if reports := library.reports_of(head.id):
            eval_ = library.eval(head.id)
            for run_id, asked in _by_run(reports).items():
                found[run_id].add(eval_, asked, flips=tuple(_flips(eval_, asked, reports)))
    for id_ in library.gone_evals():
        for run_id, asked in _by_run(library.reports_of(id_)).items():
            found[run_id].add_gone(id_, asked)
    return {run_id: gathering.rundown() for run_id, gathering in found.items()}


def _by_run(reports: Sequence[EvalReport]) -> dict[str, list[EvalReport]]:
    found: dict[str, list[EvalReport]] = {}
    for report in reports:
        found.setdefault(report.run_id, []).append(report)
    return found


def _flips(eval_: Eval, asked: Sequence[EvalReport], reports: Sequence[EvalReport]) -> Iterator[RunFlip]:
    for report in asked:
        same = [each for each in reports if each.target.name == report.target.name]
        at = next(at for at, each in enumerate(same) if each is report)
        for before in same[at + 1 : at + 2]:
            for flip in find_flips(before, report, eval_=eval_):
                yield RunFlip(eval_.title, report.target, flip)
