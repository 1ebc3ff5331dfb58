"""Build the catalog's site."""

import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command


class SiteCommand(Command):
    """Build the catalog as a site from specs and results, with MkDocs.

    Uses the `mkdocs.yml` of this folder, in which the plug-in `evalc` stands. The build is strict: a link that leads
    nowhere is an error.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("--config", default="mkdocs.yml", metavar="FILE", help="default: mkdocs.yml")
        parser.add_argument("--out", metavar="FOLDER", help="where the site goes (default: as the configuration says)")

    def run(self, arguments: Namespace) -> int:
        config = Path(arguments.config)
        if not config.is_file():
            print(f"evalc: there is no {config}; name the site's configuration with --config", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(config)]
        if arguments.out:
            command += ["--site-dir", str(Path(arguments.out).resolve())]
        # Material prints a banner about MkDocs 2 into every build; the version that evalc works with is pinned.
        ended = subprocess.run(command, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, check=False)  # noqa: S603  # Our own interpreter with arguments of ours.
        if ended.returncode:
            return exit.WRONG_SPEC_OR_COMMAND
        return exit.GOOD
