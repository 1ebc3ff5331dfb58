"""The pages of a catalog and the copies beside them, written into the folder of a site."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from evalc.mkdocs_plugin.files import PAGE
from evalc.mkdocs_plugin.search import SearchEntry, entry_of
from evalc.mkdocs_plugin.wrapping import SiteParts, Wrapper
from evalc.pages.contract import Library, PageType

Place = tuple[PageType, str]
"""A kind of page, and the subject of one."""


def write_pages(library: Library, places: Iterable[Place], *, parts: SiteParts) -> Iterator[SearchEntry]:
    """What the search may know of these pages; each is written when its turn comes, and given up after that."""
    wrapper, site = Wrapper(parts), Path(parts.config.site_dir)
    for kind, subject in places:
        page = kind.render(library, subject)
        _write(site / page.path / PAGE, wrapper.wrap(page))
        if entry := entry_of(page, parts.config):
            yield entry


def write_copies(library: Library, places: Iterable[Place], *, site: Path) -> None:
    """Writes what lies beside these pages."""
    for kind, subject in places:
        for copy in kind.copies(library, subject):
            _write(site / copy.path, copy.text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
