"""What every target promises, and how asking one can fail."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from evalc.base.digest import digest
from evalc.model.catalog import Eval
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.model.settings import Network

FaultKind = Literal["throttled", "transient", "target-fatal", "case-fatal", "bad-answer"]


class TargetError(Exception):
    """A target gave no answer. `kind` says what the engine may do next, `retry_after_s` what the server asked for.

    `may_be_charged` where the work was done or may have been, so that the call costs although nothing came of it.
    """

    kind: ClassVar[FaultKind] = "transient"
    may_be_charged: ClassVar[bool] = False

    def __init__(self, message: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


_STRAIGHT = Network()


@dataclass(frozen=True, slots=True)
class TargetContext:
    """What a target may use of its surroundings: the policy's folder, the evals at hand, named secrets, the network."""

    folder: Path
    evals: tuple[Eval, ...]
    secret: Callable[[str], str | None]
    timeout_s: float
    max_answer_bytes: int
    network: Network = _STRAIGHT


class Target(ABC):
    """Somebody to ask. One instance serves all workers of a run.

    One that `gives_whole_answers` has been through all calls of tools: what it gives is not answered by more results.
    """

    card: TargetCard
    gives_whole_answers: ClassVar[bool] = False

    @abstractmethod
    async def ask(self, prompt: Prompt) -> Response:
        """The answer to one prompt, asked once, without retries.

        Raises:
            TargetError: There is no answer; the class says why.
        """

    async def aclose(self) -> None:
        """Give back connections; nothing is asked afterwards."""


class TargetType(BaseModel):
    """A kind of target. Its fields are the options in the policy, its docstring is its page in the reference.

    One that `is_free` answers from what is at hand, so that nobody sends a bill.
    `quiet_options` names the options that cannot change an answer, such as the name of a key.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)

    is_scripted: ClassVar[bool] = False
    is_free: ClassVar[bool] = False
    quiet_options: ClassVar[frozenset[str]] = frozenset()

    @property
    def model_name(self) -> str:
        """The model that is asked for, empty where there is none to name."""
        return ""

    @property
    def secret_names(self) -> tuple[str, ...]:
        """The environment variables whose values this target needs and must never show."""
        return ()

    def card(self, name: str, *, type: str) -> TargetCard:
        """What is public about a target of this kind that the policy binds to a name."""
        return TargetCard(
            name=name,
            type=type,
            model=self.model_name,
            is_scripted=self.is_scripted,
            fingerprint=digest([type, self.model_dump(mode="json", exclude=set(self.quiet_options))]),
        )

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        """A target ready to be asked.

        Raises:
            TargetError: It cannot be asked at all, for want of a key or a file.
        """
        raise AssertionError("a target type opens its target")


@dataclass(frozen=True, slots=True)
class OpenTargets:
    """Everybody whom a run asks: targets by name, and the judges, of whom a panel has several."""

    targets: Mapping[str, Target]
    judges: tuple[Target, ...] = ()

    async def aclose(self) -> None:
        """Give back all connections."""
        for target in (*self.targets.values(), *self.judges):
            await target.aclose()
