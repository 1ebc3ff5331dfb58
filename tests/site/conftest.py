"""A site built once, served on loopback, and visits to it that remember what went wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route

from tests.pages.example import example_library
from tests.site.building import build_site, serve

EVAL = "evals/harborline/deployments/"
CASE = EVAL + "refuses-key-sharing/"
RUN = "runs/run-2026-11-20/"
RELEASE = "releases/v1.3.0/"
COMPARISON = "comparisons/harborline/deployments/"

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Visit:
    """A page in a browser, the requests that left this machine, and the errors of its scripts."""

    page: Page
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What the page's policy refused until now."""
        found: list[str] = self.page.evaluate("window.violations")
        return found

    def outside(self) -> list[str]:
        """The requests that did not stay on this machine."""
        return [url for url in self.requests if urlsplit(url).hostname not in ("127.0.0.1", None)]


Visitor = Callable[..., Visit]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site of the library made by hand."""
    return build_site(example_library(), tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with serve(site) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visitor]:
    """Opens a page of the site in a fresh browser profile; with `stays` a page that leads on does not."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str,
        *,
        scheme: Literal["light", "dark"] = "light",
        width: int = 1360,
        has_scripts: bool = True,
        base: str = address,
        stays: bool = False,
    ) -> Visit:
        context = browser.new_context(
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            java_script_enabled=has_scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.add_init_script(_WATCH)
        found = Visit(context.new_page())

        def note(request: Request) -> None:
            found.requests.append(request.url)

        def hold(route: Route) -> None:
            if route.request.is_navigation_request() and route.request.url != base + path:
                # A browser stays where it is when there is no content to go to.
                route.fulfill(status=204)
            else:
                route.continue_()

        if stays:
            found.page.route("**/*", hold)
        found.page.on("request", note)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.goto(base + path, wait_until="load")
        return found

    yield open_page
    for context in contexts:
        context.close()
