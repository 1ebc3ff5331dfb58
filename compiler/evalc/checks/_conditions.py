"""Conditions on values in JSON: `$.scope = "invoke"`, `$.days <= 30`, `$.region in "eu", "us"`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, JsonValue

from evalc.checks._implication import bound_implies, bounds_exclude
from evalc.checks._json import is_equal, shown
from evalc.checks._objections import object_to_duplicates
from evalc.checks._texts import joined
from evalc.checks.codes import BAD_PATH, ORDER_OF_NO_NUMBER
from evalc.checks.contract import Finding, Objection
from evalc.model.rule import Operator, holds
from evalc.syntax.paths import parse_path, values_at

BOUNDS = {"=": "only", "!=": "anything but", "<": "less than", "<=": "at most", ">": "more than", ">=": "at least"}
"""How a reason says which values fit: `at most 220 fit`."""


class Condition(BaseModel):
    """A value at a path against one value, or with `in` against several."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    path: str
    operator: Operator | Literal["in"]
    values: list[JsonValue]

    def find(self, root: JsonValue, *, exactly: bool) -> Finding:
        """Whether the value at the path fits; of several at a path with `[*]`, whether one does."""
        found = values_at(root, self.path)
        if not found:
            return Finding(False, f"has no {self.path}")
        fitting = [value for value in found if self._fits(value, exactly=exactly)]
        first = shown((fitting or found)[0])
        if fitting:
            return Finding(True, f"has {self.path} = {first}")
        others = f" and {len(found) - 1} more" if len(found) > 1 else ""
        return Finding(False, f"has {self.path} = {first}{others}, {self._wanted()}")

    def implies(self, other: "Condition", *, exactly: bool, other_exactly: bool) -> bool:
        """Whether every value that fits this condition fits another one, each compared as its check says."""
        if self.path != other.path:
            return False
        if self.operator in ("=", "in"):
            may_follow = exactly or not other_exactly or not any(isinstance(value, str) for value in self.values)
            return may_follow and all(other._fits(value, exactly=other_exactly) for value in self.values)
        if self.operator == "!=" == other.operator:
            # What differs when folded differs as it is written, and not the other way round.
            return (other_exactly or not exactly) and is_equal(self.values[0], other.values[0], exactly=other_exactly)
        if self.operator in ("=", "in", "!=") or other.operator in ("=", "in"):
            return False
        mine, theirs = cast(float, self.values[0]), other.values[0]
        operators = cast(Operator, self.operator), cast(Operator, other.operator)
        if isinstance(theirs, str) or theirs is None or isinstance(theirs, bool | list | dict):
            # A number is none of these.
            return other.operator == "!="
        return bound_implies(operators[0], mine, other=operators[1], other_bound=theirs)

    def excludes(self, other: "Condition") -> bool:
        """Whether no value fits both, if both look at one place; False where that is not known."""
        if self.path != other.path or "!=" in (self.operator, other.operator):
            return False
        for one, two in ((self, other), (other, self)):
            if one.operator in ("=", "in"):
                # Compared as loosely as a check may, so that what differs here always differs.
                return not any(two._fits(value, exactly=False) for value in one.values)
        operators = cast(Operator, self.operator), cast(Operator, other.operator)
        bounds = cast(float, self.values[0]), cast(float, other.values[0])
        return bounds_exclude(operators[0], bounds[0], other=operators[1], other_bound=bounds[1])

    def _fits(self, value: JsonValue, *, exactly: bool) -> bool:
        if self.operator == "in" or self.operator == "=":
            return any(is_equal(value, wanted, exactly=exactly) for wanted in self.values)
        if self.operator == "!=":
            return not is_equal(value, self.values[0], exactly=exactly)
        bound = self.values[0]
        assert isinstance(bound, int | float), "only numbers are put in order, which reading checks"
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return is_number and holds(cast(float, value), self.operator, bound)

    def _wanted(self) -> str:
        if self.operator in ("=", "in"):
            return f"not {joined([shown(value) for value in self.values], 'or')}"
        return f"{BOUNDS[self.operator]} {shown(self.values[0])} fits"


def conditions_imply(
    conditions: Sequence[Condition], others: Sequence[Condition], *, exactly: bool, other_exactly: bool
) -> bool:
    """Whether each of the other conditions follows from one of these."""
    return all(
        any(mine.implies(other, exactly=exactly, other_exactly=other_exactly) for mine in conditions)
        for other in others
    )


def object_to_conditions(
    conditions: Sequence[Mapping[str, JsonValue]], slot: str, *, exactly: bool
) -> Iterator[Objection]:
    """What speaks against conditions that are joined by `and`."""
    word = 0
    for condition in conditions:
        values = cast("list[JsonValue]", condition["values"])
        yield from _object_to_path(str(condition["path"]), slot, word=word)
        operator = str(condition["operator"])
        is_number = isinstance(values[0], int | float) and not isinstance(values[0], bool)
        if operator in ("<", "<=", ">", ">=") and not is_number:
            yield Objection(ORDER_OF_NO_NUMBER, slot, {"operator": operator, "value": shown(values[0])}, word=word + 2)
        yield from object_to_duplicates(values, slot, exactly=exactly, first_word=word + 2)
        # A path, an operator, values with commas between them, and an `and`.
        word += 2 + (2 * len(values) - 1) + 1


def _object_to_path(path: str, slot: str, *, word: int) -> Iterator[Objection]:
    try:
        parse_path(path)
    except ValueError as error:
        yield Objection(BAD_PATH, slot, {"reason": str(error)}, word=word)
