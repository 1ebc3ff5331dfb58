"""Build the catalog's site."""

import os
import sys
from argparse import ArgumentParser, Namespace
from contextlib import nullcontext
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command

_SETTINGS = Path("mkdocs.yml")
_SPECS = Path("specs")


class SiteCommand(Command):
    """Build the catalog as a site from specs and results, with MkDocs.

    Uses the `mkdocs.yml` of this folder, in which the plug-in `evalc` stands; a folder without one gets the site that
    `evalc init` begins with. The build is strict: a link that leads nowhere is an error.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("--config", metavar="FILE", help="default: mkdocs.yml, where there is one")
        parser.add_argument("--out", metavar="FOLDER", help="where the site goes (default: as the settings say)")
        parser.add_argument("--watch", action="store_true", help="serve the site, and follow changes, until Ctrl-C")
        parser.add_argument(
            "--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="of --watch (default: 127.0.0.1:8000)"
        )

    def run(self, arguments: Namespace) -> int:
        config = Path(arguments.config) if arguments.config else _SETTINGS
        if arguments.config and not config.is_file():
            print(f"evalc: there is no {config}; without --config the site has settings of its own", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if arguments.watch and arguments.out:
            print("evalc: --watch writes nothing that stays, so --out does not go with it", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND

        if not config.is_file() and not _SPECS.is_dir():
            print("evalc: there is no folder specs here; `evalc init` begins a catalog", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        return _make(config, arguments)


def _make(config: Path, arguments: Namespace) -> int:
    from evalc.mkdocs_plugin.building import SiteSettings, SiteStopped, build_site, built_in_settings, serve_site

    out = Path(arguments.out).resolve() if arguments.out else None
    own = nullcontext(SiteSettings(config, out)) if config.is_file() else None
    try:
        with own or built_in_settings(Path(), out=out) as settings:
            if arguments.watch:
                serve_site(settings, address=arguments.address)
                return exit.GOOD
            built = build_site(settings)
    except SiteStopped as stopped:
        print(f"evalc: {stopped}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    print(f"the site is in {os.path.relpath(built)}; `evalc site --watch` shows it in a browser")
    return exit.GOOD
