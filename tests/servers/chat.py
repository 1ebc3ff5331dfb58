"""A server that speaks Chat Completions, and misbehaves as it is told."""

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import JsonValue

from tests.servers.loopback import (
    Bytes,
    Call,
    Drip,
    Json,
    Script,
    Server,
    Status,
    Step,
    in_turn,
    serve,
)

__all__ = [
    "Bytes",
    "Call",
    "ChatServer",
    "Drip",
    "Say",
    "Script",
    "Status",
    "Step",
    "completion",
    "in_turn",
    "is_judgement",
    "serve_chat",
    "verdict_on",
]

ChatServer = Server


@dataclass(frozen=True)
class Say(Step):
    """A completion with this text; `message` and `completion` add to or replace members of theirs.

    `late` follows on the same connection once the test lets it.
    """

    text: str | None
    latency_s: float = 0.0
    late: bytes = b""
    message: Mapping[str, JsonValue] = field(default_factory=dict)
    completion: Mapping[str, JsonValue] = field(default_factory=dict)

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        said = completion(self.text, self.message) | dict(self.completion)
        await Json(said, latency_s=self.latency_s).act(writer, server)
        await writer.drain()
        if self.late:
            await asyncio.to_thread(server.may_be_late.wait)
            writer.write(self.late)
            await writer.drain()
            server.was_late.set()
        return True


def completion(text: str | None, message: Mapping[str, JsonValue] | None = None) -> dict[str, JsonValue]:
    """A completion in one piece; `message` adds to or replaces members of its message."""
    said: dict[str, JsonValue] = {"role": "assistant", "content": text, **(message or {})}
    return {
        "id": "c-1",
        "object": "chat.completion",
        "model": "served-model",
        "choices": [{"index": 0, "message": said, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
    }


def verdict_on(call: Call, verdict: JsonValue, *, reason: str = "as scripted") -> Say:
    """The reply of a judge that reads its prompt well, with a quote from the answer's first line."""
    system, user = call.texts[0], call.texts[1]
    told = dict(re.findall(r'^- "(criterion|nonce)": (".*")$', system, re.MULTILINE))
    answer = user.rpartition("<<<answer ")[2].split("\n")[1]
    reply = {
        "criterion": json.loads(told["criterion"]),
        "evidence": [answer] if answer else [],
        "nonce": json.loads(told["nonce"]),
        "reason": reason,
        "verdict": verdict,
    }
    return Say(json.dumps(reply))


def is_judgement(call: Call) -> bool:
    """Whether a call asks for a verdict."""
    return "# How to reply" in call.texts[0]


@contextmanager
def serve_chat(script: Script, *, is_secure: bool = False) -> Iterator[ChatServer]:
    """A server on a free port of loopback that goes by a script, in a thread of its own."""
    with serve(script, path="/v1", is_secure=is_secure) as server:
        yield server
