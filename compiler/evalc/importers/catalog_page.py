"""Specs from pages of the public eval catalog."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evalc.analysis.loader import Loader
from evalc.importers._drafts import (
    CaseDraft,
    CheckDraft,
    EvalDraft,
    VendorDraft,
    is_readable,
    names_for,
    one_line,
    quoted,
    short_title,
    write_draft,
)
from evalc.importers.contract import Imported, Importer, ImportProblem
from evalc.syntax.slips.names import as_name

_LIMIT = 4 * 1024 * 1024
_PRODUCT = re.compile(r"(?P<product>.+) · (?P<vendor>.+)")
_SHOWING = re.compile(r"Sample tests\s*·\s*showing (\d+) of (\d+)")
_CHECK = re.compile(r"(?P<kind>Pass / Fail|Score .*?≥ \d)?(?P<rest>.*?)(?P<severity>critical|high|medium|low)")
_NEGATIVE = "neg. control"
_CUT = "…"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(])")
_CELL_END = re.compile(r"(?<!\\)\|")
_FACTS = {"Employees": "employees", "Industry": "industry", "Headquarters": "headquarters", "Website": "website"}
_SECTIONS = ("How this eval is graded", "Rubric criteria", "Recommended for", "Works with", "Related evals")
_END = "Run this eval in your workspace"


@dataclass(frozen=True, slots=True)
class _Page:
    """The lines of a page by the heading above them; those above the first heading have an empty one."""

    sections: dict[str, list[str]]

    def lines(self, heading: str) -> list[str]:
        return self.sections.get(heading, [])

    def heading(self, beginning: str) -> str:
        return next((heading for heading in self.sections if heading.startswith(beginning)), "")


class CatalogPage(Importer):
    """The text of a page of the public eval catalog, as it is copied from a browser.

    The sample tests become cases. Each sentence of what is expected becomes a claim for a judge: a beginning, from
    which checks by code, anchors of a rubric, and examples are written by hand.
    """

    def read(self, path: str, loader: Loader, *, vendor: str) -> Imported:
        page = _divide(loader.read_text(path, limit=_LIMIT))
        shown = _SHOWING.match(page.heading("Sample tests"))
        head = page.lines("")
        at = next((at for at, line in enumerate(head) if _PRODUCT.fullmatch(line)), 0)
        if not shown or not at:
            raise ImportProblem(
                f"{path} is no page of the catalog: it has no title above a line like `Product · Vendor`, "
                "or no heading `Sample tests · showing 3 of 9`"
            )
        product = _PRODUCT.fullmatch(head[at])
        assert product, "it was found by this pattern"
        name = as_name(product["vendor"]) if vendor == "imported" else vendor
        draft = EvalDraft(
            vendor=_vendor(page, name, product, segment=_segment(head[at + 1 :], product["vendor"])),
            title=head[at - 1],
            origin=posixpath.basename(path),
            cases=tuple(_cases(_rows(page.lines(page.heading("Sample tests"))))),
            category=_category(head[: at - 1]),
            fields=tuple(_eval_fields(page, head[at + 1 :], product["vendor"])),
            lost=tuple(_unbound(page)),
        )
        remarks = [f"not imported: {sentence}" for sentence in draft.lost]
        remarks += [f"not imported, in case {case.name}: {sentence}" for case in draft.cases for sentence in case.lost]
        if shown[1] != shown[2]:
            remarks.append(f"the page shows {shown[1]} of {shown[2]} tests; the others are not in it")
        return Imported(write_draft(draft), len(draft.cases), tuple(map(one_line, remarks)))


def _divide(text: str) -> _Page:
    sections: dict[str, list[str]] = {"": []}
    current = sections[""]
    for line in filter(None, map(str.strip, text.splitlines())):
        line = line.lstrip("#").strip() if line.startswith("#") else line
        if line.startswith(_END):
            break
        if line in _SECTIONS or _SHOWING.match(line) or (line.startswith("About ") and len(sections) == 1):
            current = sections.setdefault(line, [])
        else:
            current.append(line.removeprefix("- "))
    return _Page(sections)


def _vendor(page: _Page, name: str, product: re.Match[str], *, segment: str) -> VendorDraft:
    lines = page.lines(page.heading("About "))
    facts = [(_FACTS[line], value) for line, value in pairwise(lines) if line in _FACTS]
    about = lines[: next((at for at, line in enumerate(lines) if line in _FACTS), len(lines))]
    fields = [("product", product["product"]), *([("segment", segment)] if segment else []), *facts]
    return VendorDraft(name, product["vendor"], tuple(fields), "\n".join(about))


def _segment(below: Sequence[str], vendor: str) -> str:
    found = (line.removesuffix(f" — {vendor}") for line in below if line.endswith(f" — {vendor}"))
    return next(found, "")


def _category(above: Sequence[str]) -> str:
    """The first chip behind the line `For Vendor`."""
    at = next((at for at, line in enumerate(above) if line.startswith("For ")), None)
    chips = above[at + 1 :] if at is not None else ()
    return chips[0] if chips else "Imported"


def _eval_fields(page: _Page, below: Sequence[str], vendor: str) -> Iterator[tuple[str, str]]:
    if description := next((line for line in below if not line.endswith(f" — {vendor}")), ""):
        yield "description", description
    for heading, field in (("Recommended for", "recommended-for"), ("Works with", "works-with")):
        if lines := page.lines(heading):
            yield field, ", ".join(line.replace(",", "") for line in lines)


def _unbound(page: _Page) -> Iterator[str]:
    """What a page says about grading, which without anchors is no rubric."""
    if rule := " ".join(page.lines("How this eval is graded")):
        yield f"how it is graded, since that takes a rubric with anchors: {rule}"
    if criteria := page.lines("Rubric criteria"):
        yield f"criteria of the rubric, which have no anchors: {', '.join(criteria)}"
    if related := page.lines("Related evals"):
        yield f"related evals: {', '.join(related)}"


def _rows(lines: Sequence[str]) -> Iterator[list[str]]:
    for line in lines:
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL_END.split(line.strip("|"))]
        if len(cells) >= 4 and cells[0].isdecimal():
            yield cells


def _cases(rows: Iterator[list[str]]) -> Iterator[CaseDraft]:
    found = list(rows)
    titles = [short_title(cells[1]) for cells in found]
    for name, title, cells in zip(names_for(titles), titles, found, strict=True):
        _, asked, expected, check = cells[:4]
        severity = _CHECK.match(check)
        claims = [f"must satisfy {quoted(sentence)}" for sentence in _SENTENCE_END.split(expected) if sentence]
        lost = [
            f"the rest of a text that the page cuts: {text[-20:]}" for text in (asked, expected) if _CUT in text[-2:]
        ]
        yield CaseDraft(
            name=name,
            title=title,
            texts=(("input", asked), ("expect", expected)),
            checks=tuple(CheckDraft(claim) for claim in claims if is_readable(claim)),
            lost=(*lost, f"the check's badge: {check}") if not severity else tuple(lost),
            severity=severity["severity"] if severity else "",
            is_negative_control=_NEGATIVE in check,
        )
