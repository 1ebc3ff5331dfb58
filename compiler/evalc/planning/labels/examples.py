"""The labels that examples in specs are."""

from collections.abc import Iterator

from evalc.checks._answered import answered_last
from evalc.judge.grade import grade
from evalc.model.catalog import Case, Catalog, Check, Eval, Example, Rubric
from evalc.model.exchange import Response
from evalc.model.result import CriterionResult
from evalc.planning.labels.labelled import WHOLE, Labelled, rubric_named


def label_examples(catalog: Catalog) -> Iterator[Labelled]:
    """Each example for each judged check of its case that the example tells the verdict of."""
    for eval_ in catalog.evals:
        for case in eval_.cases:
            for example in case.examples:
                for check in case.checks:
                    labels = _labels(example, case, eval_=eval_, check=check) if check.is_judged else {}
                    if labels:
                        answered = answered_last(case, Response.like(example))
                        place = f"{example.place.path}:{example.place.line}"
                        yield Labelled(eval_, check, answered, labels, place)


def _labels(example: Example, case: Case, *, eval_: Eval, check: Check) -> dict[str, str]:
    rubric = rubric_named(eval_, check)
    labels: dict[str, str] = {}
    if rubric:
        scores = {found.name: example.scores[found.name] for found in rubric.criteria if found.name in example.scores}
        labels = {name: _word(score, rubric) for name, score in scores.items()}
        if len(scores) == len(rubric.criteria):
            is_passed = grade(rubric, [_result(name, score, rubric) for name, score in scores.items()]).is_passed
            return labels | {WHOLE: "passed" if is_passed != check.is_negated else "failed"}
    whole = _whole(example, case, check=check, looks_at_all="claim" not in check.arguments)
    return labels | ({WHOLE: whole} if whole else {})


def _whole(example: Example, case: Case, *, check: Check, looks_at_all: bool) -> str:
    """The verdict of a check on an example; nothing where its label does not tell.

    All but a claim look at the whole, so that a bad example which breaks another check may well fail them too.
    """
    if example.label == "good":
        return "passed"
    if check.name in example.breaks or (not example.breaks and len(case.checks) == 1):
        return "failed"
    return "passed" if example.breaks and not looks_at_all else ""


def _word(score: float, rubric: Rubric) -> str:
    if rubric.scale.kind == "met":
        return "met" if score else "not-met"
    return f"{score:g}"


def _result(name: str, score: float, rubric: Rubric) -> CriterionResult:
    if rubric.scale.kind == "met":
        return CriterionResult(criterion=name, verdict="met" if score else "not-met")
    return CriterionResult(criterion=name, score=score)
