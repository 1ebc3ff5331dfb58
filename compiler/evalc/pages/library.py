"""The page that lists all evals."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from evalc.model.catalog import SEVERITIES, Status
from evalc.pages._address import (
    LIBRARY_PATH,
    MACHINES_PATH,
    RELEASES_PATH,
    RUNS_PATH,
    category_path,
    root_of,
    vendor_path,
)
from evalc.pages._copies import CatalogCopy, CatalogEntry, ShownVerdict, as_json, list_evals
from evalc.pages._environment import render
from evalc.pages._faces import Face, face_of
from evalc.pages._head import Head, render_head
from evalc.pages._scoring import ScoringKind
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Copy, Library, Page, PageType

CARDS_SHOWN = 60
"""How many cards stand in the page itself; the others are found by its search, and on other pages of the catalog."""

VALUES_SHOWN = 60
"""How many values a filter has at most; those of most evals stay, and the search finds the others."""

_VERDICTS: tuple[ShownVerdict, ...] = ("passed", "failed", "inconclusive", "not-run")
_SCORINGS: tuple[ScoringKind, ...] = get_args(ScoringKind)
_STATUSES: tuple[Status, ...] = get_args(Status)

_BLANK = CatalogEntry(
    id="",
    path="",
    title="",
    vendor="",
    vendor_title="",
    initials="",
    hue=0,
    category="",
    agent_type="",
    metrics=(),
    tags=(),
    description="",
    version="",
    status="draft",
    fingerprint="",
    cases=0,
    severities={},
    scoring=(),
    case_titles=(),
    verdicts=(),
    is_scripted=False,
    targets=(),
)
"""What the script fills to make a card."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """A vendor or a category in a list of them."""

    path: str
    title: str
    evals: int
    face: Face | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value to filter by, as the address has it and as readers see it, and how many evals have it."""

    value: str
    label: str
    evals: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter; `rest` is how many values it leaves out. Those of which there can be many are folded."""

    name: str
    values: tuple[FacetValue, ...]
    rest: int = 0
    is_folded: bool = False

    @property
    def legend(self) -> str:
        """What is filtered by."""
        return say("facet." + self.name)


class LibraryPage(PageType):
    """The index of all evals, with search and filters, and `catalog.json`."""

    def subjects(self, library: Library) -> Sequence[str]:
        return [""]

    def path(self, subject: str) -> str:
        return LIBRARY_PATH

    def title(self, library: Library, subject: str) -> str:
        return say("site.library")

    def render(self, library: Library, subject: str) -> Page:
        entries = list_evals(library)
        title = self.title(library, subject)
        description = say("library.description", n=len(entries))
        vendors = list(_vendors(library))
        body = render(
            "library.html",
            root=root_of(LIBRARY_PATH),
            lead=_lead(entries, len(vendors)),
            entries=entries,
            limit=CARDS_SHOWN,
            blank=_BLANK,
            facets=_facets(entries),
            vendors=vendors,
            categories=list(_categories(library)),
            others=list(_others(library, has_evals=bool(entries))),
        )
        root = root_of(LIBRARY_PATH)
        head = render_head(library, Head(LIBRARY_PATH, title, description)) + render("library_head.html", root=root)
        places = (Anchor("categories", say("library.by_category")), Anchor("vendors", say("library.by_vendor")))
        return Page(
            LIBRARY_PATH, title, description, head, body, self.summary(library, subject), places if entries else ()
        )

    def summary(self, library: Library, subject: str) -> str:
        return say("library.summary", categories=", ".join(sorted(library.categories)))

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        entries = tuple(list_evals(library))
        yield Copy(f"{LIBRARY_PATH}catalog.json", as_json(CatalogCopy(evals=entries)))


def _others(library: Library, *, has_evals: bool) -> Iterator[tuple[str, str]]:
    """The pages about the catalog as a whole, each with its path, as far as there are some."""
    if library.run_ids():
        yield RUNS_PATH, say("runs.title")
    if library.releases:
        yield RELEASES_PATH, say("releases.title")
    if has_evals:
        yield MACHINES_PATH, say("machines.title")


def _lead(entries: Sequence[CatalogEntry], vendors: int) -> str:
    cases = sum(entry.cases for entry in entries)
    return say("library.lead", n=len(entries), cases=cases, vendors=say("library.vendors", n=vendors))


def _facets(entries: Sequence[CatalogEntry]) -> list[Facet]:
    """All filters with a value to choose; the few values of a fixed kind stand in their own order."""

    def count(values: Callable[[CatalogEntry], Iterable[str]]) -> Counter[str]:
        return Counter(value for entry in entries for value in values(entry))

    titles = {entry.vendor: entry.vendor_title for entry in entries}
    found = [
        _open("category", count(lambda entry: [entry.category])),
        _fixed("severity", count(lambda entry: entry.severities), SEVERITIES),
        _fixed("verdict", count(lambda entry: entry.verdicts), _VERDICTS),
        _fixed("scoring", count(lambda entry: entry.scoring), _SCORINGS, is_folded=True),
        _fixed("status", count(lambda entry: [entry.status]), _STATUSES, is_folded=True),
        _open("vendor", count(lambda entry: [entry.vendor]), titles, is_folded=True),
        _open("agent", count(lambda entry: [entry.agent_type] if entry.agent_type else []), is_folded=True),
        _open("metric", count(lambda entry: entry.metrics), is_folded=True),
        _open("tag", count(lambda entry: entry.tags), is_folded=True),
    ]
    return [facet for facet in found if facet.values]


def _fixed(name: str, counts: Counter[str], order: Iterable[str], *, is_folded: bool = False) -> Facet:
    keys = {"verdict": "outcome.", "scoring": "scored.", "status": "status."}
    key = keys.get(name)
    values = [value for value in order if counts[value]]
    found = [FacetValue(one, say(key + one) if key else one, counts[one]) for one in values]
    return Facet(name, tuple(found), is_folded=is_folded)


def _open(name: str, counts: Counter[str], titles: dict[str, str] | None = None, *, is_folded: bool = False) -> Facet:
    most = sorted(counts, key=lambda value: (-counts[value], value))[:VALUES_SHOWN]
    values = [FacetValue(value, (titles or {}).get(value, value), counts[value]) for value in most]
    values.sort(key=lambda value: value.label.casefold())
    return Facet(name, tuple(values), rest=len(counts) - len(values), is_folded=is_folded)


def _vendors(library: Library) -> Iterator[GroupView]:
    for vendor in library.catalog.vendors:
        if evals := library.evals_of(vendor.name):
            yield GroupView(vendor_path(vendor.name), vendor.title, len(evals), face_of(vendor))


def _categories(library: Library) -> Iterator[GroupView]:
    for name, evals in sorted(library.categories.items()):
        yield GroupView(category_path(name), name, len(evals))
