"""All pages of a library as plain files, for a host that needs no generator of sites."""

from collections.abc import Iterator
from pathlib import Path

from evalc.base.assets import asset_folder
from evalc.base.family import members
from evalc.base.memory.collecting import keeping_all
from evalc.pages._address import root_of
from evalc.pages._environment import render
from evalc.pages._policy import content_policy
from evalc.pages.contract import Library, Page, PageType

ASSETS_PATH = "assets/evalc/"
"""Where the style, the script and the fonts of the pages lie below the site's root."""


def page_types() -> Iterator[PageType]:
    """One of each kind of page."""
    for _, kind in members("evalc.pages", PageType):
        yield kind()


def read_assets() -> Iterator[tuple[str, bytes]]:
    """The style, the script and the fonts of the pages, each with its path below the site's root."""
    folder = asset_folder("theme", loose="site/theme") / "assets"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield ASSETS_PATH + file.name, file.read_bytes()


def write_pages(library: Library, folder: Path) -> int:
    """How many pages were written, as complete documents with all that they need beside them.

    Files that are there already and have another name stay.
    """
    count = 0
    with keeping_all():
        for kind in page_types():
            for subject in kind.subjects(library):
                _write(folder, kind.path(subject) + "index.html", _document(kind.render(library, subject)).encode())
                for copy in kind.copies(library, subject):
                    _write(folder, copy.path, copy.text.encode())
                count += 1
    for path, content in read_assets():
        _write(folder, path, content)
    return count


def _document(page: Page) -> str:
    return render("shell.html", page=page, root=root_of(page.path), policy=content_policy(""))


def _write(folder: Path, path: str, content: bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
