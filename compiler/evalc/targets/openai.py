"""Any endpoint that speaks Chat Completions or Responses."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, JsonValue, field_validator

from evalc.targets._answers import Json
from evalc.targets._chat_completions import ChatCompletions, Structure
from evalc.targets._model_target import ModelType, only_adds
from evalc.targets._options import HttpAddress
from evalc.targets._protocol import Protocol
from evalc.targets._responses import Responses

_OWN = frozenset({"temperature", "max_tokens", "max_output_tokens", "seed"})


class OpenAI(ModelType):
    """Asks an endpoint that speaks Chat Completions: OpenAI, vLLM, Ollama, Baseten's model APIs and most others.

    `base_url` is what `/chat/completions` is added to, or `/responses` with `api = "responses"`. `key` names the
    environment variable that holds the key. The options that are not given are left to the endpoint; `body` adds others
    to each request as they are. With `stream` answers are read as they come, which tells the time to the first token.
    With `structured` a judge is asked for replies by their JSON Schema, and with `structured = "json"` for any JSON.
    `idempotency_header` is for gateways, as for `http`.

    Example:
        [targets.local]
        type = "openai"
        base_url = "http://127.0.0.1:8000/v1"
        model = "llama-3.1-8b-instruct"
        temperature = 0
        body = { top_p = 0.9 }
    """

    base_url: HttpAddress
    api: Literal["chat-completions", "responses"] = "chat-completions"
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None
    structured: Structure = False
    body: dict[str, JsonValue] = {}

    @field_validator("body")
    @classmethod
    def _adds_only(cls, body: dict[str, JsonValue]) -> dict[str, JsonValue]:
        return only_adds(body, ChatCompletions.reserved | Responses.reserved | _OWN)

    @property
    def address(self) -> str:
        return self.base_url

    def protocol(self) -> Protocol:
        is_chat = self.api == "chat-completions"
        given = {
            "temperature": self.temperature,
            "max_tokens" if is_chat else "max_output_tokens": self.max_tokens,
            "seed": self.seed,
        }
        base: Json = {"model": self.model, **self.body, **{x: value for x, value in given.items() if value is not None}}
        return (ChatCompletions if is_chat else Responses)(base, structured=self.structured)

    def headers(self, key: str | None) -> Mapping[str, str]:
        return {"authorization": f"Bearer {key}"} if key else {}
