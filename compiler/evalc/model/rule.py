"""Rules of passing: what stands after `pass when`."""

from typing import Annotated, Literal

from pydantic import Field

from evalc.model.stored import Stored

Operator = Literal["=", "!=", "<", "<=", ">", ">="]
Unit = Literal["share", "score", "count"]


class Comparison(Stored):
    """A measured value against a bound, such as `mean >= 4.0` or `critical = 100%`.

    `subject` is `mean`, `overall`, `passes`, a severity or a criterion's name. A `share` lies in 0 to 1.
    """

    kind: Literal["comparison"] = "comparison"
    subject: str
    operator: Operator
    bound: float
    unit: Unit


class Floor(Stored):
    """No criterion's score lies below the bound."""

    kind: Literal["floor"] = "floor"
    bound: float


class EveryMet(Stored):
    """Every criterion is met, and no forbidden one shows."""

    kind: Literal["every-met"] = "every-met"


Condition = Annotated[Comparison | Floor | EveryMet, Field(discriminator="kind")]


class Rule(Stored):
    """Conditions that must all hold; `words` is their canonical text."""

    conditions: tuple[Condition, ...]
    words: str


def holds(left: float, operator: Operator, right: float) -> bool:
    """Whether a comparison of two numbers is true; values closer than 1e-9 count as equal."""
    is_equal = abs(left - right) < 1e-9
    match operator:
        case "=":
            return is_equal
        case "!=":
            return not is_equal
        case "<":
            return left < right and not is_equal
        case "<=":
            return left < right or is_equal
        case ">":
            return left > right and not is_equal
        case ">=":
            return left > right or is_equal
