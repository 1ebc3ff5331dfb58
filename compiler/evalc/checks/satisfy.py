"""The verb `satisfy`."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Self

from pydantic import model_validator

from evalc.checks._judging import ask_claim, ask_rubric, find_graded, find_met
from evalc.checks._objections import object_to_texts
from evalc.checks.contract import Answered, Finding, JudgedCheck, Objection
from evalc.syntax.phrase import Match

if TYPE_CHECKING:
    from evalc.judge.question import Question
    from evalc.model.catalog import Rubric
    from evalc.model.result import CriterionResult


class Satisfy(JudgedCheck):
    """A judge finds that a plain claim is true of the answer, or that the answer passes a rubric by its rule.

    A claim is a sentence about the answer that is true or not true: one thing a claim, so that the judge's word on it
    can be understood.

    Example:
        must satisfy "Says that the admin key must not be shared"
    """

    forms = ("satisfy <claim:text>", "satisfy <rubric:rubric>")

    claim: str = ""
    rubric: str = ""

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if bool(self.claim) == bool(self.rubric):
            raise ValueError("satisfy takes a claim or the name of a rubric")
        return self

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A claim that says nothing."""
        if "claim" in match.values:
            yield from object_to_texts(match, "claim")

    def questions(self, answered: Answered, rubrics: "Sequence[Rubric]", *, seed: str) -> "tuple[Question, ...]":
        """One question, or one for each criterion of a rubric that is not judged together."""
        if self.claim:
            return ask_claim(self.claim, answered, seed=seed)
        return ask_rubric(self._named(rubrics), answered, seed=seed)

    def verdict(self, results: "Sequence[CriterionResult]", rubrics: "Sequence[Rubric]") -> Finding:
        """Whether the claim is met, or the rubric's rule holds."""
        return find_met(results[0]) if self.claim else find_graded(self._named(rubrics), results)

    def _named(self, rubrics: "Sequence[Rubric]") -> "Rubric":
        found = [rubric for rubric in rubrics if rubric.name == self.rubric]
        assert found, f"the eval lacks the rubric {self.rubric}, which the compiler looked up"
        return found[0]
