"""From a judge's words on all criteria to the grade of an answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalc.base.record import record
from evalc.model.catalog import Criterion, Rubric
from evalc.model.result import CriterionResult
from evalc.model.rule import Comparison, Condition, EveryMet, Floor, holds


@record
class Grade:
    """Whether a rubric's rule holds, None where the judge could not tell, and why in words.

    `mean` is weighted and lies on the rubric's scale; on a met scale it is the share of weight that is met, 0 to 1. It
    is None where a criterion has no word.
    """

    is_passed: bool | None
    mean: float | None
    reason: str


def grade(rubric: Rubric, results: Sequence[CriterionResult]) -> Grade:
    """The grade that a rubric gives for one result per criterion.

    A forbidden criterion counts turned round: an answer that does not show the fault has the best value. A required
    criterion has to reach by itself the mean that the rule asks for (the middle of the scale where it asks for none),
    and to be met on a met scale. Where the judge could not tell, the grade is open, unless the rest fails for certain.
    """
    found = {result.criterion: result for result in results}
    values = {x.name: _value(x, found[x.name], rubric=rubric) for x in rubric.criteria}
    mean = _mean(rubric, values)
    kept = dict(_demands(rubric, values, mean))
    broken = [words for words, is_kept in kept.items() if is_kept is False]
    is_passed = False if broken else None if None in kept.values() else True
    return Grade(is_passed, mean, "; ".join([_shown(rubric, values, mean), *broken]))


def _value(criterion: Criterion, result: CriterionResult, *, rubric: Rubric) -> float | None:
    """What a criterion adds to the grade, on the rubric's scale, or None where the judge could not tell."""
    if result.verdict == "cannot-tell":
        return None
    value = float(result.verdict == "met") if rubric.scale.kind == "met" else result.score
    assert value is not None, "a reply on a score scale has a score"
    return rubric.scale.low + rubric.scale.high - value if criterion.is_forbidden else value


def _mean(rubric: Rubric, values: Mapping[str, float | None]) -> float | None:
    weights = sum(criterion.weight for criterion in rubric.criteria)
    total = 0.0
    for criterion in rubric.criteria:
        value = values[criterion.name]
        if value is None:
            return None
        total += criterion.weight * value
    return total / weights


def _demands(
    rubric: Rubric, values: Mapping[str, float | None], mean: float | None
) -> Iterator[tuple[str, bool | None]]:
    """Each thing that the rubric asks for, in words, and whether it is so; None where that cannot be told."""
    for condition in rubric.rule.conditions:
        yield _condition_words(condition), _holds(condition, values, mean)
    bound = _bound_of_required(rubric)
    for criterion in rubric.criteria:
        if criterion.is_required:
            value = values[criterion.name]
            yield f"{criterion.name} is required", None if value is None else holds(value, ">=", bound)


def _holds(condition: Condition, values: Mapping[str, float | None], mean: float | None) -> bool | None:
    match condition:
        case Comparison():
            value = mean if condition.subject == "mean" else values[condition.subject]
            return None if value is None else holds(value, condition.operator, condition.bound)
        case Floor():
            return _all(values.values(), at_least=condition.bound)
        case EveryMet():
            return _all(values.values(), at_least=1)


def _all(values: Iterable[float | None], *, at_least: float) -> bool | None:
    known = list(values)
    if any(value is not None and not holds(value, ">=", at_least) for value in known):
        return False
    return None if None in known else True


def _bound_of_required(rubric: Rubric) -> float:
    if rubric.scale.kind == "met":
        return 1
    bounds = [x.bound for x in rubric.rule.conditions if isinstance(x, Comparison) and x.subject == "mean"]
    return max(bounds, default=(rubric.scale.low + rubric.scale.high) / 2)


def _condition_words(condition: Condition) -> str:
    match condition:
        case Comparison():
            bound = f"{condition.bound * 100:g}%" if condition.unit == "share" else f"{condition.bound:g}"
            return f"{condition.subject} {condition.operator} {bound} is asked for"
        case Floor():
            return f"none may be below {condition.bound:g}"
        case EveryMet():
            return "every criterion has to be met"


def _shown(rubric: Rubric, values: Mapping[str, float | None], mean: float | None) -> str:
    """What the judge found, such as `mean 3.50: correctness 5, safety 2` or `2 of 3 met, not safety`."""
    open_names = [name for name, value in values.items() if value is None]
    words = [f"the judge could not tell about {', '.join(open_names)}"] if open_names else []
    if rubric.scale.kind == "score":
        known = ", ".join(f"{name} {value:g}" for name, value in values.items() if value is not None)
        return "; ".join([f"mean {mean:.2f}: {known}" if mean is not None else known, *words]).strip("; ")
    criteria = {criterion.name: criterion for criterion in rubric.criteria}
    missed = [f"shows {name}" if criteria[name].is_forbidden else f"not {name}" for name, x in values.items() if x == 0]
    met = sum(value == 1 for value in values.values())
    return "; ".join([", ".join([f"{met} of {len(values)} as wanted", *missed]), *words])
