"""Targets that are a model behind an API."""

import json
import time
from abc import abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, JsonValue

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._answers import Json, Misread, parse_object
from evalc.targets._faults import ConnectionLost, Unreadable
from evalc.targets._options import KeyName, usable_key
from evalc.targets._protocol import Gathering, Protocol
from evalc.targets._refusals import FILTER_CODES, Refusals, read_complaint
from evalc.targets._sse import EventReader
from evalc.targets.contract import Target, TargetContext, TargetType

if TYPE_CHECKING:
    from evalc.targets._http import Answer


class ModelType(TargetType):
    """What is set for every model behind an API."""

    quiet_options: ClassVar[frozenset[str]] = frozenset({"key", "stream"})

    model: Annotated[str, Field(min_length=1)]
    key: KeyName | None = None
    stream: bool = False

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
        key = usable_key(card.name, self.key, secret=context.secret) if self.key else None
        return _Model(card, self, key=key, context=context)


def only_adds(body: dict[str, JsonValue], taken: frozenset[str]) -> dict[str, JsonValue]:
    """The extra members of a request, if none of them is taken."""
    found = sorted(taken & body.keys())
    if found:
        raise ValueError(f"holds `{found[0]}`, which has a setting of its own or belongs to the question")
    return body


class _Model(Target):
    """A model with its key."""

    def __init__(self, card: TargetCard, options: ModelType, *, key: str | None, context: TargetContext) -> None:
        # Reading a policy does not need httpx, and importing it takes longer than that.
        from evalc.targets._http import CallLimits, Endpoint

        self.card = card
        self._protocol = options.protocol()
        self._is_streamed = options.stream
        scrubber = Scrubber({options.key: key} if options.key and key else {})
        self._refusals = Refusals(card.name, options.key, scrubber)
        self._endpoint = Endpoint(
            card.name,
            options.address + self._protocol.path(is_streamed=options.stream),
            headers=options.headers(key),
            limits=CallLimits(context.timeout_s, context.max_answer_bytes),
        )

    async def ask(self, prompt: Prompt) -> Response:
        request = self._protocol.request(prompt)
        if self._is_streamed:
            request |= self._protocol.streaming
        hearing = _Hearing(self._protocol.gather(), self._refusals)
        hear = hearing.hear if self._is_streamed else None
        started = time.monotonic()
        answer = await self._endpoint.post(json.dumps(request).encode(), hear=hear)
        latency_s = round(time.monotonic() - started, 6)
        first_s = round(hearing.began_at - started, 6) if hearing.began_at else None
        response = self._read(answer, hearing)
        return response.model_copy(update={"latency_s": latency_s, "first_token_s": first_s})

    async def aclose(self) -> None:
        await self._endpoint.aclose()

    def _read(self, answer: "Answer", hearing: "_Hearing") -> Response:
        if answer.status != 200:
            complaint = read_complaint(answer.body)
            if answer.status == 400 and complaint.code in FILTER_CODES:
                # Whoever uses this model meets the filter too, so it is a part of what is tested.
                return Response(text="", finish_reason="content-filter")
            raise self._refusals.fault(answer.status, answer.headers, complaint=complaint)
        try:
            # A server that knows no streams answers in one piece all the same.
            content = hearing.content() if answer.is_stream else parse_object(answer.body)
            if _is_error(content):
                raise self._refusals.fault_within(content)
            return self._protocol.read(content)
        except Misread as problem:
            raise Unreadable(self.card.name, str(problem)) from None


class _Hearing:
    """Listens to a stream until it is over."""

    def __init__(self, gathering: Gathering, refusals: Refusals) -> None:
        self.began_at: float | None = None
        self._gathering = gathering
        self._refusals = refusals
        self._events = EventReader()

    def hear(self, part: bytes) -> bool:
        """Take a part of the stream, and tell whether that was its end.

        Raises:
            TargetError: The stream tells of a failure, or holds something else than events.
        """
        for data in self._events.feed(part):
            self._take(data)
        return self._gathering.is_over

    def content(self) -> Json:
        """The whole answer.

        Raises:
            TargetError: It was cut off.
        """
        for data in self._events.end():
            self._take(data)
        if not self._gathering.is_complete:
            raise ConnectionLost(self._refusals.name, "its stream ended without the mark of an end")
        return self._gathering.content()

    def _take(self, data: bytes) -> None:
        gathering = self._gathering
        if data.strip() == b"[DONE]":
            gathering.is_over = True
            return
        try:
            event = parse_object(data)
        except Misread as problem:
            raise Unreadable(self._refusals.name, f"an event of its stream is wrong: {problem}") from None
        if _is_error(event):
            raise self._refusals.fault_within(event)
        gathering.add(event)
        if gathering.has_begun and self.began_at is None:
            self.began_at = time.monotonic()


def _is_error(content: Json) -> bool:
    return bool(content.get("error")) or content.get("type") == "error"
