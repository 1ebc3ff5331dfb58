"""What can be compared about an eval: the newest run of each target with the one before, and targets with the best."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from evalc.model.catalog import Eval
from evalc.model.report import CaseReport, EvalReport
from evalc.model.verdicts.comparison import CaseScore, Side, TargetComparison
from evalc.pages._results import Results, index_cases, results_of
from evalc.pages.contract import Library
from evalc.report.compare import compare_scores
from evalc.report.scores import Scored, is_judged


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of an eval: of one target in two runs, or of two targets, the best one first."""

    kind: Literal["runs", "targets"]
    before: EvalReport
    after: EvalReport


def pairs_of(library: Library, eval_: Eval) -> Iterator[Pair]:
    """The pairs that a page compares; both targets of a pair are those of their newest runs."""
    results = results_of(library, eval_.id)
    for target in results.targets:
        if before := library.before(target.report):
            yield Pair("runs", before, target.report)
    if best := _best(results):
        for target in results.targets:
            if target.report is not best:
                yield Pair("targets", best, target.report)


def is_compared(library: Library, eval_id: str) -> bool:
    """Whether there is a pair of reports of an eval to compare."""
    return library.was_asked_twice(eval_id) or any(pairs_of(library, library.eval(eval_id)))


def compare_pair(pair: Pair, eval_: Eval) -> TargetComparison | None:
    """What became of the cases, or None where each of them ended as before, so that nothing needs a test."""
    before, after = _score(pair.before, eval_), _score(pair.after, eval_)
    if _said(before.scores) == _said(after.scores):
        return None
    return compare_scores(before, after, cases={case.id: case for case in eval_.cases})


def _best(results: Results) -> EvalReport | None:
    return results.best.report if results.best and len(results.targets) > 1 else None


def _score(report: EvalReport, eval_: Eval) -> Scored:
    judge = report.judge.fingerprint if report.judge else ""
    found = index_cases(report, eval_)
    side = Side(run_id=report.run_id, started_at=report.started_at, target=report.target, judge=report.judge)
    scores = {
        case.id: _score_case(found[case.id], case.id, judge=judge if is_judged(case) else "")
        for case in eval_.cases
        if case.id in found
    }
    return Scored(side, scores)


def _score_case(found: CaseReport, id_: str, *, judge: str) -> CaseScore:
    return CaseScore(
        case_id=id_, fingerprint=found.fingerprint, outcome=found.outcome, repeats=found.repeats, judge=judge
    )


def _said(scores: Mapping[str, CaseScore]) -> list[CaseScore]:
    return [scores[id_] for id_ in sorted(scores)]
