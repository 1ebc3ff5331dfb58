"""The page of one eval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Eval, Rubric, Vendor
from evalc.pages._address import comparison_path, eval_path, find_related, place_address, root_of, web_address
from evalc.pages._badges import badge_files
from evalc.pages._card import card_of
from evalc.pages._changelog import changelog_of
from evalc.pages._comparisons import is_compared
from evalc.pages._copies import EvalCopy, as_json
from evalc.pages._dataset import as_dataset
from evalc.pages._environment import render
from evalc.pages._faces import face_of
from evalc.pages._head import Head, address_of, render_head
from evalc.pages._history import eval_histories
from evalc.pages._packed import EvalHead
from evalc.pages._prompts import criterion_prompts
from evalc.pages._proven import calibrations, corrected_rates, has_judged, judged_rates, measured_judges, proven_checks
from evalc.pages._results import (
    Results,
    count_by_severity,
    count_by_tag,
    count_by_verb,
    passed_by_all,
    results_of,
)
from evalc.pages._rows import CaseRow, list_cases
from evalc.pages._scores import count_scores
from evalc.pages._scoring import all_checks, grading_sentences, in_symbols, rubric_of, scale_words, scoring_line
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Copy, Library, Page, PageType


@dataclass(frozen=True, slots=True)
class RubricView:
    """A rubric with its scale and its rule in words."""

    value: Rubric
    scale: str
    rule: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another eval to read next."""

    path: str
    title: str
    vendor: str
    cases: int


class EvalPage(PageType):
    """Everything about one eval: the parts of a catalog page, its results, and every case whole."""

    def owner(self, subject: str) -> str:
        return subject

    def subjects(self, library: Library) -> Sequence[str]:
        return [head.id for head in library.heads]

    def path(self, subject: str) -> str:
        return eval_path(subject)

    def title(self, library: Library, subject: str) -> str:
        eval_ = library.eval(subject)
        return say("page.title", title=eval_.title, vendor=library.vendor(eval_.vendor).title)

    def render(self, library: Library, subject: str) -> Page:
        eval_ = library.eval(subject)
        vendor = library.vendor(eval_.vendor)
        path = self.path(subject)
        title = self.title(library, subject)
        description = describe(eval_)
        results = results_of(library, subject)
        cases = list_cases(eval_, results)
        card = card_of(library, eval_) if library.has_cards else None
        return Page(
            path=path,
            title=title,
            description=description,
            head=render_head(
                library,
                Head(
                    path,
                    title,
                    description,
                    is_article=True,
                    linked=as_dataset(eval_, vendor, address=address_of(library, path), description=description),
                    picture=card.path if card else "",
                ),
            ),
            body=render("eval.html", **_values(library, eval_, results, cases)),
            summary=self.summary(library, subject),
            anchors=_anchors(vendor, has_history=bool(eval_histories(library, eval_))),
            places=tuple(view.anchor for view in cases),
        )

    def summary(self, library: Library, subject: str) -> str:
        eval_ = library.eval(subject)
        vendor = library.vendor(eval_.vendor)
        found = (vendor.title, vendor.product, eval_.category, eval_.agent_type, *eval_.metrics, *eval_.tags)
        return " · ".join(dict.fromkeys(part for part in (*found, describe(eval_)) if part))

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        eval_ = library.eval(subject)
        copy = EvalCopy(
            vendor=library.vendor(eval_.vendor),
            eval=eval_,
            reports=library.latest_of(subject),
            calibrations=calibrations(library, eval_),
            corrected=judged_rates(library, eval_),
            proof=library.proofs.get(subject),
        )
        yield Copy(self.path(subject) + "eval.json", as_json(copy))
        yield from badge_files(eval_, results_of(library, subject))


def describe(eval_: Eval) -> str:
    """An eval in a sentence or two: its own description, or what can be said of any."""
    return eval_.description or eval_.about or say("page.default_description", n=len(eval_.cases))


