"""What the engine needs of a plan; a plan in memory has it, and the room `store` reads one piece by piece."""

from collections.abc import Iterator
from typing import Protocol

from evalc.model.catalog import Case, Eval
from evalc.model.plan import Canary, Panel, TargetCard, Trial


class Cases(Protocol):
    """The cases of a plan by their ids, each with its eval."""

    def __getitem__(self, id: str, /) -> tuple[Case, Eval]:
        """A case of the plan. An eval need not have its cases.

        It may raise an error of storage where cases are kept on a disk.
        """


class Work(Protocol):
    """Which trials to run, and what is needed for them."""

    @property
    def targets(self) -> tuple[TargetCard, ...]:
        """Who is asked."""

    @property
    def judge(self) -> TargetCard | None:
        """Who judges, or what stands for the whole panel."""

    @property
    def panel(self) -> Panel | None:
        """The judges where there are several, or one that is asked several times."""

    @property
    def canaries(self) -> tuple[Canary, ...]:
        """What is put to the judge beside answers."""

    def trials_of(self, target: str) -> Iterator[Trial]:
        """The trials of one target in the order in which they are asked."""

    def cases_by_id(self) -> Cases:
        """The cases that trials and canaries name."""
