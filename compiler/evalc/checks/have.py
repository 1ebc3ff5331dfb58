"""The verb `have`."""

from collections.abc import Iterator
from typing import Literal, Self, cast

from pydantic import JsonValue, model_validator

from evalc.checks._conditions import BOUNDS, Condition, object_to_conditions
from evalc.checks._implication import bound_implies, bounds_exclude
from evalc.checks._json import NotJson, read_answer
from evalc.checks._measures import Measure, amount, bound_of, measure_of, object_to_bound
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.model.rule import Operator, holds
from evalc.syntax.phrase import Match

_SUBJECTS: dict[Measure, str] = {"latency": "took {}", "cost": "cost {}"}


class Have(PlainCheck):
    """The answer has so many words, characters, lines or tokens, such a latency or cost, or such a value in its JSON.

    Words are what white space parts; characters and lines are counted without white space at both ends. Tokens and
    cost are as the endpoint tells them. A path begins with `$` and goes on with `.name`, `[0]`, `["any name"]` or
    `[*]`, which asks whether one of the items fits. The JSON of an answer is all of it or its only fenced block. Texts
    in it are compared like all texts: letter case and runs of white space matter only with `exactly`. An answer
    without JSON, or without a value at the path, does not have it, so a `must not` passes on it.

    Example:
        must have $.handover.queue in "legal", "supervisor"
    """

    forms = (
        "have <condition:condition> [exactly]",
        "have <measure:words|characters|lines|tokens|latency|cost> <operator:operator> <bound:quantity>",
    )

    measure: Measure | None = None
    path: str = ""
    operator: Operator | Literal["in"]
    bound: float = 0.0
    values: list[JsonValue] = []
    exactly: bool = False

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if (self.measure is None) != bool(self.path):
            raise ValueError("have takes a measure or a path")
        return self

    @classmethod
    def arguments_of(cls, match: Match) -> dict[str, JsonValue]:
        """A measure with its bound in seconds, US dollars or pieces, or a path with its values."""
        if "condition" in match.values:
            return super().arguments_of(match) | cast("dict[str, JsonValue]", match.values["condition"])
        return super().arguments_of(match) | {"bound": bound_of(match)}

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """Units, bounds and values that do not fit."""
        if "condition" not in match.values:
            return object_to_bound(match)
        condition = cast("dict[str, JsonValue]", match.values["condition"])
        return object_to_conditions([condition], "condition", exactly="exactly" in match.said)

    def implies(self, other: Self) -> bool:
        """Whether each number, or each value at the same path, that fits here fits the other one."""
        if self.measure != other.measure:
            return False
        if self.measure is None:
            mine, theirs = self._condition, other._condition
            return mine.implies(theirs, exactly=self.exactly, other_exactly=other.exactly)
        if self.operator == "in" or other.operator == "in":
            return False
        return bound_implies(self.operator, self.bound, other=other.operator, other_bound=other.bound)

    def excludes(self, other: Self) -> bool:
        """Whether no number, or no value at a path that is one place, fits both."""
        if self.measure != other.measure or (self.measure is None and "[*]" in self.path + other.path):
            return False
        if self.measure is None:
            return self._condition.excludes(other._condition)
        if self.operator == "in" or other.operator == "in":
            return False
        return bounds_exclude(self.operator, self.bound, other=other.operator, other_bound=other.bound)

    @property
    def needs_answer_alone(self) -> bool:
        """Whether it counts something in the text, or looks into its JSON."""
        return self.measure not in ("tokens", "latency", "cost")

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the measure or the value fits."""
        if self.measure:
            return self._evaluate_measure(answered, self.measure)
        try:
            root = read_answer(answered.response.text)
        except NotJson as problem:
            return Finding(False, f"is not JSON: {problem}")
        return self._condition.find(root, exactly=self.exactly)

    @property
    def _condition(self) -> Condition:
        return Condition(path=self.path, operator=self.operator, values=self.values)

    def _evaluate_measure(self, answered: Answered, measure: Measure) -> Finding:
        value = measure_of(answered.response, measure)
        if value is None:
            return Finding(None, f"has no known {measure}: the endpoint did not tell")
        unit = measure.removesuffix("s") if value == 1 else measure
        has = _SUBJECTS.get(measure, f"has {{}} {unit}").format(amount(value, measure))
        if self.operator != "in" and holds(value, self.operator, self.bound):
            return Finding(True, has)
        return Finding(False, f"{has}, {BOUNDS[self.operator]} {amount(self.bound, measure)} fit")
