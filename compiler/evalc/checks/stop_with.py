"""The verb `stop with`."""

from typing import Self

from evalc.checks.contract import Answered, Finding, PlainCheck


class StopWith(PlainCheck):
    """The endpoint says that the answer ended for this reason.

    The usual reasons are `stop`, `length` (cut off at the limit of tokens), `tool-calls` and `content-filter`; an
    endpoint may have others. `-` and `_` are the same here.

    Example:
        must not stop with length
    """

    forms = ("stop with <reason:reason>",)

    reason: str

    def implies(self, other: Self) -> bool:
        """Whether the reasons are the same."""
        return _plain(self.reason) == _plain(other.reason)

    @property
    def needs_answer_alone(self) -> bool:
        """No: it looks at what the endpoint says."""
        return False

    def evaluate(self, answered: Answered) -> Finding:
        """Whether the reasons are the same."""
        said = answered.response.finish_reason
        if not said:
            return Finding(None, "has no known reason to stop: the endpoint did not tell")
        is_same = _plain(said) == _plain(self.reason)
        return Finding(is_same, f"stopped with {said}" + ("" if is_same else f", not with {self.reason}"))


def _plain(reason: str) -> str:
    return reason.casefold().replace("_", "-")
