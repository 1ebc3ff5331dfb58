"""A real site of MkDocs from a library made by hand, and a server of it on loopback."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from evalc.mkdocs_plugin import EvalcPlugin
from evalc.pages.contract import Library

ROOT = Path(__file__).parents[2]


class HandMadePlugin(EvalcPlugin):  # type: ignore[no-untyped-call]  # MkDocs types all but what makes a subclass.
    """The plug-in with a library that no compiler made."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def read_library(self, config: MkDocsConfig) -> Library:
        return self.library


def build_site(
    library: Library,
    folder: Path,
    *,
    settings: Path = ROOT / "mkdocs.yml",
    options: Mapping[str, str] | None = None,
) -> Path:
    """The folder of a site with some settings, or with this repository's own, in which every warning is an error."""
    site = folder / "site"
    config = load_config(str(settings), site_dir=str(site), plugins=["search"], site_url=library.address)
    plugin = HandMadePlugin(library)
    plugin.load_config({"reference": settings == ROOT / "mkdocs.yml", **(options or {})})
    config.plugins["evalc"] = plugin
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return site


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address of a server of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log of a test is for its failures."""
