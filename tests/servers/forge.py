"""A server with the part of GitHub's and of GitLab's interface that comments need."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from pydantic import JsonValue

OURSELVES = 7


@dataclass
class Note:
    """A comment on the pull request. That of a bot is ours."""

    id: int
    body: str
    is_ours: bool

    def seen(self) -> dict[str, JsonValue]:
        """The comment as both forges tell of it."""
        return {
            "id": self.id,
            "html_url": f"https://github.example/o/r/pull/12#issuecomment-{self.id}",
            "body": self.body,
            "user": {"type": "Bot" if self.is_ours else "User"},
            "author": {"id": OURSELVES if self.is_ours else 1},
        }


@dataclass
class ForgeServer:
    """A running server: its address, its comments, and the lines and tokens of the requests that it got.

    `failures` are statuses that it answers with first; `raw` is an answer to everything else.
    """

    url: str
    notes: list[Note] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    failures: list[int] = field(default_factory=list)
    raw: bytes | None = None
    location: str = ""

    def add(self, body: str, *, is_ours: bool) -> Note:
        """One more comment."""
        note = Note(len(self.notes) + 1, body, is_ours)
        self.notes.append(note)
        return note


@contextmanager
def serve_forge() -> Iterator[ForgeServer]:
    """A server on a free port of loopback, in a thread of its own."""
    forge: ForgeServer

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

        def answer(self) -> None:
            forge.requests.append(f"{self.command} {self.path}")
            forge.tokens.add(self.headers.get("authorization") or self.headers.get("private-token") or "")
            length = int(self.headers.get("content-length", 0))
            body = json.loads(self.rfile.read(length)) if length else {}
            if forge.failures:
                self.reply(forge.failures.pop(0), b"{}")
            elif forge.raw is not None:
                self.reply(200, forge.raw)
            else:
                self.reply(200, json.dumps(_answer(forge, self.command, self.path, body)).encode())

        do_GET = do_POST = do_PATCH = do_PUT = answer  # http.server calls them so

        def reply(self, status: int, content: bytes) -> None:
            self.send_response(status)
            if forge.location:
                self.send_header("location", forge.location)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    forge = ForgeServer(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield forge
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(forge: ForgeServer, method: str, path: str, body: dict[str, str]) -> JsonValue:
    split = urlsplit(path)
    if split.path == "/user":
        return {"id": OURSELVES}
    if method == "GET":
        query = parse_qs(split.query)
        size, page = int(query["per_page"][0]), int(query["page"][0])
        return [note.seen() for note in forge.notes[(page - 1) * size : page * size]]
    if method == "POST":
        return forge.add(body["body"], is_ours=True).seen()
    found = re.search(r"/(?:comments|notes)/(\d+)$", split.path)
    assert found, path
    note = forge.notes[int(found[1]) - 1]
    note.body = body["body"]
    return note.seen()
