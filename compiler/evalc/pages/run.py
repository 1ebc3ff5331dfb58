"""The page of one run."""

from collections.abc import Sequence

from evalc.pages._address import case_path, root_of, run_path
from evalc.pages._environment import render
from evalc.pages._figures import as_moment
from evalc.pages._head import Head, render_head
from evalc.pages._runs import runs_of
from evalc.pages._words import say
from evalc.pages.contract import RUNS, Anchor, Library, Page, PageType


class RunPage(PageType):
    """A run: its evals at its targets, what flipped since the run before, and every case by its outcome."""

    def owner(self, subject: str) -> str:
        return RUNS

    def subjects(self, library: Library) -> Sequence[str]:
        return library.run_ids()

    def path(self, subject: str) -> str:
        return run_path(subject)

    def title(self, library: Library, subject: str) -> str:
        return say("run_page.title", moment=as_moment(library.started_at(subject)))

    def render(self, library: Library, subject: str) -> Page:
        run = runs_of(library)[subject]
        path = self.path(subject)
        title = self.title(library, subject)
        targets = ", ".join(target.name for target in run.targets)
        description = say("run_page.description", n=run.evals_found, targets=targets)
        head = render_head(library, Head(path, title, description, is_article=True))
        body = render("run.html", title=title, root=root_of(path), run=run, case_path=case_path)
        return Page(path, title, description, head, body, summary="", anchors=_anchors())


def _anchors() -> tuple[Anchor, ...]:
    return (
        Anchor("flips", say("flips.title")),
        Anchor("evals", say("library.list")),
        Anchor("cases", say("run_page.cases")),
    )
