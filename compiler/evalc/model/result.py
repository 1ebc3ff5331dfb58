"""What a run gave."""

from typing import Literal

from evalc.model.exchange import Response
from evalc.model.plan import Canary, Plan, Trial
from evalc.model.stored import Kept, Stored

Outcome = Literal["passed", "failed", "errored", "unscored", "skipped"]
"""`errored` is the world's fault, `unscored` the judge's; only `passed` and `failed` enter a rate."""

Verdict = Literal["met", "not-met", "cannot-tell"]


class Vote(Kept):
    """What one judge of a panel said of one criterion when asked for the `sample`-th time, counted from 1.

    `problem` says why it gave no word; all else is empty then.
    """

    judge: str
    sample: int = 1
    score: float | None = None
    verdict: Verdict | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    problem: str = ""


class CriterionResult(Kept):
    """A judge's word on one criterion: a score on a scale, or a verdict on a met scale. Quotes occur in the answer.

    `votes` are what a panel's word was made of, empty where one judge was asked once.
    """

    criterion: str
    score: float | None = None
    verdict: Verdict | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    votes: tuple[Vote, ...] = ()


class CheckResult(Kept):
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


class Attempt(Stored):
    """One call of a target or a judge, by its name; `key` is that of the prompt, times are UTC in ISO 8601.

    `cost_usd` of a call that failed is what it may have cost, for some are charged all the same. It is None where no
    price is known.
    """

    asked: str
    purpose: Literal["answer", "judgement"]
    key: str
    started_at: str
    duration_s: float
    fault: Fault | None = None
    model: str = ""
    finish_reason: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    cost_usd: float | None = None


class TrialResult(Kept):
    """Everything known of one trial. `responses` holds one answer per turn asked; times are UTC in ISO 8601.

    `attempts` counts all calls that were made for it, of the target and of the judge, failed ones included.
    `failed_attempts` are those that gave no answer.
    """

    trial: Trial
    outcome: Outcome
    responses: tuple[Response, ...] = ()
    checks: tuple[CheckResult, ...] = ()
    fault: Fault | None = None
    attempts: int = 0
    failed_attempts: tuple[Attempt, ...] = ()
    judge_cost_usd: float | None = None
    finished_at: str = ""

    @property
    def cost_usd(self) -> float | None:
        """What all its calls cost, what failed ones may have cost included, or None where that is not known."""
        answers = [response.cost_usd for response in self.responses]
        failures = [attempt.cost_usd for attempt in self.failed_attempts]
        costs = [*answers, *failures, *([self.judge_cost_usd] if self.judge_cost_usd is not None else [])]
        known = [cost for cost in costs if cost is not None]
        # A sum with an unknown part would look like the whole price.
        return sum(known) if costs and len(known) == len(costs) else None


class CanaryResult(Stored):
    """What the judge made of a canary; `outcome` is that of its check, as if an answer had been judged."""

    canary: Canary
    outcome: Outcome
    check: CheckResult
    attempts: int = 0
    cost_usd: float | None = None

    @property
    def is_caught(self) -> bool:
        """Whether the judge was wrong for certain: it failed a good answer or passed a bad one."""
        return self.outcome == ("failed" if self.canary.should_pass else "passed")


class PersonVerdict(Stored):
    """What a person says of a check's result, and why; it stands beside the result and never replaces it.

    `verdict` is `passed` or `failed`; with a `criterion` it is `met`, `not-met` or a score as a number. `reply` names
    the answer in a conversation, empty for the last one. `at` is UTC in ISO 8601.
    """

    trial_id: str
    reply: str = ""
    check: str
    criterion: str = ""
    verdict: str
    by: str
    reason: str
    at: str


class RunResult(Stored):
    """A run as read from its log; trials without a result are not in `results`, whose order is the plan's.

    `canaries` says how far its judge can be trusted, and `people` what persons said of results since.
    """

    run_id: str
    started_at: str
    finished_at: str = ""
    plan: Plan
    results: tuple[TrialResult, ...]
    canaries: tuple[CanaryResult, ...] = ()
    people: tuple[PersonVerdict, ...] = ()
