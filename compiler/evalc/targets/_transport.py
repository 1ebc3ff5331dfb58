"""HTTP/1.1 for httpx with h11 on bare asyncio connections.

What comes with httpx has a pool and a layer over several event loops; together they take three times as long as the
rest of a call. Here a connection serves one call at a time, and idle ones wait on a stack.
"""

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator

import h11
import httpx

from evalc.targets._route import Route, open_tunnel

LONGEST_IDLE_S = 30.0

# Enough for the headers of any gateway, and not for a flood of them.
_MOST_HEADER_BYTES = 64 * 1024

_SECOND_ADDRESS_AFTER_S = 0.25


class Transport(httpx.AsyncBaseTransport):
    """Sends requests to one origin. It follows nothing, keeps nothing, and asks the environment for nothing."""

    def __init__(self, route: Route) -> None:
        self._route = route
        self._idle: list[_Connection] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The response to a request, its body still to be read.

        Raises:
            httpx.TransportError: There is none.
        """
        connection = self._waiting() or await _connect(request, self._route)
        try:
            connection.send(request, is_passed_on=bool(self._route.proxy) and request.url.scheme == "http")
            found = await connection.response()
        except BaseException:
            connection.abort()
            raise
        body = _Body(connection, self._idle)
        return httpx.Response(found.status_code, headers=found.headers.raw_items(), stream=body, request=request)

    async def aclose(self) -> None:
        """Close all connections."""
        while self._idle:
            self._idle.pop().abort()

    def _waiting(self) -> "_Connection | None":
        """An idle connection that is good, the one used last; the others may be kept short and end."""
        while self._idle:
            connection = self._idle.pop()
            if connection.is_good():
                return connection
            connection.abort()
        return None


class _Connection(asyncio.Protocol):
    """One connection, with the state of its call."""

    def __init__(self) -> None:
        self._state = h11.Connection(h11.CLIENT, max_incomplete_event_size=_MOST_HEADER_BYTES)
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._came: asyncio.Future[None] | None = None
        self._lost: Exception | None = None
        self._is_open = True
        self._is_idle = False
        self._idle_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, content: bytes) -> None:
        if self._is_idle:
            # Nobody asked: read later, it would pass for the answer to another question.
            self.abort()
            return
        self._state.receive_data(content)
        self._wake()

    def eof_received(self) -> None:
        self._end(None)

    def connection_lost(self, error: Exception | None) -> None:
        self._end(error)

    def send(self, request: httpx.Request, *, is_passed_on: bool) -> None:
        """Write a whole request, with its whole address where a proxy passes it on."""
        assert self._transport
        self._is_idle = False
        target = str(request.url).encode("ascii") if is_passed_on else request.url.raw_path
        head = h11.Request(method=request.method, target=target, headers=request.headers.raw)
        parts = [
            self._state.send(head),
            self._state.send(h11.Data(request.content)),
            self._state.send(h11.EndOfMessage()),
        ]
        self._transport.write(b"".join(part for part in parts if part))

    async def response(self) -> h11.Response:
        """The final response, without its body."""
        while True:
            event = await self._event()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise httpx.RemoteProtocolError("the connection was closed without an answer")

    async def body(self) -> AsyncIterator[bytes]:
        """The parts of the body as they come."""
        while True:
            event = await self._event()
            if isinstance(event, h11.Data):
                yield bytes(event.data)
            else:
                return

    def release(self) -> bool:
        """Make ready for the next call, if that can be."""
        if not self._is_open or self._state.states != {h11.CLIENT: h11.DONE, h11.SERVER: h11.DONE}:
            return False
        self._state.start_next_cycle()
        self._is_idle = not self._state.trailing_data[0]
        self._idle_since = self._loop.time()
        return self._is_idle

    def is_good(self) -> bool:
        """Whether an idle connection can be used again."""
        return self._is_open and self._loop.time() - self._idle_since < LONGEST_IDLE_S

    def abort(self) -> None:
        """Close at once."""
        self._is_open = False
        if self._transport:
            self._transport.abort()

    async def _event(self) -> object:
        while True:
            if self._lost:
                raise httpx.ReadError(str(self._lost))
            try:
                event = self._state.next_event()
            except h11.RemoteProtocolError as error:
                raise httpx.RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            self._came = self._loop.create_future()
            await self._came

    def _end(self, error: Exception | None) -> None:
        if self._is_open:
            self._is_open = False
            self._lost = error
            if not self._is_idle:
                self._state.receive_data(b"")
        self._wake()

    def _wake(self) -> None:
        if self._came and not self._came.done():
            self._came.set_result(None)


class _Body(httpx.AsyncByteStream):
    """The body of a response; closing it gives the connection back."""

    def __init__(self, connection: _Connection, idle: list[_Connection]) -> None:
        self._connection = connection
        self._idle = idle

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._connection.body()

    async def aclose(self) -> None:
        if self._connection.release():
            self._idle.append(self._connection)
        else:
            self._connection.abort()


async def _connect(request: httpx.Request, route: Route) -> _Connection:
    timeout_s = request.extensions["timeout"]["connect"]
    of_proxy = "the proxy: " if route.proxy else ""
    try:
        async with asyncio.timeout(timeout_s):
            return await _reach(request.url, route)
    except TimeoutError as error:
        raise httpx.ConnectTimeout(f"{of_proxy}no connection within {timeout_s:g} s") from error
    except ssl.SSLCertVerificationError as error:
        raise httpx.ConnectError(error.verify_message.rstrip(".")) from error
    except ssl.SSLError as error:
        raise httpx.ConnectError(error.reason or "TLS failed") from error
    except socket.gaierror as error:
        raise httpx.ConnectError(f"{of_proxy}its name cannot be resolved ({error.strerror})") from error
    except OSError as error:
        # What asyncio says of it holds the address, and asyncio gives no number where it tried several.
        reason = os.strerror(error.errno) if error.errno else "no address of it takes connections"
        raise httpx.ConnectError(f"{of_proxy}{reason.lower()}") from error


async def _reach(url: httpx.URL, route: Route) -> _Connection:
    loop = asyncio.get_running_loop()
    is_secure = url.scheme == "https"
    host, port = url.raw_host.decode(), url.port or (443 if is_secure else 80)
    trust = route.trust() if is_secure else None
    if route.proxy and is_secure:
        tunnel = await open_tunnel(route.proxy, (host, port))
        _, connection = await loop.create_connection(_Connection, sock=tunnel, ssl=trust, server_hostname=host)
        return connection
    host, port = route.proxy or (host, port)
    _, connection = await loop.create_connection(
        _Connection, host, port, ssl=trust, happy_eyeballs_delay=_SECOND_ADDRESS_AFTER_S
    )
    return connection
