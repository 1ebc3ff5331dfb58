"""Which changes a pipeline refuses."""

from collections.abc import Iterable
from typing import Literal, get_args

from evalc.model.catalog import SEVERITIES, Severity
from evalc.model.change import Change, Direction
from evalc.model.stored import Stored

Level = Literal["weakened", "behaviour", "any", "none"]
LEVELS: tuple[Level, ...] = get_args(Level)

_REFUSED: dict[Level, tuple[Direction, ...]] = {
    "weakened": ("weakened",),
    "behaviour": ("weakened", "behaviour"),
    "any": ("weakened", "behaviour", "strengthened", "neutral"),
    "none": (),
}


class Refusal(Stored):
    """What is refused unless somebody accepts it: changes of a level that reach cases of these severities.

    A change that reaches no case, such as one of a gate, is refused whatever the severities are. Only a weakening can
    be accepted by a line.
    """

    level: Level
    severities: tuple[Severity, ...] = SEVERITIES

    def refuses(self, change: Change) -> bool:
        """Whether a change stops the pipeline."""
        if change.acceptance or change.direction not in _REFUSED[self.level]:
            return False
        return not change.reaches or any(case.severity in self.severities for case in change.reaches)


IN_CI = Refusal(level="weakened", severities=("critical", "high"))
"""What a pipeline refuses when nothing else is said."""


def read_refusal(words: str) -> Refusal | None:
    """What `weakened`, `behaviour:critical` or `weakened:critical,high` refuses; None for other words."""
    level, _, given = words.partition(":")
    severities = tuple(severity for severity in SEVERITIES if severity in given.split(",")) if given else SEVERITIES
    is_known = not given or len(severities) == len(given.split(","))
    found = next((known for known in LEVELS if known == level), None)
    return Refusal(level=found, severities=severities) if found and is_known else None


def refused(changes: Iterable[Change], refusals: Iterable[Refusal]) -> tuple[Change, ...]:
    """The changes that one of the refusals stops."""
    rules = [*refusals]
    return tuple(change for change in changes if any(rule.refuses(change) for rule in rules))
