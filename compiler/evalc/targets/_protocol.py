"""What an API of model endpoints is to a target that speaks it."""

from abc import ABC, abstractmethod
from typing import ClassVar

from evalc.model.exchange import Prompt, Response
from evalc.targets._answers import Json


class Gathering(ABC):
    """A streamed answer as it comes about, put together to what the same answer would be in one piece.

    `has_begun` is true once there is a letter of text or of a call; `is_complete` once the answer may end here;
    `is_over` once nothing more is to come.
    """

    has_begun = False
    is_complete = False
    is_over = False

    @abstractmethod
    def add(self, event: Json) -> None:
        """Take the next event."""

    @abstractmethod
    def content(self) -> Json:
        """All of the answer, once it is complete."""


class Protocol(ABC):
    """How an API is asked and answers. Reserved members of a request belong to it, so no option may replace them."""

    reserved: ClassVar[frozenset[str]]
    streaming: ClassVar[Json] = {"stream": True}
    """What a request has in addition where its answer is to be streamed."""

    @abstractmethod
    def path(self, *, is_streamed: bool) -> str:
        """What the base address has behind it."""

    @abstractmethod
    def request(self, prompt: Prompt) -> Json:
        """The body of a request."""

    @abstractmethod
    def read(self, content: Json) -> Response:
        """The answer that a body is, without its time.

        Raises:
            Misread: It is none.
        """

    @abstractmethod
    def gather(self) -> Gathering:
        """An answer of which nothing has come yet."""
