"""Import evals of other tools."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.base.family import find_member, member_names
from evalc.base.reading import ReadProblem
from evalc.cli import exit
from evalc.cli.commands.contract import Command

_FAMILY = "evalc.importers"


class ImportCommand(Command):
    """Import evals of another tool: prints the spec that says what its file says.

    Nothing of the file runs. What the language has no word for is told, and stays in the spec as a comment where it
    would stand. Put the output into your catalog, and let `evalc check` and `evalc lint` say what is still to be done:

        evalc import promptfoo promptfooconfig.yaml --vendor acme > specs/acme/support.evalc
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", choices=member_names(_FAMILY), help="what the file is")
        parser.add_argument("file", metavar="FILE", help="the file to import")
        parser.add_argument(
            "--vendor", default="imported", metavar="NAME", help="whose product is tested (default: imported)"
        )

    def run(self, arguments: Namespace) -> int:
        from evalc.analysis.loader import DiskLoader
        from evalc.importers.contract import Importer, ImportProblem
        from evalc.syntax.slips.names import is_name

        if not is_name(arguments.vendor):
            print(f"evalc: {arguments.vendor!r} is no name of a vendor: write it like `acme-tools`", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        importer = find_member(_FAMILY, arguments.format, Importer)
        assert importer, "argparse takes members alone"
        path = Path(arguments.file)
        try:
            imported = importer().read(path.name, DiskLoader(path.parent), vendor=arguments.vendor)
        except (ImportProblem, ReadProblem) as problem:
            print(f"evalc: {problem}", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        print(imported.text, end="")
        for remark in imported.remarks:
            print(f"evalc: {remark}", file=sys.stderr)
        cases = "1 case" if imported.cases == 1 else f"{imported.cases:,} cases"
        print(f"evalc: {cases} imported; `evalc check` says what they lack", file=sys.stderr)
        return exit.GOOD
