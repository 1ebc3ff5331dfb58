"""Any endpoint that speaks Chat Completions."""

import time
from datetime import UTC, datetime
from typing import Annotated, ClassVar

from pydantic import Field, JsonValue, field_validator

from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._completion import RESERVED, read_completion, read_error, write_request
from evalc.targets._faults import (
    KeyMissing,
    KeyRefused,
    NotThere,
    OutOfQuota,
    QuestionRefused,
    Redirected,
    ServerFailed,
    Throttled,
)
from evalc.targets._hints import retry_after_s
from evalc.targets._options import HttpAddress, KeyName
from evalc.targets.contract import Target, TargetContext, TargetError, TargetType

_QUOTA_CODES = frozenset({"insufficient_quota", "billing_hard_limit_reached"})
_MODEL_CODES = frozenset({"model_not_found"})


class OpenAI(TargetType):
    """Asks an endpoint that speaks Chat Completions: OpenAI, vLLM, Ollama, Baseten's model APIs and most others.

    `base_url` is what `/chat/completions` is added to. `key` names the environment variable that holds the key. The
    options that are not given are left to the endpoint; `body` adds others to each request as they are. With
    `structured` a judge is asked for replies by their JSON Schema.

    Example:
        [targets.local]
        type = "openai"
        base_url = "http://127.0.0.1:8000/v1"
        model = "llama-3.1-8b-instruct"
        temperature = 0
        body = { top_p = 0.9 }
    """

    quiet_options: ClassVar[frozenset[str]] = frozenset({"key"})

    base_url: HttpAddress
    model: Annotated[str, Field(min_length=1)]
    key: KeyName | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    seed: int | None = None
    structured: bool = False
    body: dict[str, JsonValue] = {}

    @field_validator("body")
    @classmethod
    def _adds_only(cls, body: dict[str, JsonValue]) -> dict[str, JsonValue]:
        taken = sorted((RESERVED | {"temperature", "max_tokens", "seed"}) & body.keys())
        if taken:
            raise ValueError(f"holds `{taken[0]}`, which has a setting of its own or belongs to the question")
        return body

    @property
    def model_name(self) -> str:
        return self.model

    @property
    def secret_names(self) -> tuple[str, ...]:
        return (self.key,) if self.key else ()

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        key = _usable_key(card.name, self.key, context) if self.key else None
        return _Endpoint(card, self, key=key, context=context)


class _Endpoint(Target):
    """An endpoint with its key."""

    def __init__(self, card: TargetCard, options: OpenAI, *, key: str | None, context: TargetContext) -> None:
        # Reading a policy does not need httpx, and importing it takes longer than that.
        from evalc.targets._http import CallLimits, Endpoint

        self.card = card
        self._options = options
        self._scrubber = Scrubber({options.key: key} if options.key and key else {})
        self._endpoint = Endpoint(
            card.name,
            f"{options.base_url}/chat/completions",
            headers={"authorization": f"Bearer {key}"} if key else {},
            limits=CallLimits(context.timeout_s, context.max_answer_bytes),
        )
        given = {"temperature": options.temperature, "max_tokens": options.max_tokens, "seed": options.seed}
        set_ = {name: value for name, value in given.items() if value is not None}
        self._request: dict[str, JsonValue] = {"model": options.model, **set_, **options.body}

    async def ask(self, prompt: Prompt) -> Response:
        content = write_request(prompt, self._request, structured=self._options.structured)
        started = time.monotonic()
        answer = await self._endpoint.post(content)
        if answer.status == 200:
            latency_s = round(time.monotonic() - started, 6)
            return read_completion(answer.body, name=self.card.name, latency_s=latency_s)
        hint_s = retry_after_s(answer.headers, now=datetime.now(UTC))
        raise self._fault(answer.status, answer.body, hint_s=hint_s)

    async def aclose(self) -> None:
        await self._endpoint.aclose()

    def _fault(self, status: int, body: bytes, *, hint_s: float | None) -> TargetError:
        name = self.card.name
        said, code = read_error(body)
        # Some servers repeat the key that they refuse.
        said = f"{self._scrubber.scrub(said)} (status {status})"
        match status:
            case _ if 300 <= status < 400:
                return Redirected(name, status)
            case 402 | 429 if status == 402 or code in _QUOTA_CODES:
                return OutOfQuota(name, said)
            case 429 | 529:
                return Throttled(name, said, retry_after_s=hint_s)
            case 503 if hint_s is not None:
                return Throttled(name, said, retry_after_s=hint_s)
            case 401 | 403:
                return KeyRefused(name, said, variable=self._options.key)
            case 404 | 405 | 410 | 501:
                return NotThere(name, said)
            case _ if code in _MODEL_CODES:
                return NotThere(name, said)
            case 408 | 409 | 425:
                return ServerFailed(name, said, retry_after_s=hint_s)
            case _ if status >= 500:
                return ServerFailed(name, said, retry_after_s=hint_s)
            case _:
                return QuestionRefused(name, said)


def _usable_key(name: str, variable: str, context: TargetContext) -> str:
    key = context.secret(variable)
    if not key:
        raise KeyMissing(name, variable, reason="is not set")
    if not (key.isascii() and key.isprintable() and " " not in key):
        raise KeyMissing(name, variable, reason="holds spaces or other characters that no key has")
    return key
