"""The verb `end with`."""

from typing import ClassVar

from evalc.checks._edges import EdgeCheck
from evalc.checks._texts import quoted_end


class EndWith(EdgeCheck):
    """The answer ends with a text.

    White space behind it, letter case and runs of white space do not matter, unless the check says `exactly`.

    Example:
        must end with "Is there anything else?"
    """

    forms = ("end with <text:text> [exactly]",)
    says: ClassVar[str] = "ends with"

    @staticmethod
    def stands_at_edge(text: str, whole: str) -> bool:
        """Whether the whole ends with the text."""
        return whole.endswith(text)

    @staticmethod
    def shown_edge(answer: str) -> str:
        """The end of the answer."""
        return quoted_end(answer.rstrip())
