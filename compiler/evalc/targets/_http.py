"""Calls over HTTP, with everything closed that httpx leaves open.

A transport of httpx is used without its client: so there are no redirects, no cookies, no log lines with addresses in
them, and neither proxies nor keys from the environment.
"""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

from evalc.model.settings import Network
from evalc.targets._faults import (
    CaUnreadable,
    ConnectionLost,
    NoWayThrough,
    TimedOut,
    TooLarge,
    Unreachable,
    Unreadable,
    Untrusted,
)
from evalc.targets._route import ProxyRefused, Route
from evalc.targets._transport import Transport

CONNECT_TIMEOUT_S = 10.0

# A connection can be used again once a stream has come to its very end, which may be a moment after the last event.
_END_OF_STREAM_S = 0.25

Header = tuple[bytes, bytes]

Hear = Callable[[bytes], bool]
"""Takes a part of a stream of events, and tells whether that was its end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, read to its end. A stream of events was heard, and has no body.

    `began_at` is when the first part of the body came, on the monotonic clock; None where there was none.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    is_stream: bool = False
    began_at: float | None = None

    @property
    def has_mark_of_end(self) -> bool:
        """Whether a body that breaks off could be told from a whole one."""
        return "content-length" in self.headers or "transfer-encoding" in self.headers


@dataclass(frozen=True, slots=True)
class CallLimits:
    """How long a call may take from its start to the last byte, and how large its answer may be."""

    timeout_s: float
    max_bytes: int


class Endpoint:
    """One address that JSON is posted to. Its headers, a key among them, go nowhere else."""

    def __init__(self, name: str, url: str, *, headers: Mapping[str, str], limits: CallLimits, route: Route) -> None:
        self._name = name
        self._url = httpx.URL(url)
        self._limits = limits
        self._transport = Transport(route)
        self._headers = [
            (b"host", self._url.netloc),
            (b"content-type", b"application/json"),
            (b"accept", b"application/json"),
            # What is not compressed cannot grow while it is read.
            (b"accept-encoding", b"identity"),
            *((key.encode(), value.encode()) for key, value in headers.items()),
        ]
        connect_s = min(CONNECT_TIMEOUT_S, limits.timeout_s)
        self._extensions = {"timeout": httpx.Timeout(None, connect=connect_s).as_dict()}

    async def post(self, content: bytes, *, hear: Hear | None = None, more: Sequence[Header] = ()) -> Answer:
        """The server's answer, whatever its status; with `hear` a stream of events is heard as it comes.

        Args:
            more: Headers of this call alone.

        Raises:
            TargetError: There is no whole answer, or it is too large, or whoever hears a stream has enough of it.
        """
        headers = [*self._headers, *more, (b"content-length", b"%d" % len(content))]
        request = httpx.Request("POST", self._url, headers=headers, content=content, extensions=self._extensions)
        return await self._call(request, hear)

    async def send(self, method: Literal["GET", "DELETE"], path: str) -> Answer:
        """The server's answer to a request without a body for another path of it.

        Raises:
            TargetError: There is no whole answer, or it is too large.
        """
        url = self._url.copy_with(raw_path=path.encode())
        return await self._call(httpx.Request(method, url, headers=self._headers, extensions=self._extensions), None)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _call(self, request: httpx.Request, hear: Hear | None) -> Answer:
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                response = await self._transport.handle_async_request(request)
                try:
                    return await self._read(response, hear)
                finally:
                    await response.aclose()
        except TimeoutError:
            raise TimedOut(self._name, self._limits.timeout_s) from None
        except ProxyRefused as error:
            raise NoWayThrough(self._name, str(error)) from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise Untrusted(self._name, str(error)) from error
            raise Unreachable(self._name, str(error)) from error
        except httpx.TransportError as error:
            raise ConnectionLost(self._name, str(error)) from error

    async def _read(self, response: httpx.Response, hear: Hear | None) -> Answer:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Unreadable(self._name, "it is compressed, which was not asked for")
        is_stream = response.headers.get("content-type", "").lower().startswith("text/event-stream")
        heard = hear if response.status_code == 200 and is_stream else None
        body = bytearray()
        size = 0
        began_at: float | None = None
        assert isinstance(response.stream, httpx.AsyncByteStream)
        parts = aiter(response.stream)
        async for part in parts:
            size += len(part)
            began_at = began_at or time.monotonic()
            if size > self._limits.max_bytes:
                raise TooLarge(self._name, self._limits.max_bytes)
            if heard is None:
                body += part
            elif heard(part):
                await _run_out(parts)
                break
        return Answer(
            response.status_code, response.headers, bytes(body), is_stream=heard is not None, began_at=began_at
        )


def route_to(name: str, url: str, *, network: Network, folder: Path) -> Route:
    """The way to an address by the policy that lies in a folder.

    Raises:
        CaUnreadable: It names certificates that are not there, or are none.
    """
    route = Route.to(httpx.URL(url), network, ca=str(folder / network.ca) if network.ca else "")
    try:
        if network.ca:
            route.trust()
    except OSError as error:
        reason = "it holds no certificates" if isinstance(error, ssl.SSLError) else str(error.strerror).lower()
        raise CaUnreadable(name, network.ca or "", reason=reason) from error
    return route


async def _run_out(parts: AsyncIterator[bytes]) -> None:
    try:
        async with asyncio.timeout(_END_OF_STREAM_S):
            async for _ in parts:
                pass
    except (TimeoutError, httpx.TransportError):
        # All that was wanted has come; only the connection cannot be used again.
        pass
