"""The Chat Completions protocol: what is sent, and what comes back."""

import json
from collections.abc import Mapping, Sequence

from pydantic import JsonValue, ValidationError

from evalc.model.catalog import Tool
from evalc.model.exchange import Message, Prompt, Response, ToolCall
from evalc.targets._faults import Unreadable
from evalc.targets._text import in_few_words, without_surrogates

RESERVED = frozenset({"messages", "model", "n", "response_format", "stream", "tools"})
"""Members of a request that an extra option may not replace."""

_MOST_LEVELS = 64


def write_request(prompt: Prompt, options: Mapping[str, JsonValue], *, structured: bool) -> bytes:
    """The body of a request: what the options say, and the prompt."""
    body: dict[str, JsonValue] = {**options, "messages": [_message(message) for message in prompt.messages]}
    if prompt.tools:
        body["tools"] = [_tool(tool) for tool in prompt.tools]
    if structured and prompt.reply_schema is not None:
        schema: JsonValue = {"name": "reply", "strict": True, "schema": prompt.reply_schema}
        body["response_format"] = {"type": "json_schema", "json_schema": schema}
    return json.dumps(body).encode()


def read_completion(body: bytes, *, name: str, latency_s: float) -> Response:
    """The first choice of a completion.

    Raises:
        Unreadable: It is no completion, or has no choice.
    """
    completion = _object(_parsed(body, name), "it", name=name)
    choices = completion.get("choices")
    if not isinstance(choices, list) or not choices:
        raise Unreadable(name, f"it has no choices, but {in_few_words(body.decode(errors='replace'))}")
    choice = _object(choices[0], "its first choice", name=name)
    message = _object(choice.get("message"), "its message", name=name)
    usage = completion.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    details = counts.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return Response(
        text=_content(message, name),
        tool_calls=_calls(message.get("tool_calls"), name),
        finish_reason=_text(choice.get("finish_reason")),
        model=_text(completion.get("model")),
        latency_s=latency_s,
        input_tokens=_count(counts.get("prompt_tokens")),
        output_tokens=_count(counts.get("completion_tokens")),
        cached_tokens=_count(cached),
    )


def read_error(body: bytes) -> tuple[str, str]:
    """What a server says of a failure in a few words, and its code where it gives one."""
    try:
        content: JsonValue = json.loads(body)
    except (ValueError, RecursionError):
        return in_few_words(body.decode(errors="replace")) or "nothing more is said", ""
    error = content.get("error", content) if isinstance(content, dict) else content
    if isinstance(error, dict):
        said = next((error[key] for key in ("message", "detail") if isinstance(error.get(key), str)), error)
        code = error.get("code") or error.get("type")
        return _words(said), code if isinstance(code, str) else ""
    return _words(error), ""


def _words(said: JsonValue) -> str:
    return in_few_words(said if isinstance(said, str) else json.dumps(said))


def _message(message: Message) -> JsonValue:
    wire: dict[str, JsonValue] = {"role": message.role, "content": message.text}
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


def _tool(tool: Tool) -> JsonValue:
    function: JsonValue = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}
    return {"type": "function", "function": function}


def _parsed(body: bytes, name: str) -> JsonValue:
    try:
        parsed: JsonValue = json.loads(body)
    except (ValueError, RecursionError):
        begin = in_few_words(body.decode(errors="replace"), at_most=80)
        raise Unreadable(name, f"it is no JSON and begins with {begin}" if begin else "it is empty") from None
    return parsed


def _object(value: JsonValue, what: str, *, name: str) -> Mapping[str, JsonValue]:
    if not isinstance(value, dict):
        raise Unreadable(name, f"{what} is no JSON object")
    return value


def _content(message: Mapping[str, JsonValue], name: str) -> str:
    content = message.get("content")
    if isinstance(content, list):
        parts = [part.get("text") for part in content if isinstance(part, dict)]
        return "".join(_text(part) for part in parts)
    if content is None:
        # A model that declines to fill a schema says so in a member of its own.
        return _text(message.get("refusal"))
    if not isinstance(content, str):
        raise Unreadable(name, "the content of its message is no text")
    return _text(content)


def _calls(value: JsonValue, name: str) -> tuple[ToolCall, ...]:
    calls: Sequence[JsonValue] = value if isinstance(value, list) else []
    return tuple(_call(_object(call, "a tool call", name=name), name) for call in calls)


def _call(call: Mapping[str, JsonValue], name: str) -> ToolCall:
    function = _object(call.get("function"), "the function of a tool call", name=name)
    id, called, given = _text(call.get("id")), _text(function.get("name")), function.get("arguments")
    try:
        # A call without arguments comes as an empty text from some servers, and as an object from others.
        arguments = json.loads(given or "{}") if isinstance(given, str) else given
        if _is_deeper(arguments, _MOST_LEVELS):
            raise ValueError("too deep to be written and read again")
        return ToolCall.model_validate({"id": id, "name": called, "arguments": arguments})
    except (ValueError, RecursionError, ValidationError):
        return ToolCall(id=id, name=called, raw=_text(given) or json.dumps(given))


def _is_deeper(value: JsonValue, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(item, levels - 1) for item in inner)


def _text(value: JsonValue) -> str:
    return without_surrogates(value) if isinstance(value, str) else ""


def _count(value: JsonValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
