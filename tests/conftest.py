"""What all tests share: the option that rewrites text cases, and a real browser."""

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")


# How long an example takes depends on the machine, and no test here may fail for that.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update` beside the options of pytest."""
    parser.addoption("--update", action="store_true", help="rewrite the text cases as the phases make them now")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """The machine's Chromium, which reaches nothing but this machine.

    It lives for one module, because Playwright's loop keeps `asyncio.run` from working beside it.
    """
    from playwright.sync_api import sync_playwright

    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    assert path, "no Chromium is on this machine; `make browser` installs it"
    arguments = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=arguments)
        yield started
        started.close()
