"""Catalogs and reports of any size in little memory, and what has to be known of them without reading them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from evalc.base.digest import Content, digest
from evalc.base.memory.packed import Packed, pack
from evalc.model.catalog import Case, Catalog, Eval, Vendor, all_checks
from evalc.model.report import EvalReport, Report


@dataclass(frozen=True, slots=True)
class EvalHead:
    """What other pages need of an eval: `spec` is its file, and `moved` are pairs of a case's former id and its id.

    `shown_by_runs` is a digest of what the pages of runs show of it.
    """

    id: str
    title: str
    vendor: str
    category: str
    spec: str
    formerly: tuple[str, ...]
    case_ids: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    related: tuple[str, ...]
    shown_by_runs: str


class ReportKey(NamedTuple):
    """Which run a report is of, which eval, and which target."""

    started_at: str
    run_id: str
    eval_id: str
    target: str


@dataclass(frozen=True, slots=True)
class PackedCatalog:
    """A catalog whose evals are read when they are asked for; `heads` has one for each of them."""

    vendors: tuple[Vendor, ...]
    evals: Packed[Eval]
    heads: tuple[EvalHead, ...]

    @classmethod
    def of(cls, vendors: Iterable[Vendor], packed: Iterable[tuple[EvalHead, bytes]]) -> "PackedCatalog":
        """The catalog of these vendors and packed evals, ordered by id."""
        ordered = sorted(packed, key=lambda each: each[0].id)
        evals = Packed((content for _, content in ordered), Eval.model_validate_json)
        return cls(tuple(sorted(vendors, key=lambda vendor: vendor.name)), evals, tuple(head for head, _ in ordered))

    def packed(self) -> Iterator[tuple[EvalHead, bytes]]:
        """Each head with its eval as it is kept."""
        return zip(self.heads, self.evals.packed, strict=True)


@dataclass(frozen=True, slots=True)
class PackedReport:
    """A report that is read piece by piece; `keys` has one for each piece."""

    evals: Packed[EvalReport]
    keys: tuple[ReportKey, ...]


def pack_eval(eval_: Eval) -> tuple[EvalHead, bytes]:
    """An eval for a packed catalog."""
    return head_of(eval_), pack(eval_.model_dump_json().encode())


def head_of(eval_: Eval) -> EvalHead:
    """What other pages need of an eval."""
    return EvalHead(
        id=eval_.id,
        title=eval_.title,
        vendor=eval_.vendor,
        category=eval_.category,
        spec=eval_.place.path,
        formerly=eval_.formerly,
        case_ids=tuple(case.id for case in eval_.cases),
        moved=tuple((before, case.id) for case in eval_.cases for before in case.formerly),
        related=eval_.related,
        shown_by_runs=digest([eval_.id, eval_.title, eval_.formerly, *map(_shown_by_runs, eval_.cases)]),
    )


def _shown_by_runs(case: Case) -> Content:
    is_judged = any(check.is_judged for check in all_checks(case))
    return [case.id, case.title, case.severity, case.cluster, case.formerly, is_judged]


def key_of(report: EvalReport) -> ReportKey:
    """What tells a report from others."""
    return ReportKey(report.started_at, report.run_id, report.eval_id, report.target.name)


def heads_of(catalog: Catalog | PackedCatalog) -> Sequence[EvalHead]:
    """The heads of all evals of a catalog, in its order."""
    return catalog.heads if isinstance(catalog, PackedCatalog) else [head_of(eval_) for eval_ in catalog.evals]


def keys_of(report: Report | PackedReport) -> Sequence[ReportKey]:
    """The keys of all that a report says, in its order."""
    return report.keys if isinstance(report, PackedReport) else [key_of(each) for each in report.evals]
