"""Anthropic's models."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, JsonValue, field_validator

from evalc.targets._answers import Json
from evalc.targets._messages import Messages
from evalc.targets._model_target import ModelType, only_adds
from evalc.targets._options import HttpAddress
from evalc.targets._protocol import Protocol

_VERSION = "2023-06-01"
_OWN = frozenset({"temperature", "max_tokens"})


class Anthropic(ModelType):
    """Asks an endpoint that speaks Anthropic's Messages, with tools and streams.

    `base_url` is what `/v1/messages` is added to. `key` names the environment variable that holds the key. The protocol
    wants `max_tokens`; what else is not given is left to the endpoint, and `body` adds other members to each request as
    they are. With `stream` answers are read as they come. With `structured` a judge is asked for replies by their JSON
    Schema. Thinking is sent back with the calls that came of it, and is in no log.
    `idempotency_header` is for gateways, as for `http`.

    Example:
        [targets.claude]
        type = "anthropic"
        model = "claude-sonnet-4-5"
        key = "ANTHROPIC_API_KEY"
        max_tokens = 2000
        stream = true
    """

    base_url: HttpAddress = "https://api.anthropic.com"
    max_tokens: Annotated[int, Field(ge=1)] = 4096
    temperature: Annotated[float, Field(ge=0, le=1)] | None = None
    structured: bool = False
    body: dict[str, JsonValue] = {}

    @field_validator("body")
    @classmethod
    def _adds_only(cls, body: dict[str, JsonValue]) -> dict[str, JsonValue]:
        return only_adds(body, Messages.reserved | _OWN)

    @property
    def address(self) -> str:
        return self.base_url

    def protocol(self) -> Protocol:
        base: Json = {"model": self.model, "max_tokens": self.max_tokens, **self.body}
        if self.temperature is not None:
            base["temperature"] = self.temperature
        return Messages(base, structured=self.structured)

    def headers(self, key: str | None) -> Mapping[str, str]:
        return {"anthropic-version": _VERSION, **({"x-api-key": key} if key else {})}
