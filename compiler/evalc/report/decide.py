"""Rules over counts of which some are still open."""

from evalc.model.report import GateVerdict
from evalc.model.rule import Comparison, Operator, holds


def decide_count(passed: int, undecided: int, *, operator: Operator, bound: float) -> GateVerdict:
    """Whether a bound on a count holds however the undecided ones would end: if that differs, it is inconclusive."""
    answers = {holds(count, operator, bound) for count in range(passed, passed + undecided + 1)}
    return _verdict(answers)


def decide_share(passed: int, undecided: int, *, total: int, condition: Comparison) -> GateVerdict:
    """Whether a bound on the share that passed holds however the undecided ones would end; `total` is over 0."""
    answers = {
        holds(count / total, condition.operator, condition.bound) for count in range(passed, passed + undecided + 1)
    }
    return _verdict(answers)


def _verdict(answers: set[bool]) -> GateVerdict:
    if answers == {True}:
        return "passed"
    return "failed" if answers == {False} else "inconclusive"
