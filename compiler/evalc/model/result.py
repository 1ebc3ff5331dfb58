"""What a run gave."""

from typing import Literal

from evalc.model.exchange import Response
from evalc.model.plan import Plan, Trial
from evalc.model.stored import Stored

Outcome = Literal["passed", "failed", "errored", "unscored", "skipped"]
"""`errored` is the world's fault, `unscored` the judge's; only `passed` and `failed` enter a rate."""

Verdict = Literal["met", "not-met", "cannot-tell"]


class CriterionResult(Stored):
    """A judge's word on one criterion: a score on a scale, or a verdict on a met scale. Quotes occur in the answer."""

    criterion: str
    score: float | None = None
    verdict: Verdict | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""


class CheckResult(Stored):
    """What one check said of one answer; `reply` names the answer in a conversation, empty for the last one."""

    check: str
    level: Literal["must", "should"]
    outcome: Outcome
    reason: str
    reply: str = ""
    criteria: tuple[CriterionResult, ...] = ()
    prompt_digests: tuple[str, ...] = ()


class Fault(Stored):
    """Why a trial has no verdict: the class of the failure and its sentence."""

    kind: str
    message: str


class TrialResult(Stored):
    """Everything known of one trial. `responses` holds one answer per turn asked; times are UTC in ISO 8601.

    `attempts` counts all calls that were made for it, of the target and of the judge, failed ones included.
    """

    trial: Trial
    outcome: Outcome
    responses: tuple[Response, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    fault: Fault | None = None
    attempts: int = 0
    judge_cost_usd: float | None = None
    finished_at: str = ""


class RunResult(Stored):
    """A run as read from its log; trials without a result are not in `results`, whose order is the plan's."""

    run_id: str
    started_at: str
    finished_at: str = ""
    plan: Plan
    results: tuple[TrialResult, ...]
