"""The decision about one eval at one target."""

from collections.abc import Sequence

from evalc.model.catalog import Eval
from evalc.model.report import CaseReport, ConditionReport, Gate, GateVerdict, Tally
from evalc.model.rule import Comparison, Condition
from evalc.report.decide import decide_share
from evalc.report.tally import tally_cases

ALL_PASS = Comparison(subject="overall", operator="=", bound=1.0, unit="share")
"""What decides an eval without a rule of its own: every case passes."""


def decide_gate(eval_: Eval, cases: Sequence[CaseReport]) -> Gate:
    """Whether this eval passes by its own rule."""
    return decide_by(conditions_of(eval_), cases)


def conditions_of(eval_: Eval) -> tuple[Condition, ...]:
    """What decides an eval."""
    return eval_.rule.conditions if eval_.rule else (ALL_PASS,)


def decide_by(demanded: Sequence[Condition], cases: Sequence[CaseReport]) -> Gate:
    """Whether cases pass: a failed critical case first, then the conditions, then what is still open.

    Cases without a verdict make a condition inconclusive when their verdict could turn it.
    """
    conditions = tuple(_decide(condition, cases) for condition in demanded)
    failed_critical = [case for case in cases if case.severity == "critical" and case.outcome == "failed"]
    if failed_critical:
        count = len(failed_critical)
        reason = f"{count} critical case{'s' if count > 1 else ''} failed: {_names(failed_critical)}"
        return Gate(verdict="failed", reason=reason, conditions=conditions)
    verdicts: tuple[GateVerdict, ...] = ("failed", "inconclusive")
    for verdict in verdicts:
        hits = [condition for condition in conditions if condition.verdict == verdict]
        if hits:
            reason = "; ".join(f"{hit.words}: {hit.found}" for hit in hits)
            return Gate(verdict=verdict, reason=reason, conditions=conditions)
    open_critical = [case for case in cases if case.severity == "critical" and case.outcome != "passed"]
    if open_critical:
        reason = f"no verdict on critical cases: {_names(open_critical)}"
        return Gate(verdict="inconclusive", reason=reason, conditions=conditions)
    return Gate(verdict="passed", reason="every condition holds", conditions=conditions)


def describe(condition: Comparison) -> str:
    """A condition on a share in the words of the language, such as `critical = 100%`."""
    return f"{condition.subject} {condition.operator} {condition.bound * 100:g}%"


def _decide(condition: Condition, cases: Sequence[CaseReport]) -> ConditionReport:
    assert isinstance(condition, Comparison), "an eval's rule compares shares; analysis refuses the rest"
    words = describe(condition)
    meant = [case for case in cases if condition.subject in ("overall", case.severity)]
    if not meant:
        return ConditionReport(words=words, found="no such case was run", verdict="passed")
    tally = tally_cases(meant)
    undecided = tally.total - tally.decided
    verdict = decide_share(tally.passed, undecided, total=tally.total, condition=condition)
    return ConditionReport(words=words, found=_found(tally, undecided), verdict=verdict)


def _found(tally: Tally, undecided: int) -> str:
    found = f"{tally.passed} of {tally.total} passed ({tally.passed / tally.total:.0%})"
    return f"{found}, {undecided} without a verdict" if undecided else found


def _names(cases: Sequence[CaseReport]) -> str:
    names = [case.case_id.split("/", 2)[-1] for case in cases]
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
