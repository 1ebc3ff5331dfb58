"""Begin a catalog."""

import shlex
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.starter.write import Started, write_starter

_NEXT = ("evalc check", "evalc run --target good --judge scripted", "evalc site")


class InitCommand(Command):
    """Begin a catalog: one eval, a policy, a site and CI, all of which work at once.

    Writes what a catalog lacks and asks nothing. A file that is there already is never touched, and where there are
    specs, no example is added to them.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", default=".", metavar="FOLDER", help="default: this folder")

    def run(self, arguments: Namespace) -> int:
        folder = Path(arguments.folder)
        try:
            started = write_starter(folder)
        except OSError as failure:
            print(f"evalc: {failure.filename}: {(failure.strerror or '').lower()}", file=sys.stderr)
            return exit.STORAGE
        _tell(started, folder)
        return exit.GOOD


def _tell(started: Started, folder: Path) -> None:
    width = max(len(file.path) for file in (*started.written, *started.kept))
    for file in started.written:
        print(f"  {file.path:<{width}}  {file.purpose}")
    for file in started.kept:
        print(f"  {file.path:<{width}}  is there already and stays{file.otherwise and '; '}{file.otherwise}")
    print("\nnext:")
    if folder.resolve() != Path.cwd():
        print(f"  cd {shlex.quote(str(folder))}")
    for command in _NEXT:
        print(f"  {command}")
