"""Check specs."""

import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from evalc.analysis.loader import DiskLoader
from evalc.analysis.observed import ObservedLoader, sees_the_same
from evalc.api.catalogs import CatalogFolder
from evalc.cli import exit
from evalc.cli.cache import Cache, user_cache
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour
from evalc.cli.paths import Format, add_format, add_paths, find_folders


class CheckCommand(Command):
    """Check specs: every mistake of every file, with its place and its cure.

    Reads files and nothing else: no network, no keys, no code beside the specs. What was found is kept in the user's
    cache, so that files which did not change since cost next to nothing.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_paths(parser)
        add_format(parser)

    def run(self, arguments: Namespace) -> int:
        folders = find_folders([Path(path) for path in arguments.paths])
        if folders is None:
            return exit.WRONG_SPEC_OR_COMMAND
        shown = _check(folders, arguments.format, user_cache("check"))
        print(shown.out, end="")
        print(shown.err, end="", file=sys.stderr)
        return shown.code


class _Shown(NamedTuple):
    """What a check prints and ends with."""

    out: str
    err: str
    code: int


def _check(folders: Sequence[CatalogFolder], form: Format, cache: Cache) -> _Shown:
    """What a check shows: what it showed before, where all files that it read are as they were, or else worked out."""
    colour = form == "text" and wants_colour(sys.stderr)
    key = [form, colour, *([str(folder.root), folder.prefix, list(folder.paths or ["*"])] for folder in folders)]
    loaders = [DiskLoader(folder.root) for folder in folders]
    match _read(cache.get(key)):
        case {"seen": list(seen), "shown": {"out": str(out), "err": str(err), "code": int(code)}}:
            if len(seen) == len(loaders) and all(map(sees_the_same, loaders, seen)):
                return _Shown(out, err, code)
    observed = [ObservedLoader(loader) for loader in loaders]
    shown = _work_out(folders, observed, form, colour=colour)
    cache.put(key, json.dumps({"seen": [loader.seen for loader in observed], "shown": shown._asdict()}))
    return shown


def _read(kept: str | None) -> object:
    try:
        return json.loads(kept or "null")
    except (ValueError, RecursionError):
        return None


def _work_out(
    folders: Sequence[CatalogFolder], loaders: Sequence[ObservedLoader], form: Format, *, colour: bool
) -> _Shown:
    from evalc.cli.specs import compile_folders, render_findings

    compiled = compile_folders(folders, loaders)
    found = render_findings(compiled, form, colour=colour)
    code = exit.WRONG_SPEC_OR_COMMAND if compiled.has_errors else exit.GOOD
    if form != "text":
        return _Shown(found, "", code)
    return _Shown("", found or f"{compiled.size}, nothing to mend\n", code)
