"""Counts of outcomes."""

from collections import Counter
from collections.abc import Iterable

from evalc.model.catalog import SEVERITIES, Severity
from evalc.model.report import CaseReport, Tally
from evalc.model.result import Outcome


def tally_outcomes(outcomes: Iterable[Outcome]) -> Tally:
    """How many outcomes there are of each kind."""
    counts: dict[str, int] = dict(Counter(outcomes))
    return Tally(**counts)


def tally_cases(cases: Iterable[CaseReport]) -> Tally:
    """How many cases ended how."""
    return tally_outcomes(case.outcome for case in cases)


def tally_by_severity(cases: Iterable[CaseReport]) -> dict[Severity, Tally]:
    """A tally for each severity that has cases, most severe first."""
    groups: dict[Severity, list[Outcome]] = {severity: [] for severity in SEVERITIES}
    for case in cases:
        groups[case.severity].append(case.outcome)
    return {severity: tally_outcomes(outcomes) for severity, outcomes in groups.items() if outcomes}
