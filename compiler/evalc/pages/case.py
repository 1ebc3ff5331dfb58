"""The page of one case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case, Eval
from evalc.pages._address import case_path, eval_path, place_address, root_of, row_of
from evalc.pages._cases import asked_turns, long_answers, view_outcomes
from evalc.pages._environment import render
from evalc.pages._head import Head, render_head
from evalc.pages._history import case_history
from evalc.pages._prompts import case_prompts
from evalc.pages._results import results_of
from evalc.pages._rows import list_case, number_of
from evalc.pages._scoring import repeat_rule
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Copy, Library, Page, PageType


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The case before or after; `path` starts at the eval's page."""

    path: str
    number: str
    title: str


class CasePage(PageType):
    """One case whole: what is asked, expected and checked, and every answer with what was said of it."""

    def owner(self, subject: str) -> str:
        return "/".join(subject.split("/")[:2])

    def subjects(self, library: Library) -> Sequence[str]:
        return [id_ for head in library.heads for id_ in head.case_ids]

    def path(self, subject: str) -> str:
        return case_path(subject)

    def title(self, library: Library, subject: str) -> str:
        eval_, at = library.case(subject)
        return say("case.page_title", title=_title(eval_.cases[at]), eval=eval_.title)

    def render(self, library: Library, subject: str) -> Page:
        eval_, at = library.case(subject)
        case = eval_.cases[at]
        path = self.path(subject)
        title = self.title(library, subject)
        description = say("case.description", title=case.title, eval=eval_.title, severity=case.severity)
        head = render_head(library, Head(path, title, description, is_article=True))
        body = render("case.html", **_values(library, eval_, at))
        return Page(path, title, description, head, body, summary="", anchors=_anchors(case))

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        eval_, at = library.case(subject)
        yield from long_answers(eval_.cases[at], results_of(library, eval_.id))


def _values(library: Library, eval_: Eval, at: int) -> dict[str, object]:
    case = eval_.cases[at]
    results = results_of(library, eval_.id)
    answered = set(asked_turns(case))
    return {
        "root": root_of(case_path(case.id)),
        "up": root_of(case_path(case.id).removeprefix(eval_path(eval_.id))),
        "eval": eval_,
        "vendor": library.vendor(eval_.vendor),
        "case": case,
        "row": list_case(eval_, at, results=results),
        "repeat_rule": repeat_rule(case),
        "is_answered": [turn in answered for turn in range(len(case.turns))],
        "source_address": place_address(library.repository, case.place),
        "edit_address": place_address(library.editing, case.place),
        "prompts": case_prompts(case, eval_.rubrics),
        "answers": view_outcomes(eval_, case, results=results),
        "history": case_history(library, eval_, case=case),
        "before": _neighbour(eval_, at - 1),
        "after": _neighbour(eval_, at + 1),
    }


def _title(case: Case) -> str:
    row = row_of(case)
    return f"{case.title} · {row}" if row else case.title


def _neighbour(eval_: Eval, at: int) -> Neighbour | None:
    if not 0 <= at < len(eval_.cases):
        return None
    case = eval_.cases[at]
    return Neighbour(case_path(case.id).removeprefix(eval_path(eval_.id)), number_of(eval_, at), _title(case))


def _anchors(case: Case) -> tuple[Anchor, ...]:
    return (
        Anchor("asked", say("case.asked" if len(case.turns) == 1 else "case.conversation")),
        *((Anchor("expected", say("sample.expected")),) if case.expect else ()),
        Anchor("checks", say("case.checks")),
        Anchor("answers", say("case.answers")),
        Anchor("history", say("history.title")),
    )
