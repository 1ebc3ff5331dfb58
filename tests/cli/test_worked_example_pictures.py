"""The pictures of the worked example show what its reader would see; `--update` takes them anew."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.cli.conftest import Workspace
from tests.cli.test_worked_example import PAGE, files_of
from tests.site.building import serve

FOLDER = PAGE.parent / "assets" / "worked-example"
LARGEST = 120_000


@pytest.fixture
def example(tmp_path: Path) -> Workspace:
    """The example after its first run. The name of its folder is that of the site."""
    workspace = Workspace(tmp_path / "plants")
    for path, text in files_of(PAGE.read_text(encoding="utf-8")):
        workspace.write(path, text)
    workspace.evalc("run", "--target", "candidate", "--judge", "fond")
    return workspace


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page at the size of a laptop's window."""
    page = browser.new_page(viewport={"width": 1080, "height": 820}, color_scheme="light")
    page.goto(address)
    yield page
    page.close()


def keep(page: Page, name: str, request: pytest.FixtureRequest) -> None:
    """Take the picture where pictures are taken anew; it is in the guide in any case."""
    if request.config.getoption("--update"):
        FOLDER.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=FOLDER / name)

    assert f"](assets/worked-example/{name})" in PAGE.read_text(encoding="utf-8")
    assert 10_000 < (FOLDER / name).stat().st_size < LARGEST


def test_a_person_sees_what_is_flagged(example: Workspace, browser: Browser, request: pytest.FixtureRequest) -> None:
    """The answer, what the judge said of it, and a place for a verdict."""
    with subprocess.Popen(
        [sys.executable, "-m", "evalc", "review", "--web", "--by", "Ann Okafor"],
        cwd=example.folder,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        address = next(found[0] for line in process.stdout if (found := re.search(r"http://127\S+", line)))
        with opened(browser, address) as page:
            page.get_by_text("Throw it away.").first.wait_for()
            keep(page, "review.png", request)
        process.terminate()


def test_readers_see_the_result(example: Workspace, browser: Browser, request: pytest.FixtureRequest) -> None:
    """The eval's page in the catalog, with the case that failed."""
    example.evalc("calibrate", "--judge", "fond")
    built = example.evalc("site")
    assert 0 == built.returncode, built.stderr
    with serve(_site(example.folder)) as address, opened(browser, f"{address}evals/plants/advice/") as page:
        page.locator("#results").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('#results').scrollIntoView()")
        keep(page, "results.png", request)


def _site(folder: Path) -> Path:
    return next(path.parent for path in sorted(folder.rglob("evals")) if (path / "plants").is_dir())
