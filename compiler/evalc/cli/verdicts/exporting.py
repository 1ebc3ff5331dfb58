"""Stored runs in the formats of other programs."""

from evalc.api.results import NamedRun
from evalc.base.family import find_member
from evalc.exporters.contract import Exporter, RunView
from evalc.model.report import Report
from evalc.model.verdicts.comparison import RunComparison
from evalc.model.verdicts.gate import GateReport
from evalc.report.summarize import summarize

FAMILY = "evalc.exporters"


def view_of(named: NamedRun, *, gate: GateReport | None = None) -> RunView:
    """What is exported of a run, or of one target of it."""
    evals = summarize([named.run]).evals
    chosen = tuple(found for found in evals if named.target in ("", found.target.name))
    cases = {case.id: case for eval_ in named.run.plan.evals for case in eval_.cases}
    return RunView(report=Report(evals=chosen), cases=cases, gate=gate)


def export_run(name: str, view: RunView) -> str:
    """A run in a format, empty for `text`, which has none."""
    return "" if name == "text" else _find(name).export_run(view)


def export_comparison(name: str, comparison: RunComparison) -> str | None:
    """A comparison in a format, or None where the format has no place for one."""
    return _find(name).export_comparison(comparison)


def _find(name: str) -> Exporter:
    member = find_member(FAMILY, name, Exporter)
    assert member is not None, f"the command line offers {name}"
    return member()
