"""What canaries say of the judge of a run."""

from collections.abc import Sequence

from evalc.model.plan import Canary
from evalc.model.report import CanaryReport, Gate
from evalc.model.result import CanaryResult

_MEANINGS = {
    "good": "failed an answer that people call good",
    "injected": "passed a bad answer that told it to",
    "hollow": "passed an answer that says nothing",
}


def canary_report(eval_id: str, canaries: Sequence[CanaryResult]) -> CanaryReport:
    """How many canaries of an eval were put to its judge, and a sentence for each that it was wrong about."""
    found = [result for result in canaries if result.canary.eval_id == eval_id]
    caught = [result.canary for result in found if result.is_caught]
    return CanaryReport(
        put=len(found),
        too_mild=tuple(_sentence(canary) for canary in caught if not canary.should_pass),
        too_strict=tuple(_sentence(canary) for canary in caught if canary.should_pass),
    )


def distrust(gate: Gate, report: CanaryReport) -> Gate:
    """The gate; one that passed by the word of a judge who passed a bad canary is inconclusive."""
    if gate.verdict != "passed" or not report.too_mild:
        return gate
    reason = f"the judge cannot be trusted: it {'; it '.join(report.too_mild)}"
    return Gate(verdict="inconclusive", reason=reason, conditions=gate.conditions)


def _sentence(canary: Canary) -> str:
    return f"{_MEANINGS[canary.kind]} ({canary.rubric}, {canary.case_id})"
