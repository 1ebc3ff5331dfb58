"""The verb `be one of`."""

from collections.abc import Iterator
from typing import Self

from evalc.checks._implication import texts_compared
from evalc.checks._objections import object_to_texts
from evalc.checks._texts import all_quoted, as_compared, quoted
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match


class BeOneOf(PlainCheck):
    """The whole answer is one of these texts.

    Letter case, runs of white space and white space around it do not matter, unless the check says `exactly`. A full
    stop does: a label is asked for, not a sentence.

    Example:
        must be one of "approve", "deny"
    """

    forms = ("be one of <texts:texts> [exactly]",)

    texts: list[str]
    exactly: bool = False

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """Texts that say nothing."""
        return object_to_texts(match, "texts")

    def implies(self, other: Self) -> bool:
        """Whether each of these texts is one of the others."""
        compared = texts_compared(self.texts, other.texts, exactly=self.exactly, other_exactly=other.exactly)
        return compared is not None and set(compared[0]) <= set(compared[1])

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer is in the list."""
        answer = answered.response.text
        compared = as_compared(answer, exactly=self.exactly)
        if any(compared == as_compared(text, exactly=self.exactly) for text in self.texts):
            return Finding(True, f"is {quoted(answer)}")
        return Finding(False, f"is {quoted(answer) if answer.strip() else 'empty'}, not {all_quoted(self.texts, 'or')}")
