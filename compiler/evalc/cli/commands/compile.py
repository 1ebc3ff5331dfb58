"""Compile specs."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.api.builds import write_build
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.paths import add_paths
from evalc.cli.specs import compile_all_sound


class CompileCommand(Command):
    """Compile specs to runners, judge prompts and JSON, one folder an eval.

    The output is byte for byte the same from run to run, so that a pull request shows what a change does to it.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_paths(parser)
        parser.add_argument("--out", default="build/evals", metavar="FOLDER", help="default: build/evals")

    def run(self, arguments: Namespace) -> int:
        compiled = compile_all_sound([Path(path) for path in arguments.paths])
        if compiled is None:
            return exit.WRONG_SPEC_OR_COMMAND
        written = write_build(compiled.catalog, Path(arguments.out), is_whole=compiled.is_whole)
        print(f"{compiled.size} -> {arguments.out}")
        print(f"{len(written.changed)} files written, {len(written.unchanged)} as they were", end="")
        print(f", {len(written.removed)} removed" if written.removed else "")
        return exit.GOOD
