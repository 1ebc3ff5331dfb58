"""Rules over counts of which some are still open."""

from collections import Counter
from collections.abc import Sequence

from evalc.model.catalog import Case
from evalc.model.report import GateVerdict
from evalc.model.result import Outcome
from evalc.model.rule import Comparison, Operator, holds

_OPEN: tuple[Outcome, ...] = ("unscored", "errored", "skipped")


def case_outcome(case: Case, outcomes: Sequence[Outcome]) -> Outcome:
    """How a case ended, by its own rule over its repeats; a repeat without a result is skipped.

    Without a rule every repeat must pass. Repeats without a verdict count only when they could turn the outcome.
    """
    counts = Counter(outcomes)
    undecided = len(outcomes) - counts["passed"] - counts["failed"]
    condition = case.rule.conditions[0] if case.rule else None
    if isinstance(condition, Comparison):
        verdict = decide_count(counts["passed"], undecided, operator=condition.operator, bound=condition.bound)
    else:
        verdict = decide_count(counts["passed"], undecided, operator="=", bound=len(outcomes))
    if verdict != "inconclusive":
        return verdict
    return next(kind for kind in _OPEN if counts[kind])


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
