"""The verb `start with`."""

from typing import ClassVar

from evalc.checks._edges import EdgeCheck
from evalc.checks._texts import quoted


class StartWith(EdgeCheck):
    """The answer begins with a text.

    White space before it, letter case and runs of white space do not matter, unless the check says `exactly`.

    Example:
        must start with "Dear"
    """

    forms = ("start with <text:text> [exactly]",)
    says: ClassVar[str] = "starts with"

    @staticmethod
    def stands_at_edge(text: str, whole: str) -> bool:
        """Whether the whole begins with the text."""
        return whole.startswith(text)

    @staticmethod
    def shown_edge(answer: str) -> str:
        """The beginning of the answer."""
        return quoted(answer.lstrip(), at_most=30)
