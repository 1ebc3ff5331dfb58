"""The page of one run."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case
from evalc.model.report import CaseReport
from evalc.pages._address import case_path, root_of, row_of, run_path
from evalc.pages._environment import render
from evalc.pages._figures import as_moment
from evalc.pages._head import Head, render_head
from evalc.pages._results import index_cases
from evalc.pages._runs import EvalRun, Run, list_evals, view_run
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Library, Page, PageType

EVALS_SHOWN, FLIPS_SHOWN, CASES_SHOWN = 100, 100, 150
"""How many of each a page shows, those first that something is wrong with."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a run, at each of the run's targets."""

    path: str
    case: Case
    row: str
    cells: tuple[CaseReport | None, ...]

    @property
    def is_settled(self) -> bool:
        """Whether it passed wherever it was asked."""
        return all(cell.outcome == "passed" for cell in self.cells if cell)


@dataclass(frozen=True, slots=True)
class EvalLines:
    """The cases of one eval in a run."""

    eval_run: EvalRun
    cases: tuple[CaseLine, ...]


class RunPage(PageType):
    """A run: its evals at its targets, what flipped since the run before, and every case by its outcome."""

    def subjects(self, library: Library) -> Sequence[str]:
        return library.run_ids()

    def path(self, subject: str) -> str:
        return run_path(subject)

    def title(self, library: Library, subject: str) -> str:
        return say("run_page.title", moment=as_moment(library.run(subject)[0].started_at))

    def render(self, library: Library, subject: str) -> Page:
        run = view_run(library, subject)
        evals = list_evals(library, run)
        path = self.path(subject)
        title = self.title(library, subject)
        targets = ", ".join(target.name for target in run.targets)
        description = say("run_page.description", n=run.evals, targets=targets)
        head = render_head(library, Head(path, title, description, is_article=True))
        body = render("run.html", title=title, **_values(run, evals))
        return Page(path, title, description, head, body, summary="", anchors=_anchors())


def _values(run: Run, evals: Sequence[EvalRun]) -> dict[str, object]:
    flips = [flip for each in evals for flip in each.flips]
    flips.sort(key=lambda found: not found.flip.is_loss)
    groups, left_out = _shown_cases([EvalLines(each, tuple(_lines(each))) for each in evals])
    return {
        "root": root_of(run.path),
        "run": run,
        "evals": evals[:EVALS_SHOWN],
        "evals_left_out": max(0, len(evals) - EVALS_SHOWN),
        "flips": [(found, case_path(found.flip.case.id)) for found in flips[:FLIPS_SHOWN]],
        "flips_found": len(flips),
        "losses": sum(found.flip.is_loss for found in flips),
        "groups": groups,
        "cases_left_out": left_out,
    }


def _lines(eval_run: EvalRun) -> Iterator[CaseLine]:
    if not eval_run.eval_:
        return
    indexed = [index_cases(report, eval_run.eval_) if report else {} for report in eval_run.reports]
    for case in eval_run.eval_.cases:
        cells = tuple(cases.get(case.id) for cases in indexed)
        if any(cells):
            yield CaseLine(case_path(case.id), case, row_of(case), cells)


def _shown_cases(groups: Sequence[EvalLines]) -> tuple[list[EvalLines], int]:
    """All cases where a page can hold them; else those that did not pass, as many as it holds, and how many are left.

    Returns:
        Evals without a case to show are left out.
    """
    total = sum(len(group.cases) for group in groups)
    room, found = CASES_SHOWN, []
    for group in groups:
        cases = group.cases if total <= CASES_SHOWN else tuple(line for line in group.cases if not line.is_settled)
        if shown := cases[:room]:
            found.append(EvalLines(group.eval_run, shown))
            room -= len(shown)
    return found, total - sum(len(group.cases) for group in found)


def _anchors() -> tuple[Anchor, ...]:
    return (
        Anchor("flips", say("flips.title")),
        Anchor("evals", say("library.list")),
        Anchor("cases", say("run_page.cases")),
    )
