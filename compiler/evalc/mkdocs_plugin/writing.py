"""The pages of a catalog, and the copies and pictures beside them, written into the folder of a site."""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from evalc.mkdocs_plugin.files import PAGE
from evalc.mkdocs_plugin.search import SearchEntry, entry_of
from evalc.mkdocs_plugin.wrapping import SiteParts, Wrapper
from evalc.pages._card import card_of
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


def can_have_cards(config: MkDocsConfig) -> bool:
    """Whether pictures can be drawn here, and be found by those who are given their addresses."""
    return bool(config.site_url) and find_spec("PIL") is not None


def write_cards(library: Library, site: Path, *, kept: Path) -> None:
    """Writes the picture of each eval that has one.

    Its name tells what it shows, so one that lies in the folder `kept` is not drawn again, and those that no eval has
    any more are removed there.
    """
    from evalc.pages._drawing import draw_card

    kept.mkdir(parents=True, exist_ok=True)
    (kept / ".gitignore").write_text("*\n", "utf-8")
    wanted = set()
    for eval_ in library.catalog.evals:
        if card := card_of(library, eval_):
            target = site / card.path
            before = kept / target.name
            wanted.add(before.name)
            if target.is_file():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            if not before.is_file():
                # Another build may read at the same time, and must not find half of it.
                partial = before.with_suffix(".partial")
                partial.write_bytes(draw_card(card))
                partial.replace(before)
            target.write_bytes(before.read_bytes())
    for old in kept.glob("*.png"):
        if old.name not in wanted:
            old.unlink()


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
