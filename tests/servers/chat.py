"""A server that speaks Chat Completions, and misbehaves as it is told."""

import asyncio
import json
import re
import socket
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TypeAlias

from pydantic import JsonValue


@dataclass(frozen=True)
class Call:
    """What a client sent; `number` counts the calls of the server from 1."""

    number: int
    path: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def body(self) -> dict[str, JsonValue]:
        """The JSON object in the body."""
        body = json.loads(self.content)
        assert isinstance(body, dict)
        return body

    @property
    def texts(self) -> list[str]:
        """What each message says."""
        messages = self.body["messages"]
        assert isinstance(messages, list)
        return [str(message["content"]) for message in messages if isinstance(message, dict)]


@dataclass(frozen=True)
class Say:
    """A completion with this text; `message` and `completion` add to or replace members of theirs.

    `late` follows on the same connection once the test lets it.
    """

    text: str | None
    latency_s: float = 0.0
    late: bytes = b""
    message: Mapping[str, JsonValue] = field(default_factory=dict)
    completion: Mapping[str, JsonValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    """An answer with this status, headers and body. Without a length it ends with the connection."""

    status: int
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    has_length: bool = True


@dataclass(frozen=True)
class Bytes:
    """These bytes as they are, and then the connection's end, with a reset where it is asked for."""

    content: bytes = b""
    is_reset: bool = False


@dataclass(frozen=True)
class Drip:
    """The head of an answer, and then one byte at a time without an end."""

    pause_s: float = 0.01


Step: TypeAlias = Say | Status | Bytes | Drip
Script: TypeAlias = Callable[[Call], Step]


@dataclass
class ChatServer:
    """A running server: its address, and what it was sent so far."""

    url: str
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    may_be_late: Event = field(default_factory=Event)
    was_late: Event = field(default_factory=Event)


def in_turn(*steps: Step) -> Script:
    """A script of these steps, one a call; the last one stays."""
    return lambda call: steps[min(call.number, len(steps)) - 1]


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
def serve_chat(script: Script) -> Iterator[ChatServer]:
    """A server on a free port of loopback that goes by a script, in a thread of its own."""
    loop = asyncio.new_event_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    server = ChatServer(f"http://127.0.0.1:{listener.getsockname()[1]}/v1")
    is_up = Event()
    stop = asyncio.Event()

    async def run() -> None:
        tasks: set[asyncio.Task[None]] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            tasks.add(task)
            server.connections += 1
            try:
                await _serve(server, script, reader=reader, writer=writer)
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                pass
            finally:
                tasks.discard(task)
                writer.close()

        listening = await asyncio.start_server(serve, sock=listener)
        is_up.set()
        await stop.wait()
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    is_up.wait()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


async def _serve(
    server: ChatServer, script: Script, *, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = head.split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        call = Call(len(server.calls) + 1, lines[0].split()[1], headers, content)
        server.calls.append(call)
        step = script(call)
        if not await _answer(step, writer):
            return
        if isinstance(step, Say) and step.late:
            await asyncio.to_thread(server.may_be_late.wait)
            writer.write(step.late)
            await writer.drain()
            server.was_late.set()


async def _answer(step: Step, writer: asyncio.StreamWriter) -> bool:
    """Whether the connection may serve another call."""
    match step:
        case Say():
            await asyncio.sleep(step.latency_s)
            content = json.dumps(_completion(step)).encode()
            writer.write(_head(200, {"content-type": "application/json", "content-length": str(len(content))}))
            writer.write(content)
        case Status():
            length = {"content-length": str(len(step.content))} if step.has_length else {"connection": "close"}
            writer.write(_head(step.status, {**length, **step.headers}) + step.content)
            if not step.has_length:
                return False
        case Bytes():
            writer.write(step.content)
            if step.is_reset:
                await writer.drain()
                linger = struct.pack("ii", 1, 0)
                writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            return False
        case Drip():
            writer.write(_head(200, {"content-type": "application/json", "content-length": "1000000"}))
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(step.pause_s)
    await writer.drain()
    return True


def _head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


def _completion(step: Say) -> dict[str, JsonValue]:
    message: dict[str, JsonValue] = {"role": "assistant", "content": step.text, **step.message}
    choices: Sequence[JsonValue] = [{"index": 0, "message": message, "finish_reason": "stop"}]
    usage: JsonValue = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}
    return {
        "id": "c-1",
        "object": "chat.completion",
        "model": "served-model",
        "choices": list(choices),
        "usage": usage,
        **step.completion,
    }