def _values(library: Library, eval_: Eval, results: Results, cases: Sequence[CaseRow]) -> dict[str, object]:
    vendor = library.vendor(eval_.vendor)
    return {
        "root": root_of(eval_path(eval_.id)),
        "eval": eval_,
        "vendor": vendor,
        "face": face_of(vendor),
        "logo": library.logos.get(vendor.name, ""),
        "website": web_address(vendor.website),
        "description": describe(eval_),
        "results": results,
        "scores": count_scores(eval_, results),
        "past": library.past,
        "changelog": changelog_of(library, eval_),
        "histories": eval_histories(library, eval_),
        "comparison": comparison_path(eval_.id) if is_compared(library, eval_.id) else "",
        "cases": cases,
        "critical": sum(case.severity == "critical" for case in eval_.cases),
        "critical_passed": passed_by_all(eval_, results),
        "scoring_line": scoring_line(eval_),
        "grading": grading_sentences(eval_),
        "has_judged": has_judged(eval_),
        "measured_judges": measured_judges(library, eval_, results=results),
        "corrected_rates": corrected_rates(library, eval_),
        "proven": proven_checks(library, eval_),
        "rubrics": [RubricView(rubric, scale_words(rubric), in_symbols(rubric.rule.words)) for rubric in eval_.rubrics],
        "claims": _count_claims(eval_),
        "prompts": criterion_prompts(eval_),
        "recommended_for": eval_.recommended_for or _usual_readers(vendor),
        "works_with": eval_.works_with or (say("works.any"),),
        "related": _related(library, eval_),
        "commands": _commands(eval_),
        "spec_address": place_address(library.repository, eval_.place),
        "by_severity": count_by_severity(eval_, results),
        "by_tag": count_by_tag(eval_, results),
        "by_verb": count_by_verb(eval_, results),
    }


def _count_claims(eval_: Eval) -> int:
    checks = [check for case in eval_.cases for check in all_checks(case)]
    return sum(check.is_judged and rubric_of(check, eval_) is None for check in checks)


def _usual_readers(vendor: Vendor) -> tuple[str, ...]:
    customers = say("recommended.customers", vendor=vendor.title)
    return (vendor.product, customers) if vendor.product else (customers,)


def _related(library: Library, eval_: Eval) -> list[RelatedView]:
    named = [library.find_head(find_related(name, eval_.vendor)) for name in eval_.related]
    # Where an author names none, evals of the same vendor are next, then those of the same category.
    near = [other for other in library.evals_of(eval_.vendor) if other.id != eval_.id]
    found = [other for other in named if other] or near or _same_category(library, eval_)
    return [
        RelatedView(eval_path(other.id), other.title, library.vendor(other.vendor).title, len(other.case_ids))
        for other in found[:6]
    ]


def _same_category(library: Library, eval_: Eval) -> list[EvalHead]:
    return [other for other in library.categories[eval_.category] if other.id != eval_.id][:3]


def _commands(eval_: Eval) -> list[tuple[str, str]]:
    judge = " --judge NAME" if any(check.is_judged for case in eval_.cases for check in all_checks(case)) else ""
    found = [
        (say("run.install"), "pip install 'evalc[run]'"),
        (say("run.all"), f"evalc run {eval_.id} --target NAME{judge}"),
    ]
    if eval_.cases:
        found.append((say("run.one"), f"evalc run {eval_.cases[0].id} --target NAME{judge}"))
    return found


def _anchors(vendor: Vendor, *, has_history: bool) -> tuple[Anchor, ...]:
    titles = {
        "about": say("about.title", vendor=vendor.title),
        "tests": say("sample.title"),
        "grading": say("grading.title"),
        "criteria": say("rubric.title"),
        "recommended": say("recommended.title"),
        "works-with": say("works.title"),
        "related": say("related.title"),
        "run": say("run.title"),
        "results": say("results.title"),
        "cases": say("cases.title"),
        **({"history": say("history.title")} if has_history else {}),
        "coverage": say("coverage.title"),
        "version": say("version.title"),
    }
    return tuple(Anchor(id_, title) for id_, title in titles.items())
