"""Examples with what the checks of their case say of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalc.judge.grade import grade
from evalc.lint._trials import UNTOLD, Said
from evalc.lint._written import WrittenCase
from evalc.model.catalog import Case, Check, Example, Rubric
from evalc.model.result import CriterionResult


@dataclass(frozen=True, slots=True)
class ShownExample:
    """An example of one row, with what each check of the case says of it, by its name."""

    row: Case
    example: Example
    said: Mapping[str, Said]

    @property
    def failed(self) -> dict[str, str]:
        """The checks that decide and that fail it, with their reasons."""
        deciding = (check.name for check in self.row.checks if check.level == "must")
        return {name: self.said[name].reason for name in deciding if self.said[name].is_passed is False}


def shown_examples(case: WrittenCase, rubrics: Mapping[str, Rubric]) -> Iterator[ShownExample]:
    """Each example of each row; rubrics that are not given cannot be told."""
    for row in case.tried:
        for example in row.examples:
            if case.trials.is_over:
                return
            said = {check.name: _say(check, row, example, case=case, rubrics=rubrics) for check in row.checks}
            yield ShownExample(row, example, said)


def _say(check: Check, row: Case, example: Example, *, case: WrittenCase, rubrics: Mapping[str, Rubric]) -> Said:
    rubric = rubrics.get(str(check.arguments.get("rubric", ""))) if check.is_judged else None
    if rubric is None:
        return case.trials.say_of(check, row, example=example)
    return _graded(rubric, example, is_negated=check.is_negated)


def _graded(rubric: Rubric, example: Example, *, is_negated: bool) -> Said:
    """What a rubric's rule makes of the scores that an example is labelled with, if it has one for each criterion."""
    results = []
    for criterion in rubric.criteria:
        score = example.scores.get(criterion.name)
        if score is None:
            return UNTOLD
        if rubric.scale.kind == "met":
            results.append(CriterionResult(criterion=criterion.name, verdict="met" if score else "not-met"))
        else:
            results.append(CriterionResult(criterion=criterion.name, score=score))
    graded = grade(rubric, results)
    if graded.is_passed is None:
        return UNTOLD
    return Said(graded.is_passed != is_negated, graded.reason)
