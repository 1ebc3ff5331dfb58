"""Format specs."""

import difflib
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from evalc.base.reading import ReadProblem
from evalc.base.source import Source
from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour
from evalc.cli.paths import add_paths, find_folders

_STANDARD_INPUT = "-"


class FmtCommand(Command):
    """Put specs into their one canonical layout, in place.

    Comments and every byte of prose stay. A spec with mistakes in its writing is left as it is, and the mistakes are
    told. With `-` the spec comes from standard input and goes to standard output. Exit code 1 with --check: at least
    one spec is laid out otherwise.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_paths(parser)
        parser.add_argument("--check", action="store_true", help="change nothing, name the specs that would change")
        parser.add_argument("--diff", action="store_true", help="change nothing, print what would change")

    def run(self, arguments: Namespace) -> int:
        if arguments.paths == [_STANDARD_INPUT]:
            return _format_input()
        sources = _read_all([Path(path) for path in arguments.paths])
        if sources is None:
            return exit.WRONG_SPEC_OR_COMMAND
        keeps = arguments.check or arguments.diff
        codes = [_format(path, source, keeps=keeps, shows_diff=arguments.diff) for path, source in sources]
        changed = codes.count(exit.GATE_FAILED)
        verb = "would change" if keeps else "changed"
        print(f"{changed} of {len(codes)} specs {verb}", file=sys.stderr)
        if exit.WRONG_SPEC_OR_COMMAND in codes:
            return exit.WRONG_SPEC_OR_COMMAND
        return exit.GATE_FAILED if arguments.check and changed else exit.GOOD


def _read_all(paths: list[Path]) -> list[tuple[Path, Source]] | None:
    folders = find_folders(paths)
    if folders is None:
        return None
    from evalc.analysis.loader import DiskLoader
    from evalc.base.reading import SPEC_LIMIT

    found: dict[Path, Source] = {}
    for folder in folders:
        loader = DiskLoader(folder.root)
        for path in folder.paths or loader.spec_paths():
            name = f"{folder.prefix}/{path}" if folder.prefix else path
            try:
                found[folder.root / path] = Source(name, loader.read_spec(path, limit=SPEC_LIMIT))
            except ReadProblem as problem:
                print(f"evalc: {problem}", file=sys.stderr)
                return None
    return list(found.items())


def _format(path: Path, source: Source, *, keeps: bool, shows_diff: bool) -> int:
    """GATE_FAILED for a spec that is, or would be, laid out anew."""
    text = _formatted(source)
    if text is None:
        return exit.WRONG_SPEC_OR_COMMAND
    if text == source.text:
        return exit.GOOD
    if shows_diff:
        print("\n".join(_diff(source, text)))
    elif keeps:
        print(source.name)
    else:
        from evalc.cli.rewriting import ChangedMeanwhile, rewrite

        try:
            rewrite(path, before=source.text, after=text)
        except (ChangedMeanwhile, OSError) as failure:
            print(f"evalc: {failure}", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
    return exit.GATE_FAILED


def _format_input() -> int:
    source = Source("standard input", sys.stdin.read())
    text = _formatted(source)
    if text is None:
        return exit.WRONG_SPEC_OR_COMMAND
    sys.stdout.write(text)
    return exit.GOOD


def _formatted(source: Source) -> str | None:
    from evalc.base.render import render_text
    from evalc.syntax.format import format_source

    text, findings = format_source(source)
    if findings.has_errors:
        print(render_text(findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
        return None
    return text


def _diff(source: Source, text: str) -> Iterator[str]:
    before, after = source.text.splitlines(), text.splitlines()
    for line in difflib.unified_diff(before, after, source.name, f"{source.name} (formatted)", lineterm=""):
        yield visible(line)
