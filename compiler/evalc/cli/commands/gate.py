"""Decide about a run."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_format, add_run, guarded, load_named

if TYPE_CHECKING:
    from evalc.exporters.contract import RunView
    from evalc.model.report import GateVerdict
    from evalc.model.verdicts.gate import GateReport

_EXITS: "dict[GateVerdict, int]" = {
    "passed": exit.GOOD,
    "failed": exit.GATE_FAILED,
    "inconclusive": exit.INCONCLUSIVE,
}


class GateCommand(Command):
    """Decide about a run: its critical cases, its evals' own rules, and what it lost against the baseline.

    Reads the log, the policy and the baseline, and asks nobody, so that a run can be decided again for nothing. Exit
    code 0: passed. 1: failed. 3: inconclusive, with what would decide.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_run(parser)
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above")
        parser.add_argument("--baseline", metavar="FOLDER", help="default: what the policy says, else baselines")
        add_format(parser)

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.verdicts.settings import read_gate_settings

        read = read_gate_settings(arguments)
        if read is None:
            return exit.WRONG_SPEC_OR_COMMAND
        settings, folder = read

        def decide() -> int:
            from evalc.api.gates import gate_named
            from evalc.cli.judges.doubts import read_doubts, with_corrected
            from evalc.cli.verdicts.exporting import export_run, view_of

            # What is said of a decision quotes checks and judges, and no answer.
            named = load_named(arguments, has_answers=arguments.format != "text")
            doubts = read_doubts(arguments, named.run)
            report = gate_named(named, settings, folder=folder, doubts=doubts)
            report = with_corrected(report, arguments, run=named.run)
            view = view_of(named, gate=report)
            print(export_run(arguments.format, view) or _text(report, view), end="")
            return _EXITS[report.verdict]

        return guarded(decide)


def _text(report: "GateReport", view: "RunView") -> str:
    from evalc.cli.console import wants_colour
    from evalc.cli.verdicts.gating import render_gate

    return render_gate(report, view.report.evals, cases=view.cases, colour=wants_colour())
