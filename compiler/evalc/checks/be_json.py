"""The verb `be json`."""

from typing import Self

from evalc.checks._json import NotJson, read_answer, read_json
from evalc.checks.contract import Answered, Finding, PlainCheck


class BeJson(PlainCheck):
    """The answer is JSON.

    One fenced block with words around it will do, for that is how many models answer; if there are several, one alone
    has to be marked `json`. With `exactly` the whole answer has to be JSON and nothing else. A member that is named
    twice, NaN and infinity are no JSON.

    Example:
        must be json exactly
    """

    forms = ("be json [exactly]",)

    exactly: bool = False

    def implies(self, other: Self) -> bool:
        """Whether the other one takes words around the JSON, or neither does."""
        return self.exactly or not other.exactly

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer can be read."""
        try:
            (read_json if self.exactly else read_answer)(answered.response.text)
        except NotJson as problem:
            return Finding(False, f"is not JSON: {problem}")
        return Finding(True, "is JSON")
