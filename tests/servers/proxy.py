"""A proxy on loopback that passes everything on to one server, whatever host was asked for."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.servers.loopback import listening


@dataclass
class Proxy:
    """A running proxy: its address, and the first lines of what it was sent."""

    url: str
    lines: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)


@contextmanager
def serve_proxy(port: int, *, status: int = 200) -> Iterator[Proxy]:
    """A proxy in front of a port of loopback; with another status than 200 it lets nobody through."""
    listener = socket.create_server(("127.0.0.1", 0))
    proxy = Proxy(f"http://127.0.0.1:{listener.getsockname()[1]}")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        line, _, rest = head.partition(b"\r\n")
        proxy.lines.append(line.decode())
        proxy.heads.append(rest.decode())
        if status != 200:
            writer.write(b"HTTP/1.1 %d Said\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % status)
            return
        method, target, version = line.split()
        inner, outer = await asyncio.open_connection("127.0.0.1", port)
        if method == b"CONNECT":
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            path = b"/" + target.split(b"/", 3)[3]
            outer.write(b"%s %s %s\r\n%s" % (method, path, version, rest))
        try:
            await asyncio.gather(_pass_on(reader, outer), _pass_on(inner, writer))
        finally:
            outer.close()

    with listening(listener, talk):
        yield proxy


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(65536):
        writer.write(part)
        await writer.drain()
    writer.close()
