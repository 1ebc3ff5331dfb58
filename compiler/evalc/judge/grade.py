"""From a judge's words on all criteria to the grade of an answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Criterion, Rubric
from evalc.model.result import CriterionResult
from evalc.model.rule import Comparison, Condition, EveryMet, Floor, holds


@dataclass(frozen=True, slots=True)
class Grade:
    """Whether a rubric's rule holds, None where the judge could not tell, and why in a sentence.

    `mean` is weighted and lies on the rubric's scale; on a met scale it is the share of weight that is met, 0 to 1.
    """

    is_passed: bool | None
    mean: float | None
    reason: str


def grade(rubric: Rubric, results: Sequence[CriterionResult]) -> Grade:
    """The grade that a rubric gives for one result per criterion.

    A forbidden criterion counts turned round: an answer that does not show the fault has the best value. A required
    criterion fails the rubric alone, when it is not met or lies below the mean that the rule demands.
    """
    by_name = {result.criterion: result for result in results}
    missing = [criterion.name for criterion in rubric.criteria if _word(by_name.get(criterion.name)) is None]
    if missing:
        return Grade(None, None, f"the judge could not tell: {', '.join(missing)}")
    values = {criterion.name: _value(criterion, by_name[criterion.name], rubric) for criterion in rubric.criteria}
    weight = sum(criterion.weight for criterion in rubric.criteria)
    mean = sum(criterion.weight * values[criterion.name] for criterion in rubric.criteria) / weight
    failures = [*_failures(rubric, values, mean), *_required_failures(rubric, values)]
    found = _shown(rubric, values, mean)
    if failures:
        return Grade(False, mean, f"{found}; {', '.join(dict.fromkeys(failures))}")
    return Grade(True, mean, found)


def _word(result: CriterionResult | None) -> float | str | None:
    if result is None or result.verdict == "cannot-tell":
        return None
    return result.score if result.verdict is None else result.verdict


def _value(criterion: Criterion, result: CriterionResult, rubric: Rubric) -> float:
    scale = rubric.scale
    value = result.score if scale.kind == "score" else float(result.verdict == "met")
    assert value is not None, "a result without a word was sorted out before"
    return scale.low + scale.high - value if criterion.is_forbidden else value


def _failures(rubric: Rubric, values: Mapping[str, float], mean: float) -> Iterator[str]:
    for condition in rubric.rule.conditions:
        if not _holds(condition, values, mean):
            yield f"needs {_words(condition)}"


def _holds(condition: Condition, values: Mapping[str, float], mean: float) -> bool:
    match condition:
        case Comparison():
            found = mean if condition.subject == "mean" else values[condition.subject]
            return holds(found, condition.operator, condition.bound)
        case Floor():
            return all(holds(value, ">=", condition.bound) for value in values.values())
        case EveryMet():
            return all(value >= 1 for value in values.values())


def _required_failures(rubric: Rubric, values: Mapping[str, float]) -> Iterator[str]:
    bounds = [
        condition.bound
        for condition in rubric.rule.conditions
        if isinstance(condition, Comparison) and condition.subject == "mean"
    ]
    bound = 1.0 if rubric.scale.kind == "met" else max(bounds, default=(rubric.scale.low + rubric.scale.high) / 2)
    for criterion in rubric.criteria:
        if criterion.is_required and not holds(values[criterion.name], ">=", bound):
            yield f"{criterion.name} is required"


def _words(condition: Condition) -> str:
    match condition:
        case Comparison():
            bound = f"{condition.bound * 100:g}%" if condition.unit == "share" else f"{condition.bound:g}"
            return f"{condition.subject} {condition.operator} {bound}"
        case Floor():
            return f"no criterion below {condition.bound:g}"
        case EveryMet():
            return "every criterion met"


def _shown(rubric: Rubric, values: Mapping[str, float], mean: float) -> str:
    if rubric.scale.kind == "met":
        open_ = [name for name, value in values.items() if value < 1]
        met = f"{len(values) - len(open_)} of {len(values)} criteria as wanted"
        return f"{met}, not: {', '.join(open_)}" if open_ else met
    return f"mean {mean:.2f} ({', '.join(f'{name} {value:g}' for name, value in values.items())})"
