"""Write a run in a format of other programs."""

from argparse import ArgumentParser, Namespace

from evalc.base.family import member_names
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_run, guarded, load_named


class ExportCommand(Command):
    """Write a run in a format of other programs: JUnit, SARIF, CSV, Markdown or JSON.

    What failed is named with the line of its check. `evalc gate --format NAME` adds the decision to it.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_run(parser)
        parser.add_argument("--format", choices=member_names("evalc.exporters"), required=True, help="which format")

    def run(self, arguments: Namespace) -> int:
        def write() -> int:
            from evalc.cli.verdicts.exporting import export_run, view_of

            print(export_run(arguments.format, view_of(load_named(arguments))), end="")
            return exit.GOOD

        return guarded(write)
