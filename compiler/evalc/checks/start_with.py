"""The verb `start with`."""

from collections.abc import Iterator
from typing import Self

from evalc.checks._implication import texts_compared
from evalc.checks._objections import object_to_texts
from evalc.checks._texts import as_compared, quoted
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match


class StartWith(PlainCheck):
    """The answer begins with a text.

    White space before it, letter case and runs of white space do not matter, unless the check says `exactly`.

    Example:
        must start with "Dear"
    """

    forms = ("start with <text:text> [exactly]",)

    text: str
    exactly: bool = False

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A text that says nothing."""
        return object_to_texts(match, "text")

    def implies(self, other: Self) -> bool:
        """Whether this text begins with the other one."""
        compared = texts_compared([self.text], [other.text], exactly=self.exactly, other_exactly=other.exactly)
        return compared is not None and compared[0][0].startswith(compared[1][0])

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer begins so."""
        answer = answered.response.text
        is_true = as_compared(answer, exactly=self.exactly).startswith(as_compared(self.text, exactly=self.exactly))
        if is_true or not answer.strip():
            return Finding(is_true, f"starts with {quoted(self.text)}" if is_true else "is empty")
        return Finding(False, f"starts with {quoted(answer.lstrip(), at_most=30)}, not with {quoted(self.text)}")
