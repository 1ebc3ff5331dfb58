"""The verb `equal`."""

from collections.abc import Iterator
from typing import Self

from evalc.checks._implication import texts_compared
from evalc.checks._objections import object_to_texts
from evalc.checks._texts import as_compared, quoted
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match


class Equal(PlainCheck):
    """The whole answer is this text.

    Letter case, runs of white space and white space around it do not matter, unless the check says `exactly`: then
    not even a line end may be added.

    Example:
        must equal "Paris"
    """

    forms = ("equal <text:text> [exactly]",)

    text: str
    exactly: bool = False

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A text that says nothing."""
        return object_to_texts(match, "text")

    def implies(self, other: Self) -> bool:
        """Whether the texts are equal, as the other one compares them."""
        compared = texts_compared([self.text], [other.text], exactly=self.exactly, other_exactly=other.exactly)
        return compared is not None and compared[0] == compared[1]

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the texts are equal."""
        answer = answered.response.text
        is_equal = as_compared(answer, exactly=self.exactly) == as_compared(self.text, exactly=self.exactly)
        if is_equal or not answer.strip():
            return Finding(is_equal, f"is {quoted(answer)}" if answer.strip() else "is empty")
        if self.exactly and as_compared(answer, exactly=False) == as_compared(self.text, exactly=False):
            return Finding(False, f"is {quoted(self.text)} in other letters or white space")
        return Finding(False, f"is {quoted(answer)}, not {quoted(self.text)}")
