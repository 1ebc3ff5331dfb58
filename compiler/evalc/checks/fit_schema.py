"""The verb `fit schema`."""

from typing import Self

from pydantic import Field, JsonValue

from evalc.base.digest import canonical_json
from evalc.checks._json import NotJson, read_answer
from evalc.checks._schemas import SchemaProblem, misfit
from evalc.checks.contract import Answered, Finding, PlainCheck


class FitSchema(PlainCheck):
    """The answer is JSON that fits the JSON Schema in a file beside the spec.

    The schema refers to nothing outside of itself. The JSON of an answer is found as for `be json`.

    Example:
        must fit schema "schemas/decision.json"
    """

    forms = ("fit schema <file:text>",)

    file: str
    # The compiler puts the content of the file here, so that a check needs no file when it runs.
    content: JsonValue = Field(default=None, alias="schema")

    def implies(self, other: Self) -> bool:
        """Whether the schemas say the same; of two that differ nothing is known."""
        return canonical_json(self.content) == canonical_json(other.content)

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the answer's JSON fits."""
        try:
            problem = misfit(read_answer(answered.response.text), self.content)
        except NotJson as error:
            return Finding(False, f"is not JSON: {error}")
        except SchemaProblem as error:
            return Finding(None, f"cannot be checked: {error}")
        return Finding(not problem, f"does not fit {self.file}: {problem}" if problem else f"fits {self.file}")
