"""Compare two runs of the same cases."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_format, add_results, guarded, print_problems


class CompareCommand(Command):
    """Compare two runs of the same cases: which flipped, and whether the rates differ by more than chance.

    RUN is the id of a run or its beginning, its folder, or `latest`; `RUN:TARGET` takes one of its targets, so that two
    targets of one run compare too. Cases that ask or check something else now are listed and not compared.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("before", metavar="RUN", help="what was before, such as 20260304-050607-089-1a2b3c4d")
        parser.add_argument("after", metavar="RUN", help="what is now, such as latest:candidate")
        add_results(parser)
        add_format(parser)

    def run(self, arguments: Namespace) -> int:
        return guarded(lambda: _compare(arguments))


def _compare(arguments: Namespace) -> int:
    from evalc.api.comparisons import compare_named
    from evalc.cli.console import wants_colour
    from evalc.cli.verdicts.comparison import render_comparison
    from evalc.cli.verdicts.exporting import export_comparison

    comparison, problems = compare_named(arguments.before, arguments.after, results=Path(arguments.results))
    print_problems(problems)
    if not comparison.targets:
        names = ", ".join(comparison.unmatched)
        print_problems([f"the runs have no target in common ({names}); name one each: RUN:TARGET"])
        return exit.WRONG_SPEC_OR_COMMAND
    if arguments.format == "text":
        print(render_comparison(comparison, colour=wants_colour()), end="")
        return exit.GOOD
    exported = export_comparison(arguments.format, comparison)
    if exported is None:
        print_problems([f"{arguments.format} has no place for a comparison; text, json, markdown and csv have"])
        return exit.WRONG_SPEC_OR_COMMAND
    print(exported, end="")
    return exit.GOOD
