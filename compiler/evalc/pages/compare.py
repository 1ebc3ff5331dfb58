"""The page that compares an eval's runs and its targets."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.model.catalog import Eval
from evalc.model.verdicts.comparison import CasePair, LeftOut, TargetComparison
from evalc.pages._address import case_path, comparison_path, eval_path, root_of, run_path
from evalc.pages._comparisons import Pair, compare_pair, is_compared, pairs_of
from evalc.pages._environment import render
from evalc.pages._figures import as_moment
from evalc.pages._head import Head, render_head
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Library, Page, PageType


@dataclass(frozen=True, slots=True)
class PairedCase:
    """A case at both sides; `is_loss` where it passed before and fails now."""

    path: str
    pair: CasePair
    is_loss: bool


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """One comparison with its words; `found` is None where no case ended otherwise."""

    id: str
    title: str
    before: str
    after: str
    before_run: str
    after_run: str
    found: TargetComparison | None
    flips: tuple[PairedCase, ...]
    shifts: tuple[PairedCase, ...]
    left_out: tuple[tuple[str, str, str], ...]


class ComparePage(PageType):
    """The newest run of each target against the one before, and the targets against the best: flips first."""

    def owner(self, subject: str) -> str:
        return subject

    def subjects(self, library: Library) -> Sequence[str]:
        return [head.id for head in library.heads if is_compared(library, head.id)]

    def path(self, subject: str) -> str:
        return comparison_path(subject)

    def title(self, library: Library, subject: str) -> str:
        return say("compare.title", title=library.eval(subject).title)

    def render(self, library: Library, subject: str) -> Page:
        eval_ = library.eval(subject)
        path = self.path(subject)
        title = self.title(library, subject)
        views = [view_pair(pair, eval_, number=number) for number, pair in enumerate(pairs_of(library, eval_), 1)]
        description = say("compare.description", title=eval_.title)
        head = render_head(library, Head(path, title, description, is_article=True))
        body = render(
            "compare.html",
            root=root_of(path),
            eval=eval_,
            eval_path=eval_path(eval_.id),
            vendor=library.vendor(eval_.vendor),
            description=description,
            views=views,
        )
        anchors = tuple(Anchor(view.id, view.title) for view in views)
        return Page(path, title, description, head, body, summary="", anchors=anchors)


def view_pair(pair: Pair, eval_: Eval, *, number: int) -> ComparisonView:
    """A comparison as a page shows it."""
    found = compare_pair(pair, eval_)
    names = (pair.before.target.name, pair.after.target.name)
    if pair.kind == "runs":
        before, after = as_moment(pair.before.started_at), as_moment(pair.after.started_at)
        title = say("compare.runs", target=names[1])
    else:
        before, after = names
        title = say("compare.targets", target=after, best=before)
    return ComparisonView(
        id=f"pair-{number}",
        title=title,
        before=before,
        after=after,
        before_run=run_path(pair.before.run_id),
        after_run=run_path(pair.after.run_id),
        found=found,
        flips=_paired(found.flips if found else ()),
        shifts=_paired(found.shifts if found else ()),
        left_out=tuple(_left_out(each, eval_) for each in found.left_out) if found else (),
    )


def _paired(pairs: Sequence[CasePair]) -> tuple[PairedCase, ...]:
    return tuple(PairedCase(case_path(pair.case_id), pair, pair.after.outcome == "failed") for pair in pairs)


def _left_out(found: LeftOut, eval_: Eval) -> tuple[str, str, str]:
    titles = {case.id: case.title for case in eval_.cases}
    return case_path(found.case_id), titles[found.case_id], say(f"compare.{found.reason}")
