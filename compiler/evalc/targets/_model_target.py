"""Targets that are a model behind an API."""

import json
import time
from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, JsonValue

from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._answers import Misread, parse_object
from evalc.targets._faults import Unreadable
from evalc.targets._hearing import Hearing
from evalc.targets._opening import Opened, open_endpoint
from evalc.targets._options import HeaderName, KeyName
from evalc.targets._protocol import Protocol
from evalc.targets._refusals import FILTER_CODES, is_error, read_complaint
from evalc.targets.contract import Target, TargetContext, TargetType

if TYPE_CHECKING:
    from evalc.targets._http import Answer


class ModelType(TargetType):
    """What is set for every model behind an API."""

    quiet_options: ClassVar[frozenset[str]] = frozenset({"key", "stream", "idempotency_header"})

    model: Annotated[str, Field(min_length=1)]
    key: KeyName | None = None
    stream: bool = False
    idempotency_header: HeaderName | None = None

    @property
    def model_name(self) -> str:
        return self.model

    @property
    def secret_names(self) -> tuple[str, ...]:
        return (self.key,) if self.key else ()

    @property
    @abstractmethod
    def address(self) -> str:
        """What the protocol's path is added to."""

    @abstractmethod
    def protocol(self) -> Protocol:
        """The protocol that the model is asked in, with all that the policy sets."""

    @abstractmethod
    def headers(self, key: str | None) -> Mapping[str, str]:
        """What a request has beside its body, the key among it."""

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        url = self.address + self.protocol().path(is_streamed=self.stream)
        opened = open_endpoint(card, url, key=self.key, headers=self.headers, context=context)
        return _Model(card, self, opened.with_call_header(self.idempotency_header))


def only_adds(body: dict[str, JsonValue], taken: frozenset[str]) -> dict[str, JsonValue]:
    """The extra members of a request, if none of them is taken."""
    found = sorted(taken & body.keys())
    if found:
        raise ValueError(f"holds `{found[0]}`, which has a setting of its own or belongs to the question")
    return body


class _Model(Target):
    """A model with its key."""

    def __init__(self, card: TargetCard, options: ModelType, opened: Opened) -> None:
        self.card = card
        self._protocol = options.protocol()
        self._is_streamed = options.stream
        self._opened = opened

    async def ask(self, prompt: Prompt) -> Response:
        request = self._protocol.request(prompt)
        if self._is_streamed:
            request |= self._protocol.streaming
        hearing = Hearing(self._protocol.gather(), self._opened.refusals)
        hear = hearing.hear if self._is_streamed else None
        started = time.monotonic()
        answer = await self._opened.post(json.dumps(request).encode(), prompt=prompt, hear=hear)
        latency_s = round(time.monotonic() - started, 6)
        first_s = round(hearing.began_at - started, 6) if hearing.began_at else None
        response = self._read(answer, hearing)
        return response.model_copy(update={"latency_s": latency_s, "first_token_s": first_s})

    async def aclose(self) -> None:
        await self._opened.endpoint.aclose()

    def _read(self, answer: "Answer", hearing: "Hearing") -> Response:
        if answer.status == 400 and read_complaint(answer.body).code in FILTER_CODES:
            # Whoever uses this model meets the filter too, so it is a part of what is tested.
            return Response(text="", finish_reason="content-filter")
        self._opened.checked(answer)
        try:
            # A server that knows no streams answers in one piece all the same.
            content = hearing.content() if answer.is_stream else parse_object(answer.body)
            if is_error(content):
                raise self._opened.refusals.fault_within(content)
            return self._protocol.read(content)
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None
