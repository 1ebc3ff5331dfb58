"""Everything that pages are made from, and where it is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeVar

from evalc.model.calibration import Measured
from evalc.model.catalog import Case, Catalog, Eval, Vendor
from evalc.model.flip import Release, SpecChange
from evalc.model.report import EvalReport, Report
from evalc.model.verdicts.proof import Proof
from evalc.pages._packed import EvalHead, PackedCatalog, PackedReport, ReportKey, heads_of, key_of, keys_of

Key = TypeVar("Key")
Value = TypeVar("Value")


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

    A catalog and its report can be larger than the memory. So pages ask for evals and reports one after the other, and
    for what they need of all others by their heads and keys.
    """

    catalog: Catalog | PackedCatalog
    report: Report | PackedReport
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
    def heads(self) -> Sequence[EvalHead]:
        """What pages need of evals that they are not about, in the catalog's order."""
        return heads_of(self.catalog)

    @cached_property
    def keys(self) -> Sequence[ReportKey]:
        """What tells its reports apart, newest run first."""
        return keys_of(self.report)

    @cached_property
    def _vendors(self) -> dict[str, Vendor]:
        return {vendor.name: vendor for vendor in self.catalog.vendors}

    @cached_property
    def _evals(self) -> dict[str, int]:
        return {head.id: at for at, head in enumerate(self.heads)}

    @cached_property
    def _cases(self) -> dict[str, tuple[int, int]]:
        return {id_: (of, at) for of, head in enumerate(self.heads) for at, id_ in enumerate(head.case_ids)}

    @cached_property
    def _by_vendor(self) -> dict[str, tuple[EvalHead, ...]]:
        return _group((head.vendor, head) for head in self.heads)

    @cached_property
    def _reports(self) -> dict[str, tuple[int, ...]]:
        return _group((key.eval_id, at) for at, key in enumerate(self.keys))

    @cached_property
    def _measured(self) -> dict[str, tuple[Measured, ...]]:
        return _group((line.rubric.rpartition("/")[0], line) for line in self.measured)

    @cached_property
    def categories(self) -> dict[str, tuple[EvalHead, ...]]:
        """The evals of each category in the catalog's order."""
        return _group((head.category, head) for head in self.heads)

    def vendor(self, name: str) -> Vendor:
        """The vendor of this name."""
        return self._vendors[name]

    def find_head(self, id_: str) -> EvalHead | None:
        """What other pages need of the eval of this id, or None where there is no such eval."""
        at = self._evals.get(id_)
        return None if at is None else self.heads[at]

    def eval(self, id_: str) -> Eval:
        """The eval of this id, which is there."""
        return self.catalog.evals[self._evals[id_]]

    def evals_of(self, vendor: str) -> tuple[EvalHead, ...]:
        """The evals of a vendor in the catalog's order."""
        return self._by_vendor.get(vendor, ())

    def measured_of(self, eval_id: str) -> tuple[Measured, ...]:
        """What judges were measured at on what an eval has judged."""
        return self._measured.get(eval_id, ())

    def case(self, id_: str) -> tuple[Eval, int]:
        """The eval that has the case of this id, and the case's place among its cases, from 0."""
        of, at = self._cases[id_]
        return self.catalog.evals[of], at

    def find_case(self, id_: str) -> Case | None:
        """The case of this id, or None."""
        if id_ not in self._cases:
            return None
        eval_, at = self.case(id_)
        return eval_.cases[at]

    def reports_of(self, eval_id: str) -> tuple[EvalReport, ...]:
        """All reports of an eval under the ids that it has and had, newest run first."""
        return tuple(self.report.evals[at] for at in self.places_of(eval_id))

    def latest_of(self, eval_id: str) -> tuple[EvalReport, ...]:
        """The newest report of each target that an eval was asked of, in order of the targets' names."""
        latest: dict[str, int] = {}
        for at in self.places_of(eval_id):
            latest.setdefault(self.keys[at].target, at)
        return tuple(self.report.evals[latest[name]] for name in sorted(latest))

    def before(self, report: EvalReport) -> EvalReport | None:
        """The report of the same target in the run before, or None where there is none."""
        own = key_of(report)
        places = self.places_of(self._heirs.get(report.eval_id, ""))
        same = [at for at in places if self.keys[at].target == own.target]
        place = next((place for place, at in enumerate(same) if self.keys[at] == own), len(same))
        return self.report.evals[same[place + 1]] if place + 1 < len(same) else None

    def was_asked_twice(self, eval_id: str) -> bool:
        """Whether some target was asked an eval in more than one run."""
        targets = [self.keys[at].target for at in self.places_of(eval_id)]
        return len(targets) > len(set(targets))

    def run_ids(self) -> tuple[str, ...]:
        """The ids of all runs, newest first."""
        return tuple(dict.fromkeys(key.run_id for key in self.keys))

    def started_at(self, run_id: str) -> str:
        """When a run began."""
        return next(key.started_at for key in self.keys if key.run_id == run_id)

    def gone_evals(self) -> tuple[str, ...]:
        """The ids that reports speak of and that no eval has or had, in order."""
        return tuple(sorted(id_ for id_ in self._reports if id_ not in self._heirs))

    @cached_property
    def _heirs(self) -> dict[str, str]:
        return {id_: head.id for head in self.heads for id_ in (*head.formerly, head.id)}

    def place_of(self, id_: str) -> int:
        """Where the eval of an id stands in the catalog."""
        return self._evals[id_]

    def places_of(self, eval_id: str) -> Sequence[int]:
        """Where the reports of an eval stand among all, newest run first."""
        found = self._reports.get(eval_id, ())
        head = self.find_head(eval_id)
        earlier = [at for id_ in (head.formerly if head else ()) for at in self._reports.get(id_, ())]
        return sorted((*found, *earlier), key=lambda at: self.keys[at][:2], reverse=True) if earlier else found


def _group(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}
