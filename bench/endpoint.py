"""`python -m bench.endpoint [LATENCY_S]`: a server that speaks Chat Completions and is never what a run waits for.

It prints its port. An answer repeats the last message; a judge's question is answered with `met`. `GET /` gives the
number of calls and the moments of the first and the last one, in seconds of the machine's monotonic clock.
"""

import asyncio
import json
import re
import sys
from dataclasses import dataclass

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TOLD = re.compile(r'^- "(criterion|nonce)": (".*")$', re.MULTILINE)


@dataclass
class Counts:
    """What was asked so far."""

    calls: int = 0
    first_at: float = 0.0
    last_at: float = 0.0


class _Connection(asyncio.Protocol):
    def __init__(self, counts: Counts, latency_s: float) -> None:
        self._counts = counts
        self._latency_s = latency_s
        self._loop = asyncio.get_running_loop()
        self._content = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, content: bytes) -> None:
        self._content += content
        while (head := self._content.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._content, 0, head + 2)
            end = head + 4 + (int(length[1]) if length else 0)
            if len(self._content) < end:
                return
            body, self._content = self._content[head + 4 : end], self._content[end:]
            self._take(body)

    def _take(self, body: bytes) -> None:
        if not body:
            self._send(json.dumps(vars(self._counts)).encode())
            return
        now = self._loop.time()
        self._counts.calls += 1
        self._counts.first_at = self._counts.first_at or now
        self._counts.last_at = now
        answer = _answer(body)
        if self._latency_s:
            self._loop.call_later(self._latency_s, self._send, answer)
        else:
            self._send(answer)

    def _send(self, content: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(content)
        self._transport.write(head + content)


def _answer(body: bytes) -> bytes:
    texts = [message["content"] for message in json.loads(body)["messages"]]
    told = dict(_TOLD.findall(texts[0]))
    text = texts[-1]
    if told:
        quote = text.rpartition("<<<answer ")[2].split("\n")[1]
        reply = {name: json.loads(value) for name, value in told.items()}
        text = json.dumps(reply | {"evidence": [quote], "reason": "It is there.", "verdict": "met"})
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": 84, "completion_tokens": 66, "total_tokens": 150}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return json.dumps({"id": "c-1", "model": "served", "choices": choices, "usage": usage}).encode()


async def _serve(latency_s: float) -> None:
    counts = Counts()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Connection(counts, latency_s), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0))
