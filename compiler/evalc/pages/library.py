"""The page that lists all evals."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.model.catalog import SEVERITIES
from evalc.pages._address import LIBRARY_PATH, root_of, vendor_path
from evalc.pages._copies import CatalogCopy, CatalogEntry, ShownVerdict, as_json, list_eval
from evalc.pages._environment import render
from evalc.pages._faces import Face, face_of
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Copy, Library, Page, PageType

CARDS_SHOWN = 240
"""How many cards stand in the page itself; the others are found by its search, and on their vendors' pages."""

_VERDICTS: tuple[ShownVerdict, ...] = ("passed", "failed", "inconclusive", "not-run")

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
    case_titles=(),
    verdicts=(),
    is_scripted=False,
    targets=(),
)
"""What the script fills to make a card."""


@dataclass(frozen=True, slots=True)
class VendorView:
    """A vendor in the list of vendors."""

    path: str
    title: str
    face: Face
    evals: int


class LibraryPage(PageType):
    """The index of all evals, with search and filters, and `catalog.json`."""

    def subjects(self, library: Library) -> Sequence[str]:
        return [""]

    def path(self, subject: str) -> str:
        return LIBRARY_PATH

    def title(self, library: Library, subject: str) -> str:
        return say("site.library")

    def render(self, library: Library, subject: str) -> Page:
        entries = [list_eval(library, eval_) for eval_ in library.catalog.evals]
        title = self.title(library, subject)
        description = say("library.description", n=len(entries))
        address = library.address and library.address.rstrip("/") + "/" + LIBRARY_PATH
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
        )
        head = render("head.html", kind="website", title=title, description=description, address=address, linked={})
        categories = ", ".join(sorted({entry.category for entry in entries}))
        summary = say("library.summary", categories=categories)
        anchors = (Anchor("vendors", say("library.by_vendor")),) if entries else ()
        return Page(LIBRARY_PATH, title, description, head, body, summary, anchors)

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        entries = tuple(list_eval(library, eval_) for eval_ in library.catalog.evals)
        yield Copy(f"{LIBRARY_PATH}catalog.json", as_json(CatalogCopy(evals=entries)))


def _lead(entries: Sequence[CatalogEntry], vendors: int) -> str:
    cases = sum(entry.cases for entry in entries)
    return say("library.lead", n=len(entries), cases=cases, vendors=say("library.vendors", n=vendors))


def _facets(entries: Sequence[CatalogEntry]) -> list[tuple[str, str, Sequence[tuple[str, str, int]]]]:
    """Name, legend and values of each filter; a value has its label and how many evals have it."""
    categories = Counter(entry.category for entry in entries)
    severities = Counter(severity for entry in entries for severity in entry.severities)
    verdicts = Counter(verdict for entry in entries for verdict in entry.verdicts)
    by_category = [(name, name, count) for name, count in sorted(categories.items())]
    by_severity = [(name, name, severities[name]) for name in SEVERITIES if severities[name]]
    by_verdict = [(name, say(f"outcome.{name}"), verdicts[name]) for name in _VERDICTS if verdicts[name]]
    return [
        ("category", say("library.category"), by_category),
        ("severity", say("library.severity"), by_severity),
        ("verdict", say("library.verdict"), by_verdict),
    ]


def _vendors(library: Library) -> Iterator[VendorView]:
    for vendor in library.catalog.vendors:
        if evals := library.evals_of(vendor.name):
            yield VendorView(vendor_path(vendor.name), vendor.title, face_of(vendor), len(evals))
