"""Copies of pages for machines."""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from evalc.model.calibration import Calibration, JudgedRate
from evalc.model.catalog import SEVERITIES, Eval, Severity, Status, Vendor
from evalc.model.report import EvalReport, GateVerdict, Interval
from evalc.model.stored import Stored
from evalc.model.verdicts.proof import Proof
from evalc.pages._address import eval_path
from evalc.pages._faces import face_of
from evalc.pages._packed import EvalHead
from evalc.pages._scoring import ScoringKind, scoring_kinds
from evalc.pages.contract import Library

ShownVerdict = Literal["passed", "failed", "inconclusive", "not-run"]


class TargetEntry(Stored):
    """The latest run of one target: its verdict and, where anything was decided, its rate with the interval."""

    name: str
    model: str
    is_scripted: bool
    verdict: GateVerdict
    rate: float | None
    interval: Interval | None
    passed: int
    decided: int
    started_at: str


class CatalogEntry(Stored):
    """One eval in a list. `path` starts at the site's root; `verdicts` holds those of all targets, each once."""

    id: str
    path: str
    title: str
    vendor: str
    vendor_title: str
    initials: str
    hue: int
    category: str
    agent_type: str
    metrics: tuple[str, ...]
    tags: tuple[str, ...]
    description: str
    version: str
    status: Status
    fingerprint: str
    cases: int
    severities: dict[Severity, int]
    scoring: tuple[ScoringKind, ...]
    case_titles: tuple[str, ...]
    verdicts: tuple[ShownVerdict, ...]
    is_scripted: bool
    targets: tuple[TargetEntry, ...]


class CatalogCopy(Stored):
    """`catalog.json`: all evals with their counts and latest verdicts."""

    format: Literal["evalc-catalog"] = "evalc-catalog"
    format_version: int = 1
    evals: tuple[CatalogEntry, ...]


EVAL_COPY_VERSION = 2
"""Version of `eval.json`.

1: the eval and its reports. 2: `calibrations`, `corrected` and `proof`, which tell how far to believe the verdicts.
"""


class EvalCopy(Stored):
    """`eval.json`: an eval with its vendor, the latest report of each target, and how far its verdicts can be believed.

    `calibrations` are how each judge was measured on what this eval has judged, `corrected` the latest rates without
    what the judge gets wrong, and `proof` what bad answers made of the checks, null where nobody proved them.
    """

    format: Literal["evalc-eval"] = "evalc-eval"
    format_version: int = EVAL_COPY_VERSION
    vendor: Vendor
    eval: Eval
    reports: tuple[EvalReport, ...]
    calibrations: tuple[Calibration, ...] = ()
    corrected: tuple[JudgedRate, ...] = ()
    proof: Proof | None = None


def list_evals(library: Library, heads: Sequence[EvalHead] | None = None) -> list[CatalogEntry]:
    """These evals as lists show them, or all of the catalog; each is looked at once, however many lists it is in."""
    kept = _entries(library)
    chosen = library.heads if heads is None else heads
    for head in chosen:
        if head.id not in kept:
            kept[head.id] = list_eval(library, library.eval(head.id))
    return [kept[head.id] for head in chosen]


@lru_cache(maxsize=2)
def _entries(library: Library) -> dict[str, CatalogEntry]:
    return {}


def list_eval(library: Library, eval_: Eval) -> CatalogEntry:
    """One eval as lists show it."""
    vendor = library.vendor(eval_.vendor)
    latest = library.latest_of(eval_.id)
    face = face_of(vendor)
    counts = {severity: sum(case.severity == severity for case in eval_.cases) for severity in SEVERITIES}
    return CatalogEntry(
        id=eval_.id,
        path=eval_path(eval_.id),
        title=eval_.title,
        vendor=vendor.name,
        vendor_title=vendor.title,
        initials=face.initials,
        hue=face.hue,
        category=eval_.category,
        agent_type=eval_.agent_type,
        metrics=eval_.metrics,
        tags=tuple(dict.fromkeys((*eval_.tags, *(tag for case in eval_.cases for tag in case.tags)))),
        description=eval_.description or eval_.about,
        version=eval_.version,
        status=eval_.status,
        fingerprint=eval_.fingerprint,
        cases=len(eval_.cases),
        severities={severity: count for severity, count in counts.items() if count},
        scoring=scoring_kinds(eval_),
        case_titles=tuple(case.title for case in eval_.cases),
        verdicts=_verdicts(latest),
        is_scripted=any(report.target.is_scripted for report in latest),
        targets=tuple(_list_target(report) for report in latest),
    )


def as_json(copy: Stored) -> str:
    """A copy as one line of JSON in ASCII, in which even text that has no UTF-8 can stand."""
    return json.dumps(copy.model_dump(mode="json"), separators=(",", ":"), allow_nan=False) + "\n"


def _verdicts(reports: Sequence[EvalReport]) -> tuple[ShownVerdict, ...]:
    found: set[ShownVerdict] = {report.gate.verdict for report in reports} or {"not-run"}
    order: tuple[ShownVerdict, ...] = ("passed", "failed", "inconclusive", "not-run")
    return tuple(verdict for verdict in order if verdict in found)


def _list_target(report: EvalReport) -> TargetEntry:
    return TargetEntry(
        name=report.target.name,
        model=report.target.model,
        is_scripted=report.target.is_scripted,
        verdict=report.gate.verdict,
        rate=report.tally.rate,
        interval=report.interval,
        passed=report.tally.passed,
        decided=report.tally.decided,
        started_at=report.started_at,
    )
