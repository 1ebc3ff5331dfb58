"""The page that lists all runs."""

from collections.abc import Iterator, Sequence

from evalc.pages._address import RUNS_PATH, root_of
from evalc.pages._environment import render
from evalc.pages._feed import make_feed
from evalc.pages._head import Head, render_head
from evalc.pages._runs import runs_of
from evalc.pages._words import say
from evalc.pages.contract import RUNS, Copy, Library, Page, PageType

RUNS_SHOWN = 200
"""How many runs the list has; an older one is still found by its address, and from the evals that it asked."""


class RunsPage(PageType):
    """All runs, newest first; there is none where nothing was run."""

    def owner(self, subject: str) -> str:
        return RUNS

    def subjects(self, library: Library) -> Sequence[str]:
        return [""] if library.run_ids() else []

    def path(self, subject: str) -> str:
        return RUNS_PATH

    def title(self, library: Library, subject: str) -> str:
        return say("runs.title")

    def render(self, library: Library, subject: str) -> Page:
        ids = library.run_ids()
        title = self.title(library, subject)
        description = self.summary(library, subject)
        head = render_head(library, Head(RUNS_PATH, title, description))
        body = render(
            "runs.html",
            root=root_of(RUNS_PATH),
            description=description,
            runs=list(runs_of(library).values())[:RUNS_SHOWN],
            unlisted=max(0, len(ids) - RUNS_SHOWN),
        )
        return Page(RUNS_PATH, title, description, head, body, summary=description)

    def summary(self, library: Library, subject: str) -> str:
        return say("runs.description", n=len(library.run_ids()))

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        yield make_feed(library)
