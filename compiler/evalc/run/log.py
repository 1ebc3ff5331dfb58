"""What the engine needs of a log; the room `store` has one."""

from typing import Literal, Protocol

from evalc.model.event import Ending
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.model.result import CanaryResult, TrialResult

Role = Literal["target", "judge"]


class RunLog(Protocol):
    """Keeps what a run gives.

    Every method may raise an error of storage, after which nothing is written any more.
    """

    @property
    def run_id(self) -> str:
        """The name of the run."""

    @property
    def planned(self) -> int:
        """How many trials the run has."""

    @property
    def finished(self) -> int:
        """How many of them have a result that counts."""

    def write(self, result: TrialResult) -> None:
        """Add a result. It counts as finished once a later `sync` has returned."""

    def write_canary(self, result: CanaryResult) -> None:
        """Add what the judge made of a canary."""

    async def sync(self) -> None:
        """Return when all that was written before the call is on disk."""

    def record(self, role: Role, name: str, *, prompt: Prompt, response: Response) -> None:
        """Keep an answer so that it can be replayed."""

    def finish(self, ending: Ending, reason: str) -> None:
        """Write how asking ended and why, and return when that is on disk."""


class Recall(Protocol):
    """Answers kept between runs."""

    def find(self, card: TargetCard, prompt: Prompt) -> Response | None:
        """The answer that was kept for this target and prompt, or None."""

    def keep(self, card: TargetCard, prompt: Prompt, *, response: Response) -> None:
        """Keep an answer that came."""
