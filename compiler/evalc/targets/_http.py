"""Calls over HTTP, with everything closed that httpx leaves open.

A transport of httpx is used without its client: so there are no redirects, cookies, proxies, keys from the environment
or log lines with addresses in them. Each call under way has a transport of its own, because the pool of a shared one
looks at every waiting call whenever one ends.
"""

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import httpx

from evalc.targets._faults import ConnectionLost, TimedOut, TooLarge, Unreachable, Unreadable, Untrusted

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
        self._idle: list[httpx.AsyncBaseTransport] = []
        self._all: list[httpx.AsyncBaseTransport] = []

    async def post(self, content: bytes) -> Answer:
        """The server's answer, whatever its status.

        Raises:
            TargetError: There is no whole answer, or it is too large.
        """
        transport = self._idle.pop() if self._idle else self._add_transport()
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                return await self._exchange(transport, content)
        except TimeoutError:
            raise TimedOut(self._name, self._limits.timeout_s) from None
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise self._connection_fault(error) from error
        except httpx.TransportError as error:
            raise ConnectionLost(self._name, str(error) or type(error).__name__) from error
        finally:
            self._idle.append(transport)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._all:
            await transport.aclose()
        self._all.clear()
        self._idle.clear()

    def _add_transport(self) -> httpx.AsyncBaseTransport:
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=60.0)
        transport = httpx.AsyncHTTPTransport(verify=_trust(), trust_env=False, limits=limits)
        self._all.append(transport)
        return transport

    async def _exchange(self, transport: httpx.AsyncBaseTransport, content: bytes) -> Answer:
        headers = [*self._headers, (b"content-length", b"%d" % len(content))]
        stream = httpx.ByteStream(content)
        request = httpx.Request("POST", self._url, headers=headers, stream=stream, extensions=self._extensions)
        response = await transport.handle_async_request(request)
        try:
            return Answer(response.status_code, response.headers, await self._read(response))
        finally:
            await response.aclose()

    async def _read(self, response: httpx.Response) -> bytes:
        if "content-encoding" in response.headers:
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

    def _connection_fault(self, error: httpx.TransportError) -> Untrusted | Unreachable:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return Untrusted(self._name, cause.reason or str(cause))
            cause = cause.__cause__ or cause.__context__
        return Unreachable(self._name, str(error) or f"no connection within {CONNECT_TIMEOUT_S:g} s")


@cache
def _trust() -> ssl.SSLContext:
    # Reading the certificates takes longer than a call, so it is done once.
    return httpx.create_ssl_context(trust_env=False)
