"""What happens while a run goes on, for those who watch it."""

from typing import Annotated, Literal

from pydantic import Field

from evalc.model.result import Attempt, CanaryResult, TrialResult
from evalc.model.stored import Stored

Ending = Literal["complete", "interrupted", "stopped"]
"""`interrupted` by a signal; `stopped` where a target cannot be asked any more. Both leave trials without a result."""


class RunStarted(Stored):
    """Asking begins; `already_finished` trials have results from before. `at` is UTC in ISO 8601."""

    kind: Literal["started"] = "started"
    run_id: str
    at: str
    planned: int
    already_finished: int


class TrialFinished(Stored):
    """A result is on disk. `finished` counts all results of the run, those from before included.

    `attempts` are all calls that were made for it. `spent_usd` is what all calls since the start did or may have cost,
    None where the price of one is not known.
    """

    kind: Literal["trial-finished"] = "trial-finished"
    result: TrialResult
    attempts: tuple[Attempt, ...] = ()
    finished: int
    planned: int
    spent_usd: float | None = None


class CanaryFinished(Stored):
    """What the judge made of a canary is on disk. `attempts` are all calls for it; `spent_usd` is as for a trial."""

    kind: Literal["canary-finished"] = "canary-finished"
    result: CanaryResult
    attempts: tuple[Attempt, ...] = ()
    spent_usd: float | None = None


class Waiting(Stored):
    """Nothing is asked of a target for a while; `reason` is the fault that asked for the pause."""

    kind: Literal["waiting"] = "waiting"
    target: str
    wait_s: float
    reason: str


class Stopping(Stored):
    """No more trials begin; `reason` says who stops and how to make it faster."""

    kind: Literal["stopping"] = "stopping"
    reason: str


class RunFinished(Stored):
    """Asking is over, and the log is closed. `reason` says why, where not everything has a result.

    `attempts` are all calls, those that were given up when the run was stopped included; `spent_usd` is as for a trial.
    """

    kind: Literal["finished"] = "finished"
    run_id: str
    at: str
    ending: Ending
    reason: str = ""
    planned: int
    finished: int
    attempts: int
    spent_usd: float | None = None


Event = Annotated[
    RunStarted | TrialFinished | CanaryFinished | Waiting | Stopping | RunFinished,
    Field(discriminator="kind"),
]
