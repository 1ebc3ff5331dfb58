"""Find when a case flipped, and what made it."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.api.bisections import case_histories
from evalc.api.catalogs import CatalogFolder, find_catalog
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour


class BisectCommand(Command):
    """Find when a case flipped, and what made it: the spec, the target or the judge.

    Reads stored runs and git, and asks nobody. Two runs after each other differ in what the case asks and demands, in
    the target and its settings, in the judge, or in nothing but the answer; what is the same is ruled out. Where the
    spec changed, the commits that did it are named with what they changed.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", metavar="CASE", help="the id of a case, such as vendor/eval/case")
        parser.add_argument("--target", metavar="NAME", help="look at this target alone")
        parser.add_argument("--results", default="results", metavar="FOLDER", help="where logs are (default: results)")
        parser.add_argument("--specs", default="specs", metavar="FOLDER", help="the catalog (default: specs)")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.runs.bisection import render_histories

        specs = Path(arguments.specs)
        folder = find_catalog(specs)._replace(paths=None) if specs.is_dir() else CatalogFolder(specs.resolve(), "")
        histories = case_histories(arguments.case, results=Path(arguments.results), folder=folder)
        for problem in histories.problems:
            print(f"evalc: {problem}", file=sys.stderr)
        found = [history for history in histories.found if arguments.target in (None, history.target)]
        if not found:
            at = f" at {arguments.target}" if arguments.target else ""
            print(f"evalc: no run in {arguments.results} has asked {arguments.case}{at}", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if arguments.format == "json":
            from pydantic import TypeAdapter

            from evalc.model.flip import CaseHistory

            print(TypeAdapter(list[CaseHistory]).dump_json(found, indent=2).decode())
        else:
            print(render_histories(found, colour=wants_colour()), end="")
        return exit.GOOD
