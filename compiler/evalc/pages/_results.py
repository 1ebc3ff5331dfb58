"""What results say about an eval, target by target."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from evalc.model.catalog import SEVERITIES, Case, Eval
from evalc.model.plan import TargetCard
from evalc.model.report import CaseReport, EvalReport
from evalc.pages._address import run_path
from evalc.pages._packed import key_of
from evalc.pages._scoring import all_checks
from evalc.pages.contract import Library


@dataclass(frozen=True)
class TargetResults:
    """The latest report of one target; `is_current` means that it was asked what the eval says now."""

    report: EvalReport
    number: int
    is_current: bool
    by_case: Mapping[str, CaseReport]

    @property
    def run_path(self) -> str:
        """Where the page of its run lies below the site's root."""
        return run_path(self.report.run_id)

    def is_stale(self, case: Case) -> bool:
        """Whether a case has changed since it was asked."""
        found = self.by_case.get(case.id)
        return found is not None and found.fingerprint != case.fingerprint


@dataclass(frozen=True)
class Results:
    """The results of an eval: the latest of each target, and all earlier ones, newest first."""

    targets: tuple[TargetResults, ...]
    earlier: tuple[EvalReport, ...]

    @property
    def judges(self) -> tuple[TargetCard, ...]:
        """The judges of the latest reports, each once."""
        found = {target.report.judge.name: target.report.judge for target in self.targets if target.report.judge}
        return tuple(found[name] for name in sorted(found))

    @property
    def is_scripted(self) -> bool:
        """Whether an answer of the latest reports came from a script."""
        return any(target.report.target.is_scripted for target in self.targets)

    @property
    def has_scripted_judge(self) -> bool:
        """Whether a judgement of the latest reports came from a script."""
        return any(judge.is_scripted for judge in self.judges)

    @property
    def finished_at(self) -> str:
        """When the newest of these reports was finished, or started where it was not."""
        return max((target.report.finished_at or target.report.started_at for target in self.targets), default="")

    @property
    def best(self) -> TargetResults | None:
        """The target with the highest rate, or None where nothing was decided."""
        decided = [target for target in self.targets if target.report.tally.rate is not None]
        return max(decided, key=lambda target: (target.report.tally.rate or 0.0, -target.number), default=None)

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many targets have each verdict of the gate."""
        return Counter(target.report.gate.verdict for target in self.targets)


@lru_cache(maxsize=4)
def results_of(library: Library, eval_id: str) -> Results:
    """Everything that the report says about an eval; pages of one eval and its cases are made one after the other."""
    eval_ = library.eval(eval_id)
    latest = library.latest_of(eval_id)
    newest = {key_of(report) for report in latest}
    return Results(
        targets=tuple(_view(report, number, eval_) for number, report in enumerate(latest, 1)),
        earlier=tuple(report for report in library.reports_of(eval_id) if key_of(report) not in newest),
    )


def index_cases(report: EvalReport, eval_: Eval) -> Mapping[str, CaseReport]:
    """The cases of a report by the ids that they have now."""
    found = {case.case_id: case for case in report.cases}
    for case in eval_.cases:
        if case.id not in found:
            earlier = (found[id_] for id_ in _earlier_ids(case, eval_) if id_ in found)
            if before := next(earlier, None):
                found[case.id] = before
    return found


def _earlier_ids(case: Case, eval_: Eval) -> Iterator[str]:
    yield from case.formerly
    for id_ in eval_.formerly:
        yield case.id.replace(eval_.id, id_, 1)
        yield from (before.replace(eval_.id, id_, 1) for before in case.formerly)


def passed_by_all(eval_: Eval, results: Results) -> int:
    """How many critical cases pass at every target."""
    return sum(
        all(found.outcome == "passed" for found in _found(case, results))
        for case in eval_.cases
        if case.severity == "critical" and _found(case, results)
    )


def differs(case: Case, results: Results) -> bool:
    """Whether targets end differently on a case."""
    return len({found.outcome for found in _found(case, results)}) > 1


def falls_short(case: Case, results: Results) -> bool:
    """Whether a case does not pass at some target that it was asked of."""
    return any(found.outcome != "passed" for found in _found(case, results))


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases have something, and of those how many pass at each target."""

    name: str
    cases: int
    passed: tuple[tuple[int, int], ...]


def count_by_severity(eval_: Eval, results: Results) -> tuple[Count, ...]:
    """Cases by severity, gravest first; those that no case has are left out."""
    return _count({severity: [c for c in eval_.cases if c.severity == severity] for severity in SEVERITIES}, results)


def count_by_tag(eval_: Eval, results: Results) -> tuple[Count, ...]:
    """Cases by tag, most frequent first."""
    found: dict[str, list[Case]] = {}
    for case in eval_.cases:
        for tag in case.tags:
            found.setdefault(tag, []).append(case)
    return _count(dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))), results)


def count_by_verb(eval_: Eval, results: Results) -> tuple[Count, ...]:
    """Cases by the verbs of their checks, most frequent first."""
    found: dict[str, list[Case]] = {}
    for case in eval_.cases:
        for verb in {check.verb for check in all_checks(case)}:
            found.setdefault(verb, []).append(case)
    return _count(dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))), results)


def _count(groups: Mapping[str, list[Case]], results: Results) -> tuple[Count, ...]:
    return tuple(
        Count(name, len(cases), tuple(_passed(cases, target) for target in results.targets))
        for name, cases in groups.items()
        if cases
    )


def _passed(cases: list[Case], target: TargetResults) -> tuple[int, int]:
    found = [target.by_case[case.id] for case in cases if case.id in target.by_case]
    return sum(case.outcome == "passed" for case in found), len(found)


def _found(case: Case, results: Results) -> list[CaseReport]:
    return [target.by_case[case.id] for target in results.targets if case.id in target.by_case]


def _view(report: EvalReport, number: int, eval_: Eval) -> TargetResults:
    return TargetResults(
        report=report,
        number=number,
        is_current=report.eval_fingerprint == eval_.fingerprint,
        by_case=index_cases(report, eval_),
    )
