"""The pages that stand where a renamed eval or case had its page, and lead on."""

from collections.abc import Sequence
from functools import lru_cache

from evalc.pages._address import root_of
from evalc.pages._environment import render
from evalc.pages._moved import moved_paths
from evalc.pages._words import say
from evalc.pages.contract import Library, Page, PageType

_moved_paths = lru_cache(maxsize=2)(moved_paths)


class MovedPage(PageType):
    """A page that leads on to what is named differently by now, so that no link to it ever breaks."""

    is_listed = False

    def subjects(self, library: Library) -> Sequence[str]:
        return list(_moved_paths(library))

    def path(self, subject: str) -> str:
        return subject

    def title(self, library: Library, subject: str) -> str:
        return say("moved.title")

    def render(self, library: Library, subject: str) -> Page:
        title = self.title(library, subject)
        target = root_of(subject) + _moved_paths(library)[subject]
        body = render("moved.html", title=title, target=target)
        return Page(
            subject, title, say("moved.description"), render("moved_head.html", target=target), body, summary=""
        )
