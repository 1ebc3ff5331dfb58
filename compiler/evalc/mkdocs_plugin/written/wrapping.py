"""A site's theme around pages of the catalog."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from evalc.mkdocs_plugin.files import lazy_file
from evalc.mkdocs_plugin.page import CatalogPage, inert
from evalc.pages._stand_in import stand_in
from evalc.pages.contract import Anchor, Page

# The search plug-ins look at a page to put it into the index, which the catalog's pages are left out of.
_KNOWN = ("evalc.mkdocs_plugin.", "mkdocs.contrib.search", "material.plugins.search")


class SiteParts(NamedTuple):
    """What MkDocs has put together for the pages of one build."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    environment: Environment


class Wrapper:
    """Puts the theme around pages of the catalog.

    A theme makes the same of all pages that lie as deep and have the same table of contents, but for their title,
    address, description and content. So it is asked once for each such kind, and the pages are put into what it made,
    which takes a tenth of the time. Where a theme does more with these than to print them, or where another plug-in or
    a hook wants to see each page, it is asked for each.
    """

    def __init__(self, parts: SiteParts) -> None:
        self._parts = parts
        self._is_alone = not _has_strangers(parts.config)
        self._frames: dict[tuple[object, ...], _Frame | None] = {}

    def wrap(self, page: Page) -> str:
        """The whole document of a page."""
        frame = self._frame(page) if self._is_alone else None
        return frame.fill(_values(page)) if frame else self.render(page)

    def render(self, page: Page) -> str:
        """The whole document of a page as the theme and all plug-ins make it."""
        config, files, nav, environment = self._parts
        file = lazy_file(config, page.path)
        made = CatalogPage(page.title, file, config, make=lambda: page)
        file.page = made
        context = get_context(nav, files, config, made)
        context = config.plugins.on_page_context(context, page=made, config=config, nav=nav)
        output = environment.get_template(made.meta["template"]).render(context)
        return config.plugins.on_post_page(output, page=made, config=config)

    def samples(self) -> list[str]:
        """What the theme makes of some pages that are none; nothing where others have a hand in each page."""
        if not self._is_alone:
            return []
        anchors = (Anchor("one", "One"), Anchor("two", "Two"), Anchor("three", "Three"))
        return [self.render(stand_in("evals", depth, mark="sample", anchors=anchors)) for depth in (2, 3)]

    def _frame(self, page: Page) -> "_Frame | None":
        first, _, rest = page.path.partition("/")
        key = (first, rest.count("/"), page.anchors)
        if not rest:
            return None
        if key not in self._frames:
            self._frames[key] = self._make_frame(first, rest.count("/"), page.anchors)
        return self._frames[key]

    def _make_frame(self, first: str, depth: int, anchors: tuple[Anchor, ...]) -> "_Frame | None":
        # Of different length, since a theme may cut a title.
        one, other = (stand_in(first, depth, mark=mark, anchors=anchors) for mark in ("a", "longer"))
        frame = _Frame.cut(self.render(one), _values(one))
        return frame if frame.fill(_values(other)) == self.render(other) else None


class _Frame(NamedTuple):
    """A document in pieces: texts of the theme, and between them the names of the values that stand there."""

    texts: Sequence[str]
    names: Sequence[str]

    @classmethod
    def cut(cls, document: str, values: Mapping[str, str]) -> "_Frame":
        """A document without the values that it was made with."""
        names = {value: name for name, value in values.items()}
        pieces = re.split("(" + "|".join(map(re.escape, names)) + ")", document)
        return cls(pieces[::2], [names[value] for value in pieces[1::2]])

    def fill(self, values: Mapping[str, str]) -> str:
        """The document with these values."""
        parts = [self.texts[0]]
        for name, text in zip(self.names, self.texts[1:], strict=True):
            parts += (values[name], text)
        return "".join(parts)


def _values(page: Page) -> dict[str, str]:
    """What differs from page to page; of the path all behind its first folder, for links from page to page share it."""
    return {
        "title": inert(page.title),
        "description": inert(page.description),
        "path": page.path.partition("/")[2],
        "head": str(page.head),
        "body": str(page.body),
    }


def _has_strangers(config: MkDocsConfig) -> bool:
    """Whether another plug-in or a hook looks at each page or changes it."""
    methods = [*config.plugins.events["page_context"], *config.plugins.events["post_page"]]
    return not all(method.__module__.startswith(_KNOWN) for method in methods)
