"""Questions and answers as plain JSON, for programs and functions that are asked."""

from pydantic import JsonValue

from evalc.base.suggest import closest
from evalc.model.exchange import Message, Prompt, Response, ToolCall
from evalc.targets._answers import (
    Json,
    Misread,
    call_of,
    count_of,
    members_of,
    object_of,
    objects_of,
    price_of,
    text_of,
)

_REPLY = ("text", "tool_calls", "finish_reason", "model", "input_tokens", "output_tokens", "cost_usd")


def question_of(prompt: Prompt) -> Json:
    """A prompt as an object: which case it is, the messages so far, and the tools that may be called."""
    tools: list[JsonValue] = [
        {"name": tool.name, "description": tool.description, "parameters": tool.parameters} for tool in prompt.tools
    ]
    question: Json = {
        "key": prompt.key,
        "case": prompt.case_id,
        "messages": [message_of(message) for message in prompt.messages],
        "tools": tools,
    }
    return question | ({"reply_schema": prompt.reply_schema} if prompt.reply_schema else {})


def message_of(message: Message) -> Json:
    """A message as an object, with what only some have where it has it."""
    plain: Json = {"role": message.role, "content": message.text}
    if message.tool_calls:
        plain["tool_calls"] = [
            {"id": call.id, "name": call.name, "arguments": call.raw or call.arguments} for call in message.tool_calls
        ]
    if message.role == "tool":
        plain |= {"tool_call_id": message.tool_call_id, "is_error": message.is_error}
    return plain


def read_reply(reply: JsonValue) -> Response:
    """The answer that a text or an object is.

    Raises:
        Misread: It is neither, has other members, or neither text nor calls.
    """
    if isinstance(reply, str):
        return Response(text=text_of(reply), finish_reason="stop")
    given = object_of(reply, "it")
    strange = next((name for name in given if name not in _REPLY), None)
    if strange is not None:
        near = closest(strange, _REPLY)
        meant = f"did you mean `{near}`?" if near else f"what fits: {', '.join(_REPLY)}"
        raise Misread(f"it has a member `{strange[:60]}`; {meant}")
    calls = calls_of(given.get("tool_calls"))
    text = given.get("text")
    if not isinstance(text, str) and not (calls and text is None):
        raise Misread("it has no `text`" if text is None else "its `text` is no text")
    return Response(
        text=text_of(text),
        tool_calls=calls,
        finish_reason=text_of(given.get("finish_reason")) or ("tool-calls" if calls else "stop"),
        model=text_of(given.get("model")),
        input_tokens=count_of(given.get("input_tokens")),
        output_tokens=count_of(given.get("output_tokens")),
        cost_usd=price_of(given.get("cost_usd")),
    )


def calls_of(value: JsonValue) -> tuple[ToolCall, ...]:
    """Calls of tools, each an object with `name` and `arguments`, or with these two in `function`."""
    found = [(call, members_of(call.get("function")) or call) for call in objects_of(value)]
    return tuple(
        call_of(call.get("id"), name=said.get("name"), arguments=said.get("arguments")) for call, said in found
    )
