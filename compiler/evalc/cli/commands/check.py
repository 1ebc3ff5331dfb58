"""Check specs."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.specs import add_format, add_paths, compile_paths, print_findings


class CheckCommand(Command):
    """Check specs: every mistake of every file, with its place and its cure.

    Reads files and nothing else: no network, no keys, no code beside the specs.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_paths(parser)
        add_format(parser)

    def run(self, arguments: Namespace) -> int:
        compiled = compile_paths([Path(path) for path in arguments.paths])
        if compiled is None:
            return exit.WRONG_SPEC_OR_COMMAND
        print_findings(compiled, arguments.format)
        if compiled.has_errors:
            return exit.WRONG_SPEC_OR_COMMAND
        if arguments.format == "text" and not compiled.findings:
            print(f"{compiled.size}, nothing to mend", file=sys.stderr)
        return exit.GOOD
