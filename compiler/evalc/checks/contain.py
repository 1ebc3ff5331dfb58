"""The verb `contain`."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import JsonValue

from evalc.checks._implication import texts_compared
from evalc.checks._objections import object_to_texts
from evalc.checks._texts import all_quoted, as_compared, quoted
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match


class Contain(PlainCheck):
    """The answer has a text somewhere in it; of several, all of them, or any with `any of`.

    Part of a word counts, so `"replica"` is in "replicas". Letter case and runs of white space do not matter, unless
    the check says `exactly`.

    Example:
        must contain any of "error rate", "replica"
    """

    forms = ("contain [any of|all of] <texts:texts> [exactly]",)

    texts: list[str]
    needs: Literal["all", "any"] = "all"
    exactly: bool = False

    @classmethod
    def arguments_of(cls, match: Match) -> dict[str, JsonValue]:
        """The texts, and which of them are needed."""
        return super().arguments_of(match) | ({"needs": "any"} if "any" in match.said else {})

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """Texts that say nothing."""
        return object_to_texts(match, "texts")

    def implies(self, other: Self) -> bool:
        """Whether an answer with these texts has the other ones, since those are in these."""
        compared = texts_compared(self.texts, other.texts, exactly=self.exactly, other_exactly=other.exactly)
        if compared is None:
            return False
        mine, theirs = compared
        found = [[text in own for text in theirs] for own in mine]
        if self.needs == "any":
            return all(any(row) if other.needs == "any" else all(row) for row in found)
        there = [any(column) for column in zip(*found, strict=True)]
        return any(there) if other.needs == "any" else all(there)

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the texts occur."""
        answer = as_compared(answered.response.text, exactly=self.exactly)
        there = [text for text in self.texts if as_compared(text, exactly=self.exactly) in answer]
        missing = [text for text in self.texts if text not in there]
        if self.needs == "any" and there:
            return Finding(True, f"contains {quoted(there[0])}")
        if missing:
            return Finding(False, f"does not contain {all_quoted(missing, 'or')}")
        return Finding(True, f"contains {all_quoted(there, 'and')}")
