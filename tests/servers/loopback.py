"""A server on loopback that does what a script says, call by call, and misbehaves where it is told to."""

import asyncio
import json
import socket
import ssl
import struct
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
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
    method: str = "POST"

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


class Step(ABC):
    """What a server does about one call."""

    @abstractmethod
    async def act(self, writer: asyncio.StreamWriter, server: "Server") -> bool:
        """Do it, and tell whether the connection may serve another call."""


Script: TypeAlias = Callable[[Call], Step]

Talk: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Server:
    """A running server: its address, and what it was sent so far."""

    url: str
    calls: list[Call] = field(default_factory=list)
    connections: int = 0
    may_be_late: Event = field(default_factory=Event)
    was_late: Event = field(default_factory=Event)


@dataclass(frozen=True)
class Status(Step):
    """An answer with this status, headers and body. Without a length it ends with the connection."""

    status: int
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    has_length: bool = True

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        length = {"content-length": str(len(self.content))} if self.has_length else {"connection": "close"}
        writer.write(head(self.status, {**length, **self.headers}) + self.content)
        return self.has_length


@dataclass(frozen=True)
class Json(Step):
    """An answer that is JSON."""

    content: JsonValue
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    latency_s: float = 0.0

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        await asyncio.sleep(self.latency_s)
        content = json.dumps(self.content).encode()
        headers = {"content-type": "application/json", "content-length": str(len(content)), **self.headers}
        writer.write(head(self.status, headers) + content)
        return True


@dataclass(frozen=True)
class Events(Step):
    """A stream of events: objects are written as `data`, bytes as they are.

    It ends in good order, or breaks off `without_end`, or stays open with nothing more to say where it `hangs`.
    """

    events: Sequence[JsonValue | bytes]
    pause_s: float = 0.0
    without_end: bool = False
    hangs: bool = False

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        writer.write(head(200, {"content-type": "text/event-stream; charset=utf-8", "transfer-encoding": "chunked"}))
        for event in self.events:
            part = event if isinstance(event, bytes) else b"data: %s\n\n" % json.dumps(event).encode()
            writer.write(b"%x\r\n%s\r\n" % (len(part), part))
            await writer.drain()
            await asyncio.sleep(self.pause_s)
        if self.hangs:
            await asyncio.Event().wait()
        if self.without_end:
            return False
        writer.write(b"0\r\n\r\n")
        return True


@dataclass(frozen=True)
class Parts(Step):
    """A text that is streamed in these parts, in chunks or up to the connection's end; it may break off `without_end`.

    The rest waits for `pause_s` after the first part.
    """

    parts: Sequence[bytes]
    pause_s: float = 0.0
    is_chunked: bool = True
    without_end: bool = False

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        framing = {"transfer-encoding": "chunked"} if self.is_chunked else {"connection": "close"}
        writer.write(head(200, {"content-type": "text/plain; charset=utf-8", **framing}))
        for number, part in enumerate(self.parts):
            await asyncio.sleep(self.pause_s if number == 1 else 0)
            writer.write(b"%x\r\n%s\r\n" % (len(part), part) if self.is_chunked else part)
            await writer.drain()
        if self.is_chunked and not self.without_end:
            writer.write(b"0\r\n\r\n")
        return self.is_chunked and not self.without_end


@dataclass(frozen=True)
class Bytes(Step):
    """These bytes as they are, and then the connection's end, with a reset where it is asked for."""

    content: bytes = b""
    is_reset: bool = False

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        writer.write(self.content)
        if self.is_reset:
            await writer.drain()
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        return False


@dataclass(frozen=True)
class Drip(Step):
    """The head of an answer, and then one byte at a time without an end."""

    pause_s: float = 0.01

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        writer.write(head(200, {"content-type": "application/json", "content-length": "1000000"}))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(self.pause_s)


@dataclass(frozen=True)
class Flood(Step):
    """An answer of so many bytes, as fast as they are read."""

    size: int

    async def act(self, writer: asyncio.StreamWriter, server: Server) -> bool:
        writer.write(head(200, {"content-type": "application/json", "content-length": str(self.size)}))
        for _ in range(self.size // 65536):
            writer.write(b" " * 65536)
            await writer.drain()
        writer.write(b" " * (self.size % 65536))
        return True


def in_turn(*steps: Step) -> Script:
    """A script of these steps, one a call; the last one stays."""
    return lambda call: steps[min(call.number, len(steps)) - 1]


def by_path(steps: Mapping[str, Step]) -> Script:
    """A script that goes by the path of a call, and knows no others."""
    return lambda call: steps.get(call.path, Status(404, b'{"detail": "not scripted"}'))


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The lines before a body."""
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


@contextmanager
def serve(script: Script, *, path: str = "", is_secure: bool = False) -> Iterator[Server]:
    """A server on a free port of loopback that goes by a script, in a thread of its own; `path` ends its address.

    One that is secure shows a certificate that nobody trusts.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    tls = _untrusted() if is_secure else None
    server = Server(f"{'https' if tls else 'http'}://127.0.0.1:{listener.getsockname()[1]}{path}")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.connections += 1
        await _serve(server, script, reader=reader, writer=writer)

    with listening(listener, talk, tls=tls):
        yield server


@contextmanager
def listening(listener: socket.socket, talk: Talk, *, tls: ssl.SSLContext | None = None) -> Iterator[None]:
    """Connections are talked to in a thread of its own, until those still open are cut."""
    loop = asyncio.new_event_loop()
    is_up, stop = Event(), asyncio.Event()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        tasks.add(task)
        try:
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, sock=listener, ssl=tls)
        is_up.set()
        await stop.wait()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    is_up.wait()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def _untrusted() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # Made for these tests alone, signed by itself.
    context.load_cert_chain(Path(__file__).with_name("self-signed.pem"))
    return context


async def _serve(server: Server, script: Script, *, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:] if line)}
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        method, path, _ = lines[0].split()
        call = Call(len(server.calls) + 1, path, headers, content, method)
        server.calls.append(call)
        if not await script(call).act(writer, server):
            return
        await writer.drain()
