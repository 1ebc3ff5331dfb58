"""How conditions of passing stand to each other: each is a range of values that it lets through."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isclose
from typing import Literal

from evalc.model.rule import Comparison, Condition, Rule

Stand = Literal["equal", "looser", "tighter", "unknown"]


@dataclass(frozen=True, slots=True)
class Range:
    """The values between two bounds; an open one does not hold its bound. Closer than 1e-9 is equal."""

    low: float = -inf
    high: float = inf
    is_low_open: bool = False
    is_high_open: bool = False

    def meet(self, other: "Range") -> "Range":
        """What both hold."""
        low, low_open = max((self.low, self.is_low_open), (other.low, other.is_low_open))
        high, high_shut = min((self.high, not self.is_high_open), (other.high, not other.is_high_open))
        return Range(low, high, low_open, not high_shut)

    def within(self, other: "Range") -> bool:
        """Whether the other holds all that this one holds."""
        if self._is_empty or other._is_empty:
            return self._is_empty
        return self._starts_within(other) and self._ends_within(other)

    @property
    def _is_empty(self) -> bool:
        is_open = self.is_low_open or self.is_high_open
        return is_open if _same(self.low, self.high) else self.low > self.high

    def _starts_within(self, other: "Range") -> bool:
        if _same(self.low, other.low):
            return self.is_low_open or not other.is_low_open
        return self.low > other.low

    def _ends_within(self, other: "Range") -> bool:
        if _same(self.high, other.high):
            return self.is_high_open or not other.is_high_open
        return self.high < other.high

    def against(self, other: "Range") -> Stand:
        """How this range stands to another one."""
        if self.within(other):
            return "equal" if other.within(self) else "tighter"
        return "looser" if other.within(self) else "unknown"


def range_of(comparison: Comparison) -> Range | None:
    """The values that a comparison lets through, or None where those are no range."""
    bound = comparison.bound
    match comparison.operator:
        case "=":
            return Range(bound, bound)
        case ">=":
            return Range(low=bound)
        case ">":
            return Range(low=bound, is_low_open=True)
        case "<=":
            return Range(high=bound)
        case "<":
            return Range(high=bound, is_high_open=True)
        case "!=":
            return None


def range_for(rule: Rule, subject: str, *, domain: Range) -> Range | None:
    """The values of a subject that a rule lets through, inside of all that there can be; None where unknown."""
    found = domain
    for condition in comparisons(rule.conditions, subject):
        bounds = range_of(condition)
        if bounds is None:
            return None
        found = found.meet(bounds)
    return found


def comparisons(conditions: Sequence[Condition], subject: str) -> list[Comparison]:
    """The comparisons of one subject."""
    return [found for found in conditions if isinstance(found, Comparison) and found.subject == subject]


def spell(comparison: Comparison) -> str:
    """A comparison in the words of the language, such as `critical = 100%`."""
    bound = f"{comparison.bound * 100:g}%" if comparison.unit == "share" else f"{comparison.bound:g}"
    return f"{comparison.subject} {comparison.operator} {bound}"


def spell_all(conditions: Sequence[Comparison]) -> str:
    """Comparisons in the words of the language."""
    return " and ".join(map(spell, conditions))


def _same(left: float, right: float) -> bool:
    return left == right or isclose(left, right, rel_tol=0, abs_tol=1e-9)
