"""Cases that passed in one report and failed in another."""

from dataclasses import dataclass

from evalc.model.catalog import SEVERITIES, Case, Eval
from evalc.model.report import CaseReport, EvalReport
from evalc.pages._results import index_cases
from evalc.pages._scoring import all_checks


@dataclass(frozen=True, slots=True)
class CaseFlip:
    """A case that ended otherwise, though it asks and checks the same and the same judge judged it."""

    case: Case
    before: CaseReport
    after: CaseReport

    @property
    def is_loss(self) -> bool:
        """Whether it passed before and fails now."""
        return self.after.outcome == "failed"


def find_flips(before: EvalReport, after: EvalReport, *, eval_: Eval) -> tuple[CaseFlip, ...]:
    """The flips from one report to another: losses before gains, the gravest first."""
    earlier, later = index_cases(before, eval_), index_cases(after, eval_)
    is_same_judge = before.judge == after.judge
    found = [
        CaseFlip(case, earlier[case.id], later[case.id])
        for case in eval_.cases
        if case.id in earlier and case.id in later
    ]
    flips = [flip for flip in found if _is_flip(flip) and (is_same_judge or not _is_judged(flip.case))]
    return tuple(sorted(flips, key=lambda flip: (not flip.is_loss, SEVERITIES.index(flip.case.severity))))


def _is_flip(flip: CaseFlip) -> bool:
    outcomes = {flip.before.outcome, flip.after.outcome}
    return outcomes == {"passed", "failed"} and flip.before.fingerprint == flip.after.fingerprint


def _is_judged(case: Case) -> bool:
    return any(check.is_judged for check in all_checks(case))
