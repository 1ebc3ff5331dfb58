"""What every exporter promises."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalc.model.catalog import Case, Check
from evalc.model.report import CaseReport, EvalReport, Report
from evalc.model.result import CheckResult
from evalc.model.verdicts.comparison import RunComparison
from evalc.model.verdicts.gate import GateReport


@dataclass(frozen=True, slots=True)
class RunView:
    """A run that is exported: what it says, its cases by id for their places, and the decision where there is one."""

    report: Report
    cases: Mapping[str, Case]
    gate: GateReport | None = None

    def case_reports(self) -> Iterator[tuple[EvalReport, CaseReport, Case]]:
        """Each case at each target, with what it was asked."""
        for report in self.report.evals:
            for found in report.cases:
                yield report, found, self.cases[found.case_id]


class Exporter(ABC):
    """A format of other programs; the module's name is its word on the command line.

    Answers, reasons and texts of specs come from anywhere, and nothing in them acts on whoever reads the format. An
    output is the same for the same run, byte for byte.
    """

    @abstractmethod
    def export_run(self, view: RunView) -> str:
        """The run in this format."""

    def export_comparison(self, comparison: RunComparison) -> str | None:
        """The comparison in this format, or None where the format has no place for one."""
        return None


def check_of(case: Case, result: CheckResult) -> Check | None:
    """The check that a result is of, or None where the case has it no more."""
    checks = case.checks
    if result.reply:
        checks = tuple(check for reply in case.replies if reply.name == result.reply for check in reply.checks)
    return next((check for check in checks if check.name == result.check), None)


def failed_checks(report: CaseReport) -> list[list[CheckResult]]:
    """The results that failed, those of one check over all repeats together."""
    found: dict[tuple[str, str], list[CheckResult]] = {}
    for trial in report.trials:
        for result in trial.checks:
            if result.outcome == "failed":
                found.setdefault((result.reply, result.check), []).append(result)
    return list(found.values())
