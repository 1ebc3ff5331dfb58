"""Google's Gemini models."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, JsonValue, field_validator

from evalc.targets._answers import Json, merged
from evalc.targets._generate_content import GenerateContent
from evalc.targets._model_target import ModelType, only_adds
from evalc.targets._options import HttpAddress
from evalc.targets._protocol import Protocol


class Google(ModelType):
    """Asks a Gemini model by `generateContent`, or by `streamGenerateContent` with `stream`.

    `base_url` is what `/models/MODEL:generateContent` is added to. `key` names the environment variable that holds the
    key, which goes into a header and never into the address. What is not given is left to the endpoint; `body` adds
    other members to each request as they are, also into its `generationConfig`. With `structured` a judge is asked for
    replies by their JSON Schema. Signed thoughts are sent back with the calls that came of them, and are in no log.
    `idempotency_header` is for gateways, as for `http`.

    Example:
        [targets.gemini]
        type = "google"
        model = "gemini-2.5-flash"
        key = "GEMINI_API_KEY"
        temperature = 0
        body = { generationConfig = { thinkingConfig = { thinkingBudget = 0 } } }
    """

    base_url: HttpAddress = "https://generativelanguage.googleapis.com/v1beta"
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None
    structured: bool = False
    body: dict[str, JsonValue] = {}

    @field_validator("body")
    @classmethod
    def _adds_only(cls, body: dict[str, JsonValue]) -> dict[str, JsonValue]:
        return only_adds(body, GenerateContent.reserved)

    @property
    def address(self) -> str:
        return self.base_url

    def protocol(self) -> Protocol:
        given = {"temperature": self.temperature, "maxOutputTokens": self.max_tokens, "seed": self.seed}
        config: Json = {name: value for name, value in given.items() if value is not None}
        base = merged(self.body, {"generationConfig": config}) if config else dict(self.body)
        return GenerateContent(self.model, base, structured=self.structured)

    def headers(self, key: str | None) -> Mapping[str, str]:
        return {"x-goog-api-key": key} if key else {}
