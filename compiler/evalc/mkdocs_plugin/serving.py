"""Pages of a served site, made when a browser asks for them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from threading import Condition
from typing import NamedTuple
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from evalc.mkdocs_plugin.page import CatalogPage, inert
from evalc.mkdocs_plugin.search import SearchEntry
from evalc.pages.contract import Copy, Library, PageType

_PAGE = "index.html"


class LazyFile(File):
    """A page that links can lead to, and that nobody makes until it is asked for."""

    def is_documentation_page(self) -> bool:
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Nothing: there is none yet."""


class _Place(NamedTuple):
    kind: PageType
    subject: str


class _Site(NamedTuple):
    """What MkDocs has put together for the pages of one build."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    environment: Environment


class PagesOnDemand:
    """The pages of a library by their addresses. A request waits while the site is built, and a build for a page."""

    def __init__(self) -> None:
        self._turn = Condition()
        self._is_building = False
        self._places: dict[str, _Place] = {}
        self._library: Library | None = None
        self._site: _Site | None = None

    def begin(self) -> None:
        """A build begins: what it makes from is not known yet."""
        with self._turn:
            self._is_building, self._site = True, None

    def end(self) -> None:
        """A build has ended, well or not."""
        with self._turn:
            self._is_building = False
            self._turn.notify_all()

    def offer(
        self, library: Library, subjects: Iterable[tuple[PageType, str]], *, config: MkDocsConfig
    ) -> Iterator[File]:
        """A file for each page, for the links to it."""
        self._library = library
        self._places = {kind.path(subject): _Place(kind, subject) for kind, subject in subjects}
        return (_lazy_file(config, path) for path in self._places)

    def entries(self) -> Iterator[SearchEntry]:
        """What the search may know of pages that are not made yet: their titles."""
        assert self._library is not None
        for path, (kind, subject) in self._places.items():
            if kind.is_searched:
                yield {"location": path, "title": inert(kind.title(self._library, subject)), "text": ""}

    def prepare(self, config: MkDocsConfig, files: Files, *, nav: Navigation, environment: Environment) -> None:
        """Takes what a build has put together, with which pages are made once it has ended."""
        self._site = _Site(config, files, nav, environment)

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
                self._make_for(path, mount)
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
        if self._site is None or self._library is None:
            return
        if found and name in ("", _PAGE):
            self._write(f"{folder}/{_PAGE}", partial(self._render, found))
        elif copy := self._find_copy(path):
            self._write(copy.path, lambda: copy.text)

    def _find_copy(self, path: str) -> Copy | None:
        assert self._library is not None
        folder = path
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if found := self._places.get(f"{folder}/"):
                copies = found.kind.copies(self._library, found.subject)
                return next((copy for copy in copies if copy.path == path), None)
        return None

    def _write(self, path: str, make: Callable[[], str]) -> None:
        assert self._site is not None
        file = Path(self._site.config.site_dir) / path
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(make(), encoding="utf-8")

    def _render(self, place: _Place) -> str:
        assert self._site is not None
        assert self._library is not None
        config, files, nav, environment = self._site
        kind, subject = place
        file = _lazy_file(config, kind.path(subject))
        make = partial(kind.render, self._library, subject)
        page = CatalogPage(kind.title(self._library, subject), file, config, make=make)
        file.page = page
        context = get_context(nav, files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=nav)
        output = environment.get_template(page.meta["template"]).render(context)
        return config.plugins.on_post_page(output, page=page, config=config)


def _lazy_file(config: MkDocsConfig, path: str) -> LazyFile:
    return LazyFile(
        f"{path}index.md",
        src_dir=None,
        dest_dir=config.site_dir,
        use_directory_urls=True,
        dest_uri=f"{path}{_PAGE}",
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
