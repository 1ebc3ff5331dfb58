"""A page of the catalog as MkDocs knows pages."""

import html
from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as SitePage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from evalc.pages._legible import make_legible
from evalc.pages.contract import Page

# A table of contents takes a quarter of the width.
_WORTH_A_TABLE = 3


class CatalogPage(SitePage):
    """A page of the catalog in a site. It is made when its turn comes to be written, and given up after that."""

    def __init__(self, title: str, file: File, config: MkDocsConfig, *, make: Callable[[], Page]) -> None:
        # Themes print a title as it is.
        super().__init__(inert(title), file, config)
        self.make = make
        self.finished: Page | None = None
        self.markdown = ""
        self.content = ""
        self.meta = {"template": "evalc.html", "hide": ["navigation"], "search": {"exclude": True}}

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing: there is no source."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Nothing yet: untrusted text never meets Markdown."""

    def finish(self) -> Page:
        """The page, made now, with what a theme shows around it set."""
        page = self.finished = self.make()
        top = AnchorLink(self.title or "", "top", 1)
        top.children = [AnchorLink(inert(anchor.title), anchor.id, 2) for anchor in page.anchors]
        self.toc = TableOfContents([top])
        self.present_anchor_ids = {"top", *(anchor.id for anchor in page.anchors), *page.places}
        self.meta["description"] = inert(page.description)
        if len(page.anchors) < _WORTH_A_TABLE:
            self.meta["hide"] = ["navigation", "toc"]
        return page


def inert(text: str) -> str:
    """A text that is nothing but text wherever a theme or the search prints it."""
    return html.escape(make_legible(text))
