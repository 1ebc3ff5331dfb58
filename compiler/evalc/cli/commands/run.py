"""Run evals."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.runs.options import add_history_selection, add_specs
from evalc.cli.runs.planned import Planned, plan_work
from evalc.cli.runs.running import add_run_options, run_new, run_planned, run_rest
from evalc.cli.specs import compile_sound, whole_catalog


class RunCommand(Command):
    """Run evals on targets: ask, check, judge, log, and sum up.

    SELECT is an id or what ids begin with (`baseten`, `baseten/chains`, a case), or a glob over case ids; without one
    every case runs. Exit code 0: every gate passed. 1: one failed. 3: one is inconclusive.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_run_options(parser)
        add_specs(parser)
        add_history_selection(parser)
        parser.add_argument("--plan", metavar="FILE", help="run a plan that `evalc plan --out` wrote, just as it is")
        parser.add_argument("--seal", metavar="SEAL", help="with --plan: refuse it unless this is its seal")
        parser.add_argument(
            "--resume",
            nargs="?",
            const="",
            metavar="RUN",
            help="go on with a run, by default the newest: ask only what its log lacks",
        )
        parser.add_argument(
            "--rerun",
            action="append",
            default=[],
            choices=("errored", "unscored", "failed", "skipped"),
            metavar="OUTCOME",
            help="go on with a run, and ask again what ended as errored, unscored, failed or skipped; may be repeated",
        )

    def run(self, arguments: Namespace) -> int:
        if arguments.resume is not None or arguments.rerun:
            return run_rest(arguments)
        if arguments.seal is not None and not arguments.plan:
            print("evalc: --seal says which plan is run, so it needs --plan", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if arguments.plan:
            return run_planned(arguments)
        return run_new(lambda: _plan(arguments), arguments)


def _plan(arguments: Namespace) -> Planned | None:
    specs = Path(arguments.specs)
    catalog = compile_sound(specs)
    return plan_work(catalog, arguments, specs=whole_catalog(specs)) if catalog else None
