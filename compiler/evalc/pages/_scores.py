"""What a judge gave for each criterion of an eval's rubrics, counted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evalc.model.catalog import Case, Check, Criterion, Eval, Rubric
from evalc.model.result import CriterionResult
from evalc.pages._results import Results, TargetResults
from evalc.pages._scoring import all_checks, rubric_of
from evalc.pages._words import say


@dataclass(frozen=True, slots=True)
class Bar:
    """How often something was given; `share` is that of the most frequent, 0 to 1."""

    label: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Distribution:
    """What one target got for a criterion, lowest first; `mean` is None on a scale of met and not met."""

    bars: tuple[Bar, ...]
    total: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class CriterionScores:
    """A criterion with what each target got for it, in order of the targets."""

    rubric: Rubric
    criterion: Criterion
    by_target: tuple[Distribution, ...]


def count_scores(eval_: Eval, results: Results) -> tuple[CriterionScores, ...]:
    """Every criterion that a judge gave something for in the latest runs, in the order of the rubrics."""
    given = [_given(eval_, target) for target in results.targets]
    return tuple(
        CriterionScores(
            rubric, criterion, tuple(_distribution(rubric, found[rubric.name, criterion.name]) for found in given)
        )
        for rubric in eval_.rubrics
        for criterion in rubric.criteria
        if any(found[rubric.name, criterion.name] for found in given)
    )


def _given(eval_: Eval, target: TargetResults) -> dict[tuple[str, str], list[CriterionResult]]:
    found = {
        (rubric.name, criterion.name): list[CriterionResult]()
        for rubric in eval_.rubrics
        for criterion in rubric.criteria
    }
    for case in eval_.cases:
        for check, result in _judged(case, target):
            rubric = rubric_of(check, eval_)
            if rubric and (rubric.name, result.criterion) in found:
                found[rubric.name, result.criterion].append(result)
    return found


def _judged(case: Case, target: TargetResults) -> Iterator[tuple[Check, CriterionResult]]:
    report = target.by_case.get(case.id)
    checks = {check.name: check for check in all_checks(case)}
    for trial in report.trials if report else ():
        for result in trial.checks:
            if check := checks.get(result.check):
                yield from ((check, criterion) for criterion in result.criteria)


def _distribution(rubric: Rubric, given: list[CriterionResult]) -> Distribution:
    if rubric.scale.kind == "score":
        scores = [result.score for result in given if result.score is not None]
        # A panel's median can lie between two scores.
        counts = Counter(str(round(score)) for score in scores)
        labels = {str(score): str(score) for score in range(rubric.scale.low, rubric.scale.high + 1)}
        mean = sum(scores) / len(scores) if scores else None
    else:
        counts = Counter(result.verdict or "cannot-tell" for result in given)
        labels = {name: say(f"verdict.{name}") for name in ("not-met", "cannot-tell", "met")}
        mean = None
    most = max(counts.values(), default=0)
    bars = tuple(Bar(label, counts[name], counts[name] / most if most else 0.0) for name, label in labels.items())
    return Distribution(bars, sum(counts.values()), mean)
