"""The protocol of Responses."""

import json

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
    objects_of,
    parse_json,
    price_of,
    text_of,
)
from evalc.targets._chat_completions import Structure
from evalc.targets._protocol import Gathering, Protocol
from evalc.targets._text import in_few_words

_ENDS = frozenset({"response.completed", "response.incomplete", "response.failed"})
_BEGINNINGS = frozenset(
    {"response.output_text.delta", "response.refusal.delta", "response.function_call_arguments.delta"}
)


class Responses(Protocol):
    """OpenAI's newer protocol: items go in and items come out.

    Source: https://platform.openai.com/docs/api-reference/responses.
    """

    reserved = frozenset({"input", "instructions", "model", "previous_response_id", "stream", "tools"})

    def __init__(self, base: Json, *, structured: Structure) -> None:
        self._base = base
        self._structured = structured

    def path(self, *, is_streamed: bool) -> str:
        return "/responses"

    def request(self, prompt: Prompt) -> Json:
        items: list[JsonValue] = [item for message in prompt.messages for item in _items(message)]
        body: Json = {"input": items}
        if prompt.tools:
            body["tools"] = [_tool(tool) for tool in prompt.tools]
        if self._structured and prompt.reply_schema is not None:
            by_schema: JsonValue = {
                "type": "json_schema",
                "name": "reply",
                "strict": True,
                "schema": prompt.reply_schema,
            }
            body["text"] = {"format": {"type": "json_object"} if self._structured == "json" else by_schema}
        return merged(self._base, body)

    def read(self, content: Json) -> Response:
        if not isinstance(content.get("output"), list):
            raise Misread(f"it has no output, but {in_few_words(json.dumps(content))}")
        items = objects_of(content["output"])
        parts = [part for item in items if item.get("type") == "message" for part in objects_of(item.get("content"))]
        calls = tuple(
            call_of(item.get("call_id"), name=item.get("name"), arguments=item.get("arguments"))
            for item in items
            if item.get("type") == "function_call"
        )
        counts = members_of(content.get("usage"))
        return Response(
            text="".join(text_of(part.get("text")) or text_of(part.get("refusal")) for part in parts),
            tool_calls=calls,
            finish_reason=_reason(content, has_calls=bool(calls)),
            model=text_of(content.get("model")),
            input_tokens=count_of(counts.get("input_tokens")),
            output_tokens=count_of(counts.get("output_tokens")),
            cached_tokens=count_of(members_of(counts.get("input_tokens_details")).get("cached_tokens")),
            cost_usd=price_of(counts.get("cost")),
            kept=keep(content["output"]),
        )

    def gather(self) -> Gathering:
        return _Events()


class _Events(Gathering):
    """Events of a response, whose last one has all of it."""

    def __init__(self) -> None:
        self._response: Json = {}

    def add(self, event: Json) -> None:
        kind, response = event.get("type"), members_of(event.get("response"))
        self.has_begun = self.has_begun or kind in _BEGINNINGS
        if kind in _ENDS:
            self._response = response
            self.is_complete = self.is_over = True

    def content(self) -> Json:
        return self._response


def _reason(content: Json, *, has_calls: bool) -> str:
    status = content.get("status")
    if status == "incomplete":
        reason = text_of(members_of(content.get("incomplete_details")).get("reason"))
        return {"max_output_tokens": "length", "content_filter": "content-filter"}.get(reason, reason)
    if status == "completed":
        return "tool-calls" if has_calls else "stop"
    return text_of(status)


def _items(message: Message) -> list[JsonValue]:
    if message.kept:
        kept = parse_json(message.kept)
        return kept if isinstance(kept, list) else []
    if message.role == "tool":
        return [{"type": "function_call_output", "call_id": message.tool_call_id, "output": message.text}]
    said: list[JsonValue] = [{"role": message.role, "content": message.text}] if message.text else []
    calls: list[JsonValue] = [
        {
            "type": "function_call",
            "call_id": call.id,
            "name": call.name,
            "arguments": call.raw or json.dumps(call.arguments),
        }
        for call in message.tool_calls
    ]
    return said + calls


def _tool(tool: Tool) -> JsonValue:
    return {
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "parameters": tool.parameters,
        # Strict tools want every property to be required, which schemas of specs need not say.
        "strict": False,
    }
