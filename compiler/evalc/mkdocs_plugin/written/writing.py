"""The pages of a catalog, and the copies and pictures beside them, written into the folder of a site."""

from collections.abc import Container, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from evalc.mkdocs_plugin.files import PAGE
from evalc.mkdocs_plugin.search import SearchEntry, entry_of
from evalc.mkdocs_plugin.written.kept import Written, state_of
from evalc.mkdocs_plugin.written.wrapping import SiteParts, Wrapper
from evalc.pages._card import card_of
from evalc.pages.contract import Library, PageType

Place = tuple[PageType, str]
"""A kind of page, and the subject of one."""


def by_owner(places: Sequence[Place]) -> dict[str, list[Place]]:
    """Pages by what they are about alone: those of one eval together, and those of all under an empty name."""
    found: dict[str, list[Place]] = {}
    for kind, subject in places:
        found.setdefault(kind.owner(subject), []).append((kind, subject))
    return found


class SiteWriter:
    """Writes pages with the theme around them, one after the other; each is given up when it is written.

    Args:
        made: The paths of the pages that MkDocs makes itself; of those only the copies are written.
        kept: The folder in which pictures are kept between builds.
    """

    def __init__(self, library: Library, parts: SiteParts, *, made: Container[str], kept: Path) -> None:
        self.wrapper = Wrapper(parts)
        self._library = library
        self._parts = parts
        self._site = Path(parts.config.site_dir)
        self._made = made
        self._kept = kept
        self._files: dict[str, tuple[int, int]] = {}

    def write(self, owner: str, places: Sequence[Place], *, inputs: str) -> Written:
        """What was written of the pages of one owner."""
        self._files = {}
        entries = tuple(self._pages(places))
        for kind, subject in places:
            for copy in kind.copies(self._library, subject):
                self._write(copy.path, copy.text.encode())
        if self._library.has_cards and self._library.find_head(owner):
            self._write_card(owner)
        return Written(inputs=inputs, files=self._files, entries=entries)

    def _pages(self, places: Sequence[Place]) -> Iterator[SearchEntry]:
        for kind, subject in places:
            if kind.path(subject) in self._made:
                continue
            page = kind.render(self._library, subject)
            self._write(page.path + PAGE, self.wrapper.wrap(page).encode())
            if entry := entry_of(page, self._parts.config):
                yield entry

    def _write_card(self, eval_id: str) -> None:
        """Write the picture of an eval, if it has one. Its name tells what it shows, so a kept one is drawn no more."""
        from evalc.pages._drawing import draw_card

        if card := card_of(self._library, self._library.eval(eval_id)):
            before = self._kept / Path(card.path).name
            if not before.is_file():
                before.parent.mkdir(parents=True, exist_ok=True)
                (before.parent / ".gitignore").write_text("*\n", "utf-8")
                # Another build may read at the same time, and must not find half of it.
                partial = before.with_suffix(".partial")
                partial.write_bytes(draw_card(card))
                partial.replace(before)
            self._write(card.path, before.read_bytes())

    def _write(self, path: str, content: bytes) -> None:
        file = self._site / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        state = state_of(file)
        assert state is not None, "what was written is there"
        self._files[path] = state


def can_have_cards(config: MkDocsConfig) -> bool:
    """Whether pictures can be drawn here, and be found by those who are given their addresses."""
    return bool(config.site_url) and find_spec("PIL") is not None


def forget_cards(kept: Path, *, wanted: Container[str]) -> None:
    """Remove the kept pictures that no eval has any more, by their names."""
    for old in kept.glob("*.png"):
        if old.name not in wanted:
            old.unlink()
