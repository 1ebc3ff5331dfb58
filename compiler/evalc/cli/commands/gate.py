"""Decide about a run."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.runs.stored import add_run, guarded, load_named

if TYPE_CHECKING:
    from evalc.model.report import GateVerdict

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
        parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.runs.deciding import read_gate_settings

        read = read_gate_settings(arguments)
        if read is None:
            return exit.WRONG_SPEC_OR_COMMAND
        settings, folder = read

        def decide() -> int:
            from evalc.api.gates import gate_named

            named = load_named(arguments)
            report = gate_named(named, settings, folder=folder)
            if arguments.format == "json":
                print(report.model_dump_json(indent=2))
            else:
                from evalc.cli.console import wants_colour
                from evalc.cli.runs.gating import render_gate
                from evalc.report.summarize import summarize

                summary = summarize([named.run]).evals
                evals = named.run.plan.evals
                print(render_gate(report, evals, summary=summary, colour=wants_colour()), end="")
            return _EXITS[report.verdict]

        return guarded(decide)
