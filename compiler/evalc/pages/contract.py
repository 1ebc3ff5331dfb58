"""What every kind of page promises, and what pages are made from."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Literal

from markupsafe import Markup

from evalc.model.calibration import Measured
from evalc.model.catalog import Case, Catalog, Eval, Vendor
from evalc.model.flip import Release, SpecChange
from evalc.model.report import EvalReport, Report
from evalc.model.verdicts.proof import Proof

Past = Literal["whole", "cut", "none"]
"""How much is known of what specs were: all that pages show, what a clone of few commits tells, or nothing."""


@dataclass(frozen=True, eq=False)
class Library:
    """Everything that pages are made from.

    `address` is the site's own absolute address; a spec's path is appended to `repository` to read it there, and to
    `editing` to change it. Each is empty where unknown. `logos` holds vendors' pictures, each whole as a `data:`
    address. `changes` are what the newest commits did to the specs, and `releases` the newest tags, newest first;
    `past` tells how far back that is known.
    `measured` is what judges were measured at, and `proofs` what `evalc prove` found, by the ids of evals. `has_cards`
    tells that each eval has a picture of its own, for places that show links.
    """

    catalog: Catalog
    report: Report
    address: str = ""
    repository: str = ""
    editing: str = ""
    logos: Mapping[str, str] = field(default_factory=dict)
    changes: tuple[SpecChange, ...] = ()
    releases: tuple[Release, ...] = ()
    past: Past = "none"
    measured: tuple[Measured, ...] = ()
    proofs: Mapping[str, Proof] = field(default_factory=dict)
    has_cards: bool = False

    @cached_property
    def _vendors(self) -> dict[str, Vendor]:
        return {vendor.name: vendor for vendor in self.catalog.vendors}

    @cached_property
    def _evals(self) -> dict[str, Eval]:
        return {eval_.id: eval_ for eval_ in self.catalog.evals}

    @cached_property
    def _cases(self) -> dict[str, tuple[Eval, int]]:
        return {case.id: (eval_, at) for eval_ in self.catalog.evals for at, case in enumerate(eval_.cases)}

    @cached_property
    def _by_vendor(self) -> dict[str, tuple[Eval, ...]]:
        found: dict[str, list[Eval]] = {}
        for eval_ in self.catalog.evals:
            found.setdefault(eval_.vendor, []).append(eval_)
        return {name: tuple(evals) for name, evals in found.items()}

    @cached_property
    def _reports(self) -> dict[str, tuple[EvalReport, ...]]:
        found: dict[str, list[EvalReport]] = {}
        for report in self.report.evals:
            found.setdefault(report.eval_id, []).append(report)
        return {id_: tuple(reports) for id_, reports in found.items()}

    @cached_property
    def _runs(self) -> dict[str, tuple[EvalReport, ...]]:
        found: dict[str, list[EvalReport]] = {}
        for report in self.report.evals:
            found.setdefault(report.run_id, []).append(report)
        return {id_: tuple(reports) for id_, reports in found.items()}

    @cached_property
    def _heirs(self) -> dict[str, Eval]:
        return {id_: eval_ for eval_ in self.catalog.evals for id_ in (*eval_.formerly, eval_.id)}

    @cached_property
    def _measured(self) -> dict[str, tuple[Measured, ...]]:
        found: dict[str, list[Measured]] = {}
        for line in self.measured:
            found.setdefault(line.rubric.rpartition("/")[0], []).append(line)
        return {id_: tuple(lines) for id_, lines in found.items()}

    @cached_property
    def categories(self) -> dict[str, tuple[Eval, ...]]:
        """The evals of each category in the catalog's order."""
        found: dict[str, list[Eval]] = {}
        for eval_ in self.catalog.evals:
            found.setdefault(eval_.category, []).append(eval_)
        return {name: tuple(evals) for name, evals in found.items()}

    def vendor(self, name: str) -> Vendor:
        """The vendor of this name."""
        return self._vendors[name]

    def find_eval(self, id_: str) -> Eval | None:
        """The eval of this id, or None."""
        return self._evals.get(id_)

    def eval(self, id_: str) -> Eval:
        """The eval of this id, which is there."""
        return self._evals[id_]

    def evals_of(self, vendor: str) -> tuple[Eval, ...]:
        """The evals of a vendor in the catalog's order."""
        return self._by_vendor.get(vendor, ())

    def measured_of(self, eval_id: str) -> tuple[Measured, ...]:
        """What judges were measured at on what an eval has judged."""
        return self._measured.get(eval_id, ())

    def case(self, id_: str) -> tuple[Eval, int]:
        """The eval that has the case of this id, and the case's place among its cases, from 0."""
        return self._cases[id_]

    def find_case(self, id_: str) -> Case | None:
        """The case of this id, or None."""
        found = self._cases.get(id_)
        return found[0].cases[found[1]] if found else None

    def reports_of(self, eval_id: str) -> tuple[EvalReport, ...]:
        """All reports of an eval under the ids that it has and had, newest run first."""
        found = self._reports.get(eval_id, ())
        eval_ = self.find_eval(eval_id)
        earlier = [report for id_ in (eval_.formerly if eval_ else ()) for report in self._reports.get(id_, ())]
        if not earlier:
            return found
        return tuple(sorted((*found, *earlier), key=lambda report: (report.started_at, report.run_id), reverse=True))

    def eval_of(self, report: EvalReport) -> Eval | None:
        """The eval that a report is about, under the id that it has now, or None where the catalog has it no more."""
        return self._heirs.get(report.eval_id)

    def run_ids(self) -> tuple[str, ...]:
        """The ids of all runs, newest first."""
        return tuple(self._runs)

    def run(self, run_id: str) -> tuple[EvalReport, ...]:
        """The reports of a run, by eval and then by target."""
        return self._runs[run_id]

    def before(self, report: EvalReport) -> EvalReport | None:
        """The report of the same target in the run before, or None where there is none."""
        eval_ = self.eval_of(report)
        same = [each for each in self.reports_of(eval_.id if eval_ else "") if each.target.name == report.target.name]
        at = next((at for at, each in enumerate(same) if each is report), len(same))
        return same[at + 1] if at + 1 < len(same) else None

    def latest_of(self, eval_id: str) -> tuple[EvalReport, ...]:
        """The newest report of each target that an eval was asked of, in order of the targets' names."""
        latest: dict[str, EvalReport] = {}
        for report in self.reports_of(eval_id):
            latest.setdefault(report.target.name, report)
        return tuple(latest[name] for name in sorted(latest))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A part of a page that its table of contents names."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page.

    `path` is its folder below the site's root, with `/` at the end. `title`, `description` and `summary` are plain
    text; the last is what a search may find, and empty for a page that it should not lead to. `head` and `body` are
    HTML. `anchors` are the parts that a table of
    contents names, `places` all other ids that a link may lead to.
    """

    path: str
    title: str
    description: str
    head: Markup
    body: Markup
    summary: str
    anchors: tuple[Anchor, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file beside the pages, for machines or for reading whole: its path below the site's root, and its text."""

    path: str
    text: str


class PageType(ABC):
    """A kind of page: it has one page for each of its subjects. Equal libraries give equal pages."""

    is_listed: ClassVar[bool] = True
    """Whether search engines are told of pages of this kind."""

    @abstractmethod
    def subjects(self, library: Library) -> Sequence[str]:
        """The ids of what there is a page about, in order."""

    @abstractmethod
    def path(self, subject: str) -> str:
        """Where a page lies below the site's root, with `/` at the end."""

    @abstractmethod
    def title(self, library: Library, subject: str) -> str:
        """A page's title as plain text, before the page is made."""

    def summary(self, library: Library, subject: str) -> str:
        """What a search may find of a page, before it is made: plain text, empty where it should not lead there."""
        return ""

    @abstractmethod
    def render(self, library: Library, subject: str) -> Page:
        """The finished page."""

    def copies(self, library: Library, subject: str) -> Iterator[Copy]:
        """The files beside a page, one at a time, for they can be large."""
        return iter(())
