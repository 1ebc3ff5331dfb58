"""The protocol of Anthropic's Messages."""

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
    sum_of,
    text_of,
)
from evalc.targets._protocol import Gathering, Protocol
from evalc.targets._text import in_few_words

_REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool-calls",
    "refusal": "content-filter",
}
_THINKING = frozenset({"thinking", "redacted_thinking"})

# What the parts of a block are added to, by the kind of the part.
_GROWING = {
    "text_delta": "text",
    "thinking_delta": "thinking",
    "signature_delta": "signature",
    "input_json_delta": "partial_json",
}


class Messages(Protocol):
    """Blocks of content in messages of two roles; the system's text and the tools stand beside them.

    Source: https://docs.anthropic.com/en/api/messages.
    """

    reserved = frozenset({"messages", "model", "stream", "system", "tools"})

    def __init__(self, base: Json, *, structured: bool) -> None:
        self._base = base
        self._structured = structured

    def path(self, *, is_streamed: bool) -> str:
        return "/v1/messages"

    def request(self, prompt: Prompt) -> Json:
        body: Json = {"messages": _turns(prompt)}
        system = "\n\n".join(message.text for message in prompt.messages if message.role == "system")
        if system:
            body["system"] = system
        if prompt.tools:
            body["tools"] = [_tool(tool) for tool in prompt.tools]
        if self._structured and prompt.reply_schema is not None:
            body["output_config"] = {"format": {"type": "json_schema", "schema": prompt.reply_schema}}
        return merged(self._base, body)

    def read(self, content: Json) -> Response:
        if not isinstance(content.get("content"), list):
            raise Misread(f"it has no content, but {in_few_words(json.dumps(content))}")
        blocks = objects_of(content["content"])
        counts = members_of(content.get("usage"))
        reason = text_of(content.get("stop_reason"))
        has_to_come_back = any(block.get("type") in _THINKING or block.get("type") == "tool_use" for block in blocks)
        return Response(
            text="".join(text_of(block.get("text")) for block in blocks if block.get("type") == "text"),
            tool_calls=tuple(
                call_of(block.get("id"), name=block.get("name"), arguments=block.get("input"))
                for block in blocks
                if block.get("type") == "tool_use"
            ),
            finish_reason=_REASONS.get(reason, reason),
            model=text_of(content.get("model")),
            # What is read from or written to a cache was sent too, and is not in the first figure.
            input_tokens=sum_of(counts, "input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"),
            output_tokens=count_of(counts.get("output_tokens")),
            cached_tokens=count_of(counts.get("cache_read_input_tokens")),
            kept=keep(blocks) if has_to_come_back else "",
        )

    def gather(self) -> Gathering:
        return _Events()


class _Events(Gathering):
    """Events of a message: its beginning, parts of its blocks, and what is known at its end."""

    def __init__(self) -> None:
        self._message: Json = {}
        self._blocks: dict[int, Json] = {}

    def add(self, event: Json) -> None:
        index, delta = count_of(event.get("index")) or 0, members_of(event.get("delta"))
        match event.get("type"):
            case "message_start":
                self._message = dict(members_of(event.get("message")))
            case "content_block_start":
                self._blocks[index] = dict(members_of(event.get("content_block")))
                self.has_begun = self.has_begun or self._blocks[index].get("type") == "tool_use"
            case "content_block_delta":
                self._grow(self._blocks.setdefault(index, {"type": "text", "text": ""}), delta)
            case "message_delta":
                self._message = merged(self._message, {**delta, "usage": members_of(event.get("usage"))})
            case "message_stop":
                self.is_complete = self.is_over = True

    def content(self) -> Json:
        blocks: list[JsonValue] = []
        for index in sorted(self._blocks):
            block = dict(self._blocks[index])
            arguments = block.pop("partial_json", "")
            if arguments:
                block["input"] = _parsed(text_of(arguments))
            blocks.append(block)
        return {**self._message, "content": blocks}

    def _grow(self, block: Json, delta: Json) -> None:
        name = _GROWING.get(text_of(delta.get("type")))
        if name:
            more = text_of(delta.get(name))
            block[name] = text_of(block.get(name)) + more
            self.has_begun = self.has_begun or (name in ("text", "partial_json") and bool(more))


def _parsed(arguments: str) -> JsonValue:
    """The arguments of a call, as the text that came where they are no JSON."""
    try:
        return parse_json(arguments)
    except Misread:
        return arguments


def _turns(prompt: Prompt) -> list[JsonValue]:
    """The messages in turn: results of tools belong to the user, and what one role says in a row is one message."""
    turns: list[JsonValue] = []
    for message in prompt.messages:
        if message.role == "system":
            continue
        role = "assistant" if message.role == "assistant" else "user"
        blocks = _blocks(message)
        last = turns[-1] if turns else None
        if isinstance(last, dict) and last["role"] == role and isinstance(last["content"], list):
            last["content"] += blocks
        elif blocks:
            turns.append({"role": role, "content": blocks})
    return turns


def _blocks(message: Message) -> list[JsonValue]:
    if message.kept:
        kept = parse_json(message.kept)
        return kept if isinstance(kept, list) else []
    if message.role == "tool":
        result: Json = {"type": "tool_result", "tool_use_id": message.tool_call_id, "content": message.text}
        return [result | ({"is_error": True} if message.is_error else {})]
    # Blocks of text may not be empty.
    said: list[JsonValue] = [{"type": "text", "text": message.text}] if message.text.strip() else []
    calls: list[JsonValue] = [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": call.arguments} for call in message.tool_calls
    ]
    return said + calls


def _tool(tool: Tool) -> JsonValue:
    return {"name": tool.name, "description": tool.description, "input_schema": tool.parameters}
