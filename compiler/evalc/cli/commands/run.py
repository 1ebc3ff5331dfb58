"""Run evals."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.runs.running import add_run_options, run_new, run_rest
from evalc.cli.specs import compile_paths, print_findings


class RunCommand(Command):
    """Run evals on targets: ask, check, judge, log, and sum up.

    SELECT is an id or what ids begin with (`baseten`, `baseten/chains`, a case), or a glob over case ids; without one
    every case runs. Exit code 0: every gate passed. 1: one failed. 3: one is inconclusive.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("select", nargs="*", metavar="SELECT", help="which cases (default: all)")
        parser.add_argument(
            "--specs", default="specs", metavar="PATH", help="a spec or a folder of specs (default: specs)"
        )
        add_run_options(parser)
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
        compiled = compile_paths([Path(arguments.specs)])
        if compiled is None:
            return exit.WRONG_SPEC_OR_COMMAND
        print_findings(compiled)
        if compiled.has_errors:
            return exit.WRONG_SPEC_OR_COMMAND
        return run_new(compiled.catalog, arguments)
