"""What follows from what: texts that hold others, and numbers within bounds."""

from collections.abc import Sequence

from evalc.checks._texts import as_compared
from evalc.model.rule import Operator, holds

_COMPLEMENTS: dict[Operator, Operator] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


def texts_compared(
    texts: Sequence[str], others: Sequence[str], *, exactly: bool, other_exactly: bool
) -> tuple[list[str], list[str]] | None:
    """The texts of two settings as the other one compares them; None where nothing follows.

    What is so letter by letter is so without regard to case and white space, not the other way round.
    """
    if other_exactly and not exactly:
        return None
    mine, theirs = ([as_compared(text, exactly=other_exactly) for text in side] for side in (texts, others))
    return mine, theirs


def bound_implies(operator: Operator, bound: float, *, other: Operator, other_bound: float) -> bool:
    """Whether every number that fits one bound fits another one."""
    match operator:
        case "=":
            return holds(bound, other, other_bound)
        case "!=":
            return other == "!=" and holds(bound, "=", other_bound)
        case "<" | "<=":
            if other == operator or (other == "<=" and operator == "<"):
                return bound <= other_bound
            return (other == "<" and bound < other_bound) or (other == "!=" and not holds(other_bound, operator, bound))
        case ">" | ">=":
            if other == operator or (other == ">=" and operator == ">"):
                return bound >= other_bound
            return (other == ">" and bound > other_bound) or (other == "!=" and not holds(other_bound, operator, bound))


def bounds_exclude(operator: Operator, bound: float, *, other: Operator, other_bound: float) -> bool:
    """Whether no number fits both bounds."""
    return bound_implies(operator, bound, other=_COMPLEMENTS[other], other_bound=other_bound)
