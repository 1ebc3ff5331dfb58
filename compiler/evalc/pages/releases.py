"""The page that lists all releases."""

from collections import Counter
from collections.abc import Sequence

from evalc.model.change import DIRECTIONS
from evalc.pages._address import RELEASES_PATH, release_path, root_of
from evalc.pages._environment import render
from evalc.pages._head import Head, render_head
from evalc.pages._words import say
from evalc.pages.contract import Library, Page, PageType


class ReleasesPage(PageType):
    """The releases that changed what evals mean, newest first; there is none without tags."""

    def subjects(self, library: Library) -> Sequence[str]:
        return [""] if library.releases else []

    def path(self, subject: str) -> str:
        return RELEASES_PATH

    def title(self, library: Library, subject: str) -> str:
        return say("releases.title")

    def render(self, library: Library, subject: str) -> Page:
        title = self.title(library, subject)
        description = self.summary(library, subject)
        counts = [Counter(change.direction for change in release.changes) for release in library.releases]
        listed = [
            (release, release_path(release.name), [(name, found[name]) for name in DIRECTIONS if found[name]])
            for release, found in zip(library.releases, counts, strict=True)
        ]
        head = render_head(library, Head(RELEASES_PATH, title, description))
        body = render("releases.html", root=root_of(RELEASES_PATH), description=description, releases=listed)
        return Page(RELEASES_PATH, title, description, head, body, summary=description)

    def summary(self, library: Library, subject: str) -> str:
        return say("releases.description", n=len(library.releases))
