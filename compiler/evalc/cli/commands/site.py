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
_RESULTS = Path("results")
_PLAIN = Path("build/pages")


class SiteCommand(Command):
    """Build the catalog as a site from specs and results, with MkDocs.

    Uses the `mkdocs.yml` of this folder, in which the plug-in `evalc` stands; a folder without one gets the site that
    `evalc init` begins with. The build is strict: a link that leads nowhere is an error.

    With --plain nothing of MkDocs is needed: each page is a whole document, which any web server shows and any other
    generator of sites copies as it is.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("--config", metavar="FILE", help="default: mkdocs.yml, where there is one")
        parser.add_argument("--out", metavar="FOLDER", help="where the site goes (default: as the settings say)")
        parser.add_argument(
            "--plain", action="store_true", help="write the catalog's pages alone, for another generator or for none"
        )
        parser.add_argument("--watch", action="store_true", help="serve the site, and follow changes, until Ctrl-C")
        parser.add_argument(
            "--address", default="127.0.0.1:8000", metavar="HOST:PORT", help="of --watch (default: 127.0.0.1:8000)"
        )

    def run(self, arguments: Namespace) -> int:
        config = Path(arguments.config) if arguments.config else _SETTINGS
        if arguments.config and not config.is_file():
            print(f"evalc: there is no {config}; without --config the site has settings of its own", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if arguments.plain and (arguments.watch or arguments.config):
            print("evalc: --plain uses no MkDocs, so --watch and --config do not go with it", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if arguments.watch and arguments.out:
            print("evalc: --watch writes nothing that stays, so --out does not go with it", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND

        if (arguments.plain or not config.is_file()) and not _SPECS.is_dir():
            print("evalc: there is no folder specs here; `evalc init` begins a catalog", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        return _write_plain(Path(arguments.out or _PLAIN)) if arguments.plain else _make(config, arguments)


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


def _write_plain(out: Path) -> int:
    from evalc.api.catalogs import find_catalog
    from evalc.api.packed.packing import pack_catalog
    from evalc.api.packed.reports import load_report
    from evalc.api.verdicts.proofs import PROOFS_FOLDER, load_proofs
    from evalc.base.render import render_text
    from evalc.cli.console import wants_colour
    from evalc.pages._address import LIBRARY_PATH
    from evalc.pages._faces import read_logos
    from evalc.pages._files import write_pages
    from evalc.pages.contract import Library
    from evalc.store.calibrations import UnreadableLock, read_lock

    catalog, findings = pack_catalog(find_catalog(_SPECS))
    print(render_text(findings, colour=wants_colour(sys.stderr)) if findings else "", end="", file=sys.stderr)
    if any(finding.level == "error" for finding in findings):
        return exit.WRONG_SPEC_OR_COMMAND
    report, problems = load_report(_RESULTS)
    logos, missing = read_logos(catalog.vendors, _SPECS)
    for problem in (*problems, *missing):
        print(f"evalc: {problem}", file=sys.stderr)
    try:
        measured = read_lock(_SPECS)
    except UnreadableLock as unreadable:
        print(f"evalc: {unreadable}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    proofs = load_proofs(Path(PROOFS_FOLDER), catalog.evals)
    count = write_pages(Library(catalog, report, logos=logos, measured=measured, proofs=proofs), out)
    print(f"{count} pages are in {out}; the first is {out / LIBRARY_PATH / 'index.html'}")
    return exit.GOOD
