"""The server of a review: this machine alone, one reader, and an address that opens once."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

from evalc.cli.judges.page import STYLE, review_page
from evalc.cli.judges.reviewing import Reviewer
from evalc.report.judges.flagged import Flagged

_COOKIE = "evalc_review"
_LARGEST_FORM = 16_384
_VERDICTS = ("passed", "failed")

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    # With `no-referrer` a form of our own would come with the origin `null`.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class ReviewServer(HTTPServer):
    """Shows flagged results and keeps verdicts until the reader is done.

    It listens on the loopback address. `address` opens once: whoever comes first gets a cookie, and nothing is shown or
    kept without it. Forms hold a secret of their own, and requests by another name than the loopback's are refused, so
    that no page in the same browser can use it.
    """

    def __init__(self, run_id: str, flagged: Sequence[Flagged], reviewer: Reviewer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.run_id = run_id
        self.flagged = list(flagged)
        self.reviewer = reviewer
        self.token: str | None = secrets.token_urlsafe(32)
        self.session = secrets.token_urlsafe(32)
        self.guard = secrets.token_urlsafe(32)
        self.given = 0
        self.is_done = False

    @property
    def host(self) -> str:
        """The name by which it answers."""
        return f"127.0.0.1:{self.server_port}"

    @property
    def address(self) -> str:
        """Where the reader has to go, once."""
        return f"http://{self.host}/?token={self.token}"

    def serve(self) -> int:
        """Answer until the reader is done; how many verdicts were given."""
        while not self.is_done:
            self.handle_request()
        return self.given

    def keep(self, number: int, *, verdict: str, reason: str, by: str) -> None:
        """Keep a verdict on a result by its number."""
        one = self.flagged[number]
        said = replace(self.reviewer, by=by).keep(one, verdict=verdict, reason=reason)
        self.flagged[number] = replace(one, said=(*one.said, said))
        self.reviewer = replace(self.reviewer, by=by)
        self.given += 1


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    server_version = "evalc"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        """The page, or for the one address that opens once the cookie that shows it."""
        parts = urlsplit(self.path)
        token = parse_qs(parts.query).get("token", [""])[0]
        if self._is_from_elsewhere() or parts.path != "/":
            self._refuse(404 if parts.path != "/" else 403)
        elif token and self.server.token and hmac.compare_digest(token, self.server.token):
            self.server.token = None
            self._redirect("/", cookie=f"{_COOKIE}={self.server.session}; HttpOnly; SameSite=Strict; Path=/")
        elif not self._is_reader():
            self._refuse(403)
        else:
            server = self.server
            page = review_page(server.run_id, server.flagged, by=server.reviewer.by, guard=server.guard)
            self._answer(200, page, kind="text/html; charset=utf-8")

    def do_POST(self) -> None:
        """A verdict, or the end."""
        form = self._read_form()
        given = form.get("guard", "")
        is_ours = self._is_reader() and hmac.compare_digest(given.encode(), self.server.guard.encode())
        if self._is_from_elsewhere() or not is_ours:
            self._refuse(403)
        elif self.path == "/done":
            self.server.is_done = True
            self._answer(200, "Kept. You can close this page.")
        elif self.path == "/verdict" and (number := self._number(form)) is not None:
            self.server.keep(number, verdict=form["verdict"], reason=form["reason"], by=form["by"])
            self._redirect(f"/#r{number}")
        else:
            self._refuse(400)

    def log_message(self, format: str, *words: object) -> None:  # the name is the base class's
        """Nothing: the terminal is for the reader."""

    def _number(self, form: dict[str, str]) -> int | None:
        """The number of the result that a form is about; None where the form lacks something."""
        number = form.get("number", "")
        if form.get("verdict") not in _VERDICTS or not form.get("reason", "").strip() or not form.get("by", "").strip():
            return None
        return int(number) if number.isdecimal() and int(number) < len(self.server.flagged) else None

    def _read_form(self) -> dict[str, str]:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LARGEST_FORM:
            return {}
        text = self.rfile.read(int(length)).decode("utf-8", "replace")
        return {name: values[0] for name, values in parse_qs(text).items()}

    def _is_from_elsewhere(self) -> bool:
        origin = self.headers.get("Origin")
        return self.headers.get("Host") != self.server.host or origin not in (None, f"http://{self.server.host}")

    def _is_reader(self) -> bool:
        try:
            cookie = SimpleCookie(self.headers.get("Cookie", "")).get(_COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(cookie.value.encode(), self.server.session.encode())

    def _redirect(self, to: str, *, cookie: str = "") -> None:
        self.send_response(303)
        self.send_header("Location", to)
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self._end("", kind="text/plain")

    def _refuse(self, status: int) -> None:
        self._answer(status, "evalc review: open the address that the terminal shows; it opens once.")

    def _answer(self, status: int, text: str, *, kind: str = "text/plain; charset=utf-8") -> None:
        self.send_response(status)
        self._end(text, kind=kind)

    def _end(self, text: str, *, kind: str) -> None:
        content = text.encode()
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
