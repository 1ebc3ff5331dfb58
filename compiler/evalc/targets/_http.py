"""Calls over HTTP, with everything closed that httpx leaves open.

A transport of httpx is used without its client: so there are no redirects, cookies, proxies, keys from the environment
or log lines with addresses in them.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from evalc.targets._faults import ConnectionLost, TimedOut, TooLarge, Unreachable, Unreadable, Untrusted
from evalc.targets._transport import Transport

CONNECT_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class CallLimits:
    """How long a call may take from its start to the last byte, and how large its answer may be."""

    timeout_s: float
    max_bytes: int


class Endpoint:
    """One address that JSON is posted to. Its headers, a key among them, go nowhere else."""

    def __init__(self, name: str, url: str, *, headers: Mapping[str, str], limits: CallLimits) -> None:
        self._name = name
        self._url = httpx.URL(url)
        self._limits = limits
        self._transport = Transport()
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

    async def post(self, content: bytes) -> Answer:
        """The server's answer, whatever its status.

        Raises:
            TargetError: There is no whole answer, or it is too large.
        """
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                return await self._exchange(content)
        except TimeoutError:
            raise TimedOut(self._name, self._limits.timeout_s) from None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            if isinstance(error.__cause__, ssl.SSLError):
                raise Untrusted(self._name, str(error)) from error
            raise Unreachable(self._name, str(error)) from error
        except httpx.TransportError as error:
            raise ConnectionLost(self._name, str(error)) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def _exchange(self, content: bytes) -> Answer:
        headers = [*self._headers, (b"content-length", b"%d" % len(content))]
        request = httpx.Request("POST", self._url, headers=headers, content=content, extensions=self._extensions)
        response = await self._transport.handle_async_request(request)
        try:
            return Answer(response.status_code, response.headers, await self._read(response))
        finally:
            await response.aclose()

    async def _read(self, response: httpx.Response) -> bytes:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Unreadable(self._name, "it is compressed, which was not asked for")
        parts: list[bytes] = []
        size = 0
        assert isinstance(response.stream, httpx.AsyncByteStream)
        async for part in response.stream:
            size += len(part)
            if size > self._limits.max_bytes:
                raise TooLarge(self._name, self._limits.max_bytes)
            parts.append(part)
        return b"".join(parts)
