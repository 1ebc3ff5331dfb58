"""What a run goes by beside its plan, and how it is told to stop."""

import asyncio
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from evalc.model.event import Event
from evalc.model.settings import Caps, Claim, Limits, Terms
from evalc.run.clock import Clock, SystemClock
from evalc.run.log import Recall, Role


class Stop:
    """How a run is told to stop: softly at first, at once when told again."""

    def __init__(self) -> None:
        self.softly = asyncio.Event()
        self.at_once = asyncio.Event()

    def request(self) -> None:
        """Begin no more trials; when called a second time, give up those under way."""
        (self.at_once if self.softly.is_set() else self.softly).set()


def _ignore(event: Event) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """What a run goes by beside its plan: limits, who watches, whether answers are recorded, time and chance.

    `recall` has answers of earlier runs, which are not asked for again. `terms` are those of each target and judge;
    `claims` are what each trial may take where `caps` limit them all.
    """

    limits: Limits
    terms: Mapping[tuple[Role, str], Terms] = field(default_factory=dict)
    caps: Caps = field(default_factory=Caps)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    watch: Callable[[Event], None] = _ignore
    records: bool = False
    recall: Recall | None = None
    clock: Clock = field(default_factory=SystemClock)
    random: Callable[[], float] = random.random
