"""The protocol of Gemini's generateContent."""

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
    "STOP": "stop",
    "MAX_TOKENS": "length",
    **dict.fromkeys(
        ("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY", "LANGUAGE"),
        "content-filter",
    ),
}


class GenerateContent(Protocol):
    """Parts of content in turns of two roles; the system's text and the declarations of tools stand beside them.

    Source: https://ai.google.dev/api/generate-content.
    """

    reserved = frozenset({"contents", "systemInstruction", "tools"})
    # The path says it.
    streaming = {}

    def __init__(self, model: str, base: Json, *, structured: bool) -> None:
        self._model = model
        self._base = base
        self._structured = structured

    def path(self, *, is_streamed: bool) -> str:
        method = "streamGenerateContent?alt=sse" if is_streamed else "generateContent"
        return f"/models/{self._model}:{method}"

    def request(self, prompt: Prompt) -> Json:
        body: Json = {"contents": _contents(prompt)}
        system = "\n\n".join(message.text for message in prompt.messages if message.role == "system")
        if system:
            body["systemInstruction"] = {"parts": [{"text": system}]}
        if prompt.tools:
            body["tools"] = [{"functionDeclarations": [_declaration(tool) for tool in prompt.tools]}]
        if self._structured and prompt.reply_schema is not None:
            body["generationConfig"] = {
                "responseMimeType": "application/json",
                "responseJsonSchema": prompt.reply_schema,
            }
        return merged(self._base, body)

    def read(self, content: Json) -> Response:
        counts = members_of(content.get("usageMetadata"))
        known = Response(
            text="",
            model=text_of(content.get("modelVersion")),
            input_tokens=count_of(counts.get("promptTokenCount")),
            output_tokens=sum_of(counts, "candidatesTokenCount", "thoughtsTokenCount"),
            cached_tokens=count_of(counts.get("cachedContentTokenCount")),
        )
        candidates = objects_of(content.get("candidates"))
        if not candidates:
            if _is_blocked(content):
                return known.model_copy(update={"finish_reason": "content-filter"})
            raise Misread(f"it has no candidates, but {in_few_words(json.dumps(content))}")
        parts = _parts(candidates[0])
        said = [text_of(part.get("text")) for part in parts if not part.get("thought")]
        calls = tuple(
            call_of(call.get("id"), name=call.get("name"), arguments=call.get("args"))
            for part in parts
            if isinstance(call := part.get("functionCall"), dict)
        )
        reason = text_of(candidates[0].get("finishReason"))
        named = "tool-calls" if calls and reason == "STOP" else _REASONS.get(reason, reason.lower().replace("_", "-"))
        has_to_come_back = bool(calls) or any(part.get("thoughtSignature") for part in parts)
        return known.model_copy(
            update={
                "text": "".join(said),
                "tool_calls": calls,
                "finish_reason": named,
                "kept": keep(parts) if has_to_come_back else "",
            }
        )

    def gather(self) -> Gathering:
        return _Chunks()


class _Chunks(Gathering):
    """Pieces of an answer, each an answer by itself."""

    def __init__(self) -> None:
        self._whole: Json = {}
        self._parts: list[JsonValue] = []
        self._reason: JsonValue = None

    def add(self, event: Json) -> None:
        self._whole |= {name: value for name, value in event.items() if name != "candidates"}
        self.is_complete = self.is_complete or _is_blocked(event)
        for candidate in objects_of(event.get("candidates"))[:1]:
            parts = _parts(candidate)
            self._parts += parts
            self.has_begun = self.has_begun or any(
                (part.get("text") and not part.get("thought")) or part.get("functionCall") for part in parts
            )
            if candidate.get("finishReason"):
                self._reason, self.is_complete = candidate["finishReason"], True

    def content(self) -> Json:
        if self._reason is None:
            return self._whole
        content: Json = {"parts": self._parts}
        return {**self._whole, "candidates": [{"content": content, "finishReason": self._reason}]}


def _is_blocked(content: Json) -> bool:
    """Whether a filter did not let the question through."""
    return bool(members_of(content.get("promptFeedback")).get("blockReason"))


def _parts(candidate: Json) -> list[Json]:
    return objects_of(members_of(candidate.get("content")).get("parts"))


def _contents(prompt: Prompt) -> list[JsonValue]:
    """The messages in turn: results of tools belong to the user, and those of one answer are one message."""
    names = {call.id: call.name for message in prompt.messages for call in message.tool_calls}
    contents: list[JsonValue] = []
    for message in prompt.messages:
        if message.role == "system":
            continue
        role = "model" if message.role == "assistant" else "user"
        parts = _wire_parts(message, names.get(message.tool_call_id, ""))
        last = contents[-1] if contents else None
        if isinstance(last, dict) and last["role"] == role and isinstance(last["parts"], list):
            last["parts"] += parts
        elif parts:
            contents.append({"role": role, "parts": parts})
    return contents


def _wire_parts(message: Message, called: str) -> list[JsonValue]:
    if message.kept:
        kept = parse_json(message.kept)
        return kept if isinstance(kept, list) else []
    if message.role == "tool":
        # The response is an object; these are the names that the documentation gives to its only member.
        response: Json = {"error" if message.is_error else "result": message.text}
        return [{"functionResponse": {"name": called, "response": response}}]
    said: list[JsonValue] = [{"text": message.text}] if message.text else []
    calls: list[JsonValue] = [
        {"functionCall": {"name": call.name, "args": call.arguments}} for call in message.tool_calls
    ]
    return said + calls


def _declaration(tool: Tool) -> JsonValue:
    declaration: Json = {"name": tool.name, "description": tool.description}
    # A declaration without parameters has no schema at all.
    return declaration | ({"parametersJsonSchema": tool.parameters} if tool.parameters.get("properties") else {})
