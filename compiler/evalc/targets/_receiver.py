"""A small server on this machine that is handed results."""

import asyncio
import hmac
from collections import OrderedDict
from collections.abc import Callable

import h11

from evalc.targets._answers import Json, Misread, parse_object, text_of

_MOST_HEADER_BYTES = 64 * 1024
_MOST_EARLY = 1000
_CALLER_TIMEOUT_S = 30.0


def sign(secret: str, body: bytes) -> str:
    """The signature of a body: HMAC with SHA-256, as hexadecimal digits."""
    return hmac.new(secret.encode(), body, "sha256").hexdigest()


class Receiver:
    """Takes deliveries that are signed with a secret, and hands each to who waits for its id.

    Whoever can reach it can send it something, so a delivery without a good signature is refused and changes nothing.
    """

    def __init__(self, host: str, port: int, *, secret: str, max_bytes: int) -> None:
        self._host, self._port = host, port
        self._secret = secret
        self._max_bytes = max_bytes
        self._server: asyncio.Server | None = None
        self._starting = asyncio.Lock()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._early: OrderedDict[str, Json] = OrderedDict()

    async def start(self) -> None:
        """Listen, if that is not so yet.

        Raises:
            OSError: The port is taken, or may not be used.
        """
        async with self._starting:
            if self._server is None:
                self._server = await asyncio.start_server(self._serve, self._host, self._port)

    async def aclose(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.close()
            self._server = None

    def expect(self, id: str) -> asyncio.Future[Json]:
        """What will be delivered for an id, or was before anybody knew of it."""
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        early = self._early.pop(id, None)
        if early is not None:
            future.set_result(early)
        else:
            self._waiting[id] = future
            future.add_done_callback(lambda _: self._waiting.pop(id, None))
        return future

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_MOST_HEADER_BYTES)
        status = 400
        try:
            async with asyncio.timeout(_CALLER_TIMEOUT_S):
                request, body = await self._request(reader, connection)
                status = self._take(request, body)
        except (TimeoutError, h11.RemoteProtocolError, ConnectionError, _TooLarge):
            pass
        finally:
            _answer(connection, writer, status)
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, connection: h11.Connection) -> tuple[h11.Request, bytes]:
        request: h11.Request | None = None
        body = bytearray()
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                request = event
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > self._max_bytes:
                    raise _TooLarge
            elif request and isinstance(event, h11.EndOfMessage):
                return request, bytes(body)
            else:
                raise ConnectionError("no request came")

    def _take(self, request: h11.Request, body: bytes) -> int:
        """The status that a delivery deserves, after it was handed on if it is sound."""
        headers = {name.decode(): value.decode("latin-1") for name, value in request.headers}
        # Several secrets may be in use at a time, and there is a signature for each.
        signatures = [part.partition("=")[2].strip() for part in headers.get("x-baseten-signature", "").split(",")]
        expected = sign(self._secret, body)
        if not any(hmac.compare_digest(expected.encode(), given.encode()) for given in signatures):
            return 401
        try:
            delivery = parse_object(body)
        except Misread:
            return 400
        id = text_of(delivery.get("request_id"))
        waiting = self._waiting.get(id)
        if waiting and not waiting.done():
            waiting.set_result(delivery)
        elif not waiting:
            self._early[id] = delivery
            while len(self._early) > _MOST_EARLY:
                self._early.popitem(last=False)
        return 200


class _TooLarge(Exception):
    """A delivery is larger than an answer may be."""


def _answer(connection: h11.Connection, writer: asyncio.StreamWriter, status: int) -> None:
    send: Callable[[h11.Event], bytes | None] = connection.send
    if connection.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
        return
    for event in (
        h11.Response(status_code=status, headers=[("content-length", "0"), ("connection", "close")]),
        h11.EndOfMessage(),
    ):
        writer.write(send(event) or b"")
