"""From a check of the model and an answer to the check's result."""

from collections.abc import Sequence

from evalc.base.family import find_member
from evalc.checks._verbs import FAMILY
from evalc.checks.contract import Answered, CheckType, Finding, JudgedCheck, PlainCheck
from evalc.model.catalog import Check, Rubric
from evalc.model.result import CheckResult, CriterionResult, Outcome


def evaluate_plain(check: Check, answered: Answered, *, reply: str = "") -> CheckResult:
    """What a check that code decides says of an answer; `reply` names the answer in a conversation.

    Where it cannot be decided, because the endpoint did not say what it needs, the outcome is `errored`.
    """
    member = open_check(check)
    assert isinstance(member, PlainCheck), check.verb
    return _result(check, member.evaluate(answered), reply=reply, undecided="errored")


def open_judged(check: Check) -> JudgedCheck:
    """The member of a check that a judge decides."""
    member = open_check(check)
    assert isinstance(member, JudgedCheck), check.verb
    return member


def judged_result(
    check: Check,
    member: JudgedCheck,
    *,
    results: Sequence[CriterionResult],
    rubrics: Sequence[Rubric],
    reply: str = "",
) -> CheckResult:
    """What a judged check says when each of its questions has a reply, in their order.

    Where the judge could not tell, the outcome is `unscored`.
    """
    found = _result(check, member.verdict(results, rubrics), reply=reply, undecided="unscored")
    return found.model_copy(update={"criteria": tuple(results)})


def open_check(check: Check) -> CheckType:
    """The member of a check, with its arguments.

    Raises:
        LookupError: no member has this verb: the spec was compiled where more packages were installed.
    """
    member: type[CheckType] | None = find_member(FAMILY, check.verb, CheckType)
    if member is None:
        raise LookupError(f"{check.id} needs the check `{check.verb}`, which is not installed here")
    return member.model_validate(check.arguments)


def _result(check: Check, finding: Finding, *, reply: str, undecided: Outcome) -> CheckResult:
    outcome = undecided
    if finding.is_true is not None:
        outcome = "passed" if finding.is_true != check.is_negated else "failed"
    return CheckResult(check=check.name, level=check.level, outcome=outcome, reason=finding.reason, reply=reply)
