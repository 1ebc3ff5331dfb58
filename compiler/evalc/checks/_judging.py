"""What all judged checks do."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evalc.checks.contract import Answered, Finding

if TYPE_CHECKING:
    from evalc.judge.question import Question
    from evalc.model.catalog import Rubric
    from evalc.model.result import CriterionResult


def ask_rubric(rubric: "Rubric", answered: Answered, *, seed: str) -> "tuple[Question, ...]":
    """One question for each criterion of a rubric, in order, or one for all where the rubric says so."""
    from evalc.judge.prompt import question_for, question_together, subject_of

    subject = subject_of(answered.case, asked=answered.asked, response=answered.response)
    if rubric.is_judged_together:
        return (question_together(rubric, subject=subject, seed=seed),)
    return tuple(question_for(criterion, rubric, subject=subject, seed=seed) for criterion in rubric.criteria)


def ask_claim(claim: str, answered: Answered, *, seed: str) -> "tuple[Question, ...]":
    """The one question about a plain claim."""
    from evalc.judge.prompt import claim_criterion, question_for, subject_of

    subject = subject_of(answered.case, asked=answered.asked, response=answered.response)
    return (question_for(claim_criterion(claim), None, subject=subject, seed=seed),)


def find_met(result: "CriterionResult") -> Finding:
    """What a judge's word on one met scale says, in its own reason."""
    if result.verdict == "cannot-tell":
        return Finding(None, f"the judge could not tell: {result.reason}")
    return Finding(result.verdict == "met", result.reason)


def find_graded(rubric: "Rubric", results: "Sequence[CriterionResult]") -> Finding:
    """What a rubric's rule makes of a judge's words on its criteria."""
    from evalc.judge.grade import grade

    graded = grade(rubric, results)
    return Finding(graded.is_passed, graded.reason)
