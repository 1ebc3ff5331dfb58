"""Another runner: what its environment holds, and how it is told to ask the questions of the measure."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


@dataclass(frozen=True)
class Task:
    """What a peer is to do: ask each case of a file of JSON Lines, and look for the expected word in the answer.

    `folder` is its own to write in.
    """

    cases: Path
    url: str
    concurrency: int
    folder: Path


class Peer(ABC):
    """One runner in an environment of its own, which is a folder named like it."""

    name: ClassVar[str]
    install: ClassVar[str]
    """How the environment is made, with `{env}` for its folder."""

    codes: ClassVar[Sequence[int]] = (0,)
    """What it ends with after a tenth of the cases has failed."""

    variables: ClassVar[Mapping[str, str]] = {}
    """What keeps it from telling anybody of its use, and from asking anybody but the endpoint."""

    def __init__(self, env: Path) -> None:
        self.env = env

    @property
    @abstractmethod
    def program(self) -> Path:
        """What is there when it is installed."""

    @abstractmethod
    def prepare(self, task: Task) -> None:
        """Write what it needs into the folder of a task; that is not measured."""

    @abstractmethod
    def command(self, task: Task) -> list[str]:
        """The words that start it."""

    @abstractmethod
    def version(self) -> str:
        """Its name and version."""
