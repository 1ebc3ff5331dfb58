"""What every kind of page promises, and what pages are made from."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from evalc.pages._library import Library, Past

__all__ = ["RUNS", "Anchor", "Copy", "Library", "Page", "PageType", "Past"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A part of a page that its table of contents names."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    `path` is its folder below the site's root, with `/` at the end. `title`, `description` and `summary` are plain
    text; the last is what a search may find, and empty for a page that it should not lead to. `head` and `body` are
    HTML. `anchors` are the parts that a table of
    contents names, `places` all other ids that a link may lead to.
    """

    path: str
    title: str
    description: str
    head: Markup
    body: Markup
    summary: str
    anchors: tuple[Anchor, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file beside the pages, for machines or for reading whole: its path below the site's root, and its text."""

    path: str
    text: str


RUNS = "runs"
"""The owner of the pages that are made from reports, and of evals from little more than their titles."""


class PageType(ABC):
    """A kind of page: it has one page for each of its subjects. Equal libraries give equal pages."""

    is_listed: ClassVar[bool] = True
    """Whether search engines are told of pages of this kind."""

    def owner(self, subject: str) -> str:
        """The id of the one eval that a page shows, or `RUNS` for one of runs; empty for a page of more than that."""
        return ""

    @abstractmethod
    def subjects(self, library: Library) -> Sequence[str]:
        """The ids of what there is a page about, in order."""

    @abstractmethod
    def path(self, subject: str) -> str:
        """Where a page lies below the site's root, with `/` at the end."""

    @abstractmethod
    def title(self, library: Library, subject: str) -> str:
        """A page's title as plain text, before the page is made."""

    def summary(self, library: Library, subject: str) -> str:
        """What a search may find of a page, before it is made: plain text, empty where it should not lead there."""
        return ""

    @abstractmethod
    def render(self, library: Library, subject: str) -> Page:
        """The finished page."""

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        """The files beside a page, one at a time, for they can be large."""
        return iter(())
