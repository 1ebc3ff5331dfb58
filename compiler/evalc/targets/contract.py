"""What every target promises, and how asking one can fail."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from evalc.model.catalog import Eval
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard

FaultKind = Literal["throttled", "transient", "target-fatal", "case-fatal", "bad-answer"]


class TargetError(Exception):
    """A target gave no answer. `kind` says what the engine may do next, `retry_after_s` what the server asked for."""

    kind: ClassVar[FaultKind] = "transient"

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class TargetContext:
    """What a target may use of its surroundings: the policy's folder, the evals at hand, and named secrets."""

    folder: Path
    evals: tuple[Eval, ...]
    secret: Callable[[str], str | None]
    timeout_s: float
    max_answer_bytes: int


class Target(ABC):
    """Somebody to ask. One instance serves all workers of a run."""

    card: TargetCard

    @abstractmethod
    async def ask(self, prompt: Prompt) -> Response:
        """The answer to one prompt, asked once, without retries.

        Raises:
            TargetError: There is no answer; the class says why.
        """

    async def aclose(self) -> None:
        """Give back connections; nothing is asked afterwards."""


class TargetType(BaseModel):
    """A kind of target. Its fields are the options in the policy, its docstring is its page in the reference."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    def open(self, name: str, context: TargetContext) -> Target:
        """A target ready to be asked, known by this name."""
        raise AssertionError("a target type opens its target")
