"""The verb `be near`."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Self, cast

from evalc.checks._texts import joined
from evalc.checks.codes import BOUND_SAYS_NOTHING
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match

# A number may have commas between thousands; one inside of a word, a version or a date is none.
_NUMBER = re.compile(
    r"(?<![\w.,/:-])[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]{1,3})?(?![0-9]|[.,/:-][0-9])"
)

_MOST_SHOWN = 4


class BeNear(PlainCheck):
    """The only number in the answer lies near another one.

    Words, units and signs of currency may stand around it, and commas between thousands. An answer with several
    numbers is not near to any, for nobody can tell which of them is meant; ask for one alone, or for JSON.

    Example:
        must be near 3.14 within 0.01
    """

    forms = ("be near <number:number> within <tolerance:number>",)

    number: float
    tolerance: float

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A tolerance that no number is within."""
        tolerance = cast(float, match.values["tolerance"])
        if tolerance < 0:
            values = {"measure": "a distance", "operator": "within", "bound": tolerance, "verdict": "false"}
            yield Objection(BOUND_SAYS_NOTHING, "tolerance", values)

    def implies(self, other: Self) -> bool:
        """Whether all numbers that are near this one are near the other one."""
        distance = abs(Fraction(self.number) - Fraction(other.number))
        return distance + Fraction(self.tolerance) <= Fraction(other.tolerance)

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer's number is near."""
        written = [found[0] for found in _NUMBER.finditer(answered.response.text)]
        if len(written) != 1:
            numbers = joined(written[:_MOST_SHOWN], "and")
            more = ", ..." if len(written) > _MOST_SHOWN else ""
            return Finding(
                False, f"has {len(written)} numbers in it, {numbers}{more}" if written else "has no number in it"
            )
        distance = abs(float(written[0].replace(",", "")) - self.number)
        is_near = distance <= self.tolerance or distance - self.tolerance < 1e-9
        return Finding(is_near, f"has {written[0]}, {distance:,.10g} from {self.number:,.10g}")
