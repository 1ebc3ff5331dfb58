"""Pages of a served site, made when a browser asks for them."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from threading import Condition
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from evalc.mkdocs_plugin.files import PAGE
from evalc.mkdocs_plugin.page import inert
from evalc.mkdocs_plugin.search import SearchEntry
from evalc.mkdocs_plugin.written.wrapping import SiteParts, Wrapper
from evalc.mkdocs_plugin.written.writing import Place
from evalc.pages._templates import BrokenTemplate
from evalc.pages.contract import Copy, Library

_log = logging.getLogger("mkdocs.plugins.evalc")


class PagesOnDemand:
    """The pages of a library by their addresses. A request waits while the site is built, and a build for a page."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._is_building = False
        self._places: Mapping[str, Place] = {}
        self._library: Library | None = None
        self._parts: SiteParts | None = None

    def begin(self) -> None:
        """A build begins: what it makes from is not known yet."""
        with self._turn:
            self._is_building, self._parts = True, None

    def end(self) -> None:
        """A build has ended, well or not."""
        with self._turn:
            self._is_building = False
            self._turn.notify_all()

    def offer(self, library: Library, places: Mapping[str, Place], *, parts: SiteParts) -> None:
        """Takes what there is to be asked for, by its path, and what it is made with once the build has ended."""
        self._library, self._places, self._parts = library, places, parts

    def entries(self) -> Iterator[SearchEntry]:
        """What the search may know of pages that are not made yet: as much as of those that are."""
        assert self._library is not None
        for path, (kind, subject) in self._places.items():
            if found := kind.summary(self._library, subject):
                yield {"location": path, "title": inert(kind.title(self._library, subject)), "text": inert(found)}

    def wrap(self, inner: WSGIApplication, mount: str) -> WSGIApplication:
        """A server that makes what it is asked for before it looks for the file."""

        def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
            begun: list[tuple[str, list[tuple[str, str]]]] = []

            def _hold(status: str, headers: list[tuple[str, str]], _: object = None) -> Callable[[bytes], object]:
                begun.append((status, headers))
                return lambda _: None

            # A build that begins behind our back empties the folder once more, and the server waits for its end.
            for _ in range(2):
                begun.clear()
                try:
                    self._make_for(path, mount)
                except BrokenTemplate as broken:
                    _log.error(str(broken))
                    start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
                    return [f"{broken}\n".encode()]
                body = inner(environ, _hold)
                if not begun[0][0].startswith("404"):
                    break
            start_response(*begun[0])
            return body

        return application

    def _make_for(self, path: str, mount: str) -> None:
        if path.startswith(mount):
            with self._turn:
                self._turn.wait_for(lambda: not self._is_building)
                self._make(path[len(mount) :])

    def _make(self, path: str) -> None:
        """Write what is asked for, a page or a copy beside one, where it is one of ours and not there yet."""
        folder, _, name = path.rpartition("/")
        found = self._places.get(f"{folder}/")
        if self._parts is None or self._library is None:
            return
        if found and name in ("", PAGE):
            self._write(f"{folder}/{PAGE}", partial(self._render, found))
        elif copy := self._find_copy(path):
            self._write(copy.path, lambda: copy.text)

    def _find_copy(self, path: str) -> Copy | None:
        assert self._library is not None
        folder = path
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if found := self._places.get(f"{folder}/"):
                kind, subject = found
                copies = kind.copies(self._library, subject)
                return next((copy for copy in copies if copy.path == path), None)
        return None

    def _write(self, path: str, make: Callable[[], str]) -> None:
        assert self._parts is not None
        file = Path(self._parts.config.site_dir) / path
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(make(), encoding="utf-8")

    def _render(self, place: Place) -> str:
        assert self._parts is not None
        assert self._library is not None
        kind, subject = place
        return Wrapper(self._parts).render(kind.render(self._library, subject))
