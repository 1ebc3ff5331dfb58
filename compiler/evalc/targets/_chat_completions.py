"""The protocol of Chat Completions."""

import json
from typing import Literal

from pydantic import JsonValue

from evalc.model.catalog import Tool
from evalc.model.exchange import Message, Prompt, Response
from evalc.targets._answers import (
    Json,
    Misread,
    call_of,
    count_of,
    keep,
    members_of,
    merged,
    object_of,
    objects_of,
    parse_object,
    price_of,
    text_of,
)
from evalc.targets._protocol import Gathering, Protocol
from evalc.targets._text import in_few_words

Structure = bool | Literal["json"]
"""Whether a judge is asked for replies by their schema, for any JSON, or for text."""

# Beside the calls as they came, some endpoints want back what the model thought before it made them.
_KEPT = ("tool_calls", "reasoning_content", "reasoning_details")


class ChatCompletions(Protocol):
    """OpenAI's older protocol, which most servers of models speak.

    Source: https://platform.openai.com/docs/api-reference/chat.
    """

    reserved = frozenset({"messages", "model", "n", "response_format", "stream", "stream_options", "tools"})
    streaming = {"stream": True, "stream_options": {"include_usage": True}}

    def __init__(self, base: Json, *, structured: Structure) -> None:
        self._base = base
        self._structured = structured

    def path(self, *, is_streamed: bool) -> str:
        return "/chat/completions"

    def request(self, prompt: Prompt) -> Json:
        body: Json = {"messages": [_message(message) for message in prompt.messages]}
        if prompt.tools:
            body["tools"] = [_tool(tool) for tool in prompt.tools]
        if self._structured and prompt.reply_schema is not None:
            schema: JsonValue = {"name": "reply", "strict": True, "schema": prompt.reply_schema}
            by_schema: JsonValue = {"type": "json_schema", "json_schema": schema}
            body["response_format"] = {"type": "json_object"} if self._structured == "json" else by_schema
        return merged(self._base, body)

    def read(self, content: Json) -> Response:
        choices = content.get("choices")
        if not isinstance(choices, list) or not choices:
            raise Misread(f"it has no choices, but {in_few_words(json.dumps(content))}")
        choice = object_of(choices[0], "its first choice")
        message = object_of(choice.get("message"), "its message")
        counts = members_of(content.get("usage"))
        return Response(
            text=_content(message),
            tool_calls=tuple(
                call_of(call.get("id"), name=function.get("name"), arguments=function.get("arguments"))
                for call in objects_of(message.get("tool_calls"))
                for function in [object_of(call.get("function"), "the function of a tool call")]
            ),
            finish_reason=text_of(choice.get("finish_reason")).replace("_", "-"),
            model=text_of(content.get("model")),
            input_tokens=count_of(counts.get("prompt_tokens")),
            output_tokens=count_of(counts.get("completion_tokens")),
            cached_tokens=count_of(members_of(counts.get("prompt_tokens_details")).get("cached_tokens")),
            cost_usd=price_of(counts.get("cost")),
            kept=keep({name: message[name] for name in _KEPT if message.get(name)}),
        )

    def gather(self) -> Gathering:
        return _Chunks()


class _Chunks(Gathering):
    """Chunks of a completion."""

    def __init__(self) -> None:
        self._whole: Json = {}
        self._texts: dict[str, list[str]] = {}
        self._details: list[JsonValue] = []
        self._calls: dict[int, Json] = {}
        self._reason: JsonValue = None

    def add(self, event: Json) -> None:
        for name in ("model", "usage"):
            if event.get(name):
                self._whole[name] = event[name]
        for choice in objects_of(event.get("choices"))[:1]:
            self._take(members_of(choice.get("delta")))
            if choice.get("finish_reason"):
                self._reason, self.is_complete = choice["finish_reason"], True

    def content(self) -> Json:
        message: Json = {name: "".join(texts) for name, texts in self._texts.items()}
        calls: list[JsonValue] = [self._calls[index] for index in sorted(self._calls)]
        if calls:
            message["tool_calls"] = calls
        if self._details:
            message["reasoning_details"] = self._details
        choice: Json = {"message": message, "finish_reason": self._reason}
        return {**self._whole, "choices": [choice]}

    def _take(self, delta: Json) -> None:
        for name in ("content", "refusal", "reasoning_content"):
            text = delta.get(name)
            if isinstance(text, str) and text:
                self._texts.setdefault(name, []).append(text)
                self.has_begun = self.has_begun or name != "reasoning_content"
        self._details += objects_of(delta.get("reasoning_details"))
        for number, part in enumerate(objects_of(delta.get("tool_calls"))):
            self.has_begun = True
            index = count_of(part.get("index"))
            self._add_call(len(self._calls) + number if index is None else index, part)

    def _add_call(self, index: int, part: Json) -> None:
        call = self._calls.setdefault(index, {"id": "", "type": "function", "function": {"name": "", "arguments": ""}})
        function, more = members_of(call["function"]), members_of(part.get("function"))
        call.update({name: value for name, value in part.items() if name not in ("index", "function") and value})
        function["name"] = text_of(function["name"]) or text_of(more.get("name"))
        given = more.get("arguments")
        # Some servers stream the arguments of a call as one object.
        whole = text_of(function["arguments"]) + given if isinstance(given, str) else given
        function["arguments"] = whole or function["arguments"]


def _message(message: Message) -> Json:
    wire: Json = {"role": message.role, "content": message.text}
    if message.kept:
        return wire | _as_it_came(message)
    if message.tool_calls:
        wire["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.raw or json.dumps(call.arguments)},
            }
            for call in message.tool_calls
        ]
    if message.role == "tool":
        wire["tool_call_id"] = message.tool_call_id
    return wire


def _as_it_came(message: Message) -> Json:
    kept = parse_object(message.kept)
    calls = objects_of(kept.get("tool_calls"))
    # Calls that came without an id have one by now, which their results name.
    numbered: list[JsonValue] = [
        {**call, "id": known.id} for call, known in zip(calls, message.tool_calls, strict=False)
    ]
    return {**kept, "tool_calls": numbered} if numbered else kept


def _tool(tool: Tool) -> JsonValue:
    function: JsonValue = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}


def _content(message: Json) -> str:
    content = message.get("content")
    if isinstance(content, list):
        return "".join(text_of(part.get("text")) for part in objects_of(content))
    if content is None:
        # A model that declines to fill a schema says so in a member of its own.
        return text_of(message.get("refusal"))
    if not isinstance(content, str):
        raise Misread("the content of its message is no text")
    return text_of(content)
