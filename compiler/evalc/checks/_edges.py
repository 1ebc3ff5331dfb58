"""What `start with` and `end with` share: a text at one edge of the answer."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Self

from evalc.checks._implication import texts_compared
from evalc.checks._objections import object_to_texts
from evalc.checks._texts import as_compared, quoted
from evalc.checks.contract import Answered, Finding, Objection, PlainCheck
from evalc.syntax.phrase import Match


class EdgeCheck(PlainCheck):
    """A text at one edge of the answer; `says` is how a reason begins."""

    says: ClassVar[str]

    text: str
    exactly: bool = False

    @classmethod
    def objections(cls, match: Match) -> Iterator[Objection]:
        """A text that says nothing."""
        return object_to_texts(match, "text")

    @staticmethod
    @abstractmethod
    def stands_at_edge(text: str, whole: str) -> bool:
        """Whether a text is at this edge of another one."""

    @staticmethod
    @abstractmethod
    def shown_edge(answer: str) -> str:
        """What is at the edge of an answer, in quotes."""

    def implies(self, other: Self) -> bool:
        """Whether the other text is at this edge of this one."""
        compared = texts_compared([self.text], [other.text], exactly=self.exactly, other_exactly=other.exactly)
        return compared is not None and self.stands_at_edge(compared[1][0], compared[0][0])

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the text is at this edge of the answer."""
        answer = answered.response.text
        text, whole = (as_compared(one, exactly=self.exactly) for one in (self.text, answer))
        if self.stands_at_edge(text, whole):
            return Finding(True, f"{self.says} {quoted(self.text)}")
        if not answer.strip():
            return Finding(False, "is empty")
        return Finding(False, f"{self.says} {self.shown_edge(answer)}, not with {quoted(self.text)}")
