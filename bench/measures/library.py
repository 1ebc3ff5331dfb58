"""The library of 5,000 evals in a browser: its first view, and how soon a filter answers."""

import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from playwright.sync_api import Browser, sync_playwright

from bench.measure import Figure
from bench.workspaces import write_workspace
from evalc.api.packed.reports import load_report
from evalc.pages._environment import render
from evalc.pages._files import read_assets
from evalc.pages.contract import Library
from evalc.pages.library import LibraryPage

_EVALS = 5_000
_ROUNDS = 5
# Which boxes are ticked, one after the other: of several filters, so that they narrow and widen the list.
_PLACES = (0, 12, 3, 15, 40, 41, 100, 130, 12, 3)
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Until a person can type: the script has run, and the frame with the field in it was painted.
_FIRST_VIEW = """
() => new Promise((done) => {
  const look = () => document.querySelector(".ev-search:not([hidden])")
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now())))
    : setTimeout(look, 1);
  look();
})
"""

# From the click to the frame that shows the answer, style and layout included.
_ANSWER = """
(place) => new Promise((done) => {
  const output = document.querySelector(".ev-search output");
  const began = performance.now();
  new MutationObserver((_, watcher) => {
    watcher.disconnect();
    document.body.getBoundingClientRect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  }).observe(output, { childList: true });
  const boxes = document.querySelectorAll(".ev-search input[type=checkbox]");
  boxes[place % boxes.length].click();
})
"""


def measure() -> Iterator[Figure]:
    """Figures of the page of the library alone, served on loopback."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        size = _write_page(folder)
        yield Figure("library of 5,000 evals, its page", size / 1024, "KB")
        yield Figure("library of 5,000 evals, its list", (folder / "evals/catalog.json").stat().st_size / 1024, "KB")
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=name))
        Thread(target=server.serve_forever, daemon=True).start()
        path = next(filter(None, map(shutil.which, _BROWSERS)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
            visits = [_visit(browser, f"http://127.0.0.1:{server.server_port}/evals/") for _ in range(_ROUNDS)]
            browser.close()
        server.shutdown()
        server.server_close()
    view, first, later = (median(figures) for figures in zip(*visits, strict=True))
    yield Figure("library of 5,000 evals, first view until one can type", view, "ms", target=1000)
    yield Figure("library of 5,000 evals, first answer, list fetched", first, "ms")
    yield Figure("library of 5,000 evals, an answer of a filter", later, "ms", target=50)


def _write_page(folder: Path) -> int:
    catalog = write_workspace(folder, evals=_EVALS, runs=1)
    report, _ = load_report(folder / "results")
    library = Library(catalog, report)
    page = LibraryPage().render(library, "")
    (folder / "evals").mkdir()
    html = render("shell.html", page=page, root="../", policy="")
    (folder / "evals" / "index.html").write_text(html, "utf-8")
    for copy in LibraryPage().copies(library, ""):
        (folder / copy.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / copy.path).write_text(copy.text, "utf-8")
    for path, content in read_assets():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return len(html.encode())


def _visit(browser: Browser, address: str) -> tuple[float, float, float]:
    """First view, first answer and the median of later ones, in milliseconds, in a fresh profile."""
    page = browser.new_page()
    page.goto(address, wait_until="commit")
    view = float(page.evaluate(_FIRST_VIEW))
    first, *later = [float(page.evaluate(_ANSWER, place)) for place in _PLACES]
    page.close()
    return view, first, median(later)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
