"""What a target is asked and what it gave."""

from typing import Literal, Self

from pydantic import Field, JsonValue

from evalc.base.digest import digest
from evalc.model.catalog import Example, Tool
from evalc.model.stored import Kept, Stored


class ToolCall(Stored):
    """A call that a target made; `raw` keeps arguments that were no JSON object."""

    id: str = ""
    name: str
    arguments: dict[str, JsonValue] = {}
    raw: str = ""


class Message(Stored):
    """One message of a conversation. A `tool` message answers the call named by `tool_call_id`.

    `kept` is the JSON of an assistant's message as its provider wants it back, with thinking that is signed, for
    instance. It is in no log and no digest: only the provider that wrote it can read it.
    """

    role: Literal["system", "user", "assistant", "tool"]
    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str = ""
    is_error: bool = False
    kept: str = Field(default="", exclude=True, repr=False)


class Prompt(Stored):
    """What a target or a judge is asked.

    `key` names the question across runs: `CASE@REPEAT/TURN` for an answer, `CASE@REPEAT/TURN.STEP` after results of
    tools, with `/CHECK/CRITERION` behind it for a judgement. `reply_schema` is a JSON Schema of the reply where one is
    wanted. `call` names this one call, all of its attempts included; it is in no log and no digest.
    """

    key: str
    purpose: Literal["answer", "judgement"]
    case_id: str
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    reply_schema: dict[str, JsonValue] | None = None
    call: str = Field(default="", exclude=True, repr=False)

    @property
    def digest(self) -> str:
        """A hash of all that is asked, without the question's key: equal for equal questions."""
        return digest(self.model_dump(mode="json", exclude={"key", "case_id"}))


class Response(Kept):
    """What came back. Numbers that the endpoint did not give are None; `cost_usd` is None where no price is known.

    `cached_tokens` are those of the input that the endpoint had read before.
    `tool_calls` holds all calls made for this answer, in order, and `transcript` the messages between the
    question and the answer when there was more than one. `first_token_s` is the time to the first letter of a
    streamed answer. `kept` is what the message of this answer keeps for its provider.
    """

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    transcript: tuple[Message, ...] = ()
    finish_reason: str = ""
    model: str = ""
    latency_s: float = 0.0
    first_token_s: float | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int | None = None
    cost_usd: float | None = None
    kept: str = Field(default="", exclude=True, repr=False)

    def in_figures(self) -> Self:
        """What this answer cost and took, without what was said."""
        return type(self)(text="", cost_usd=self.cost_usd, latency_s=self.latency_s, first_token_s=self.first_token_s)

    @classmethod
    def like(cls, example: Example) -> Self:
        """What a target gives that answers as an example does, without how it was given: its time, cost and end."""
        calls = [ToolCall(name=call.name, arguments=call.arguments) for call in example.calls]
        return cls(text=example.text, tool_calls=tuple(calls))


class Recording(Stored):
    """An answer that was kept, with the key and the digest of the prompt that it answers."""

    key: str
    prompt_digest: str
    response: Response
