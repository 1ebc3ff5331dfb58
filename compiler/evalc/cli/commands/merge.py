"""Merge the shards of a run."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_results, guarded


class MergeCommand(Command):
    """Merge the shards of a run, made by `evalc run --shard 1/4` and so on, into one run.

    All shards have to be there, of the same cases, targets and judges. They stay as they are. Prints the summary of
    the whole run and ends with the exit code of its gates.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("runs", nargs="+", metavar="RUN", help="ids of the shards, or their folders")
        add_results(parser)

    def run(self, arguments: Namespace) -> int:
        results = Path(arguments.results)
        return guarded(lambda: _merge(arguments.runs, results))


def _merge(names: list[str], results: Path) -> int:
    from evalc.api.results import find_run
    from evalc.cli.runs.ending import exit_code, print_summary
    from evalc.store.upkeep.merge import Unmergeable, merge_logs

    try:
        merged = merge_logs([find_run(name, results) for name in names], results)
    except Unmergeable as problem:
        print(f"evalc: {problem}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    return exit_code(print_summary(merged).report)
