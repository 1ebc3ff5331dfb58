"""Teach git to show logs and to merge baselines and people's verdicts."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command


class GitCommand(Command):
    """Teach git to show logs and to merge baselines and people's verdicts.

    `evalc git setup` adds lines to the `.gitattributes` of this repository, and tells this clone what they mean. The
    other two are for git to call. A clone that was not told shows and merges these files as any other text.
    """

    def configure(self, parser: ArgumentParser) -> None:
        calls = parser.add_subparsers(dest="call", required=True, metavar="CALL")
        calls.add_parser("setup", help="tell the repository of this folder, and this clone of it")
        shown = calls.add_parser("textconv", help="print a log as text, one line a trial and what was found")
        shown.add_argument("file", metavar="FILE")
        merged = calls.add_parser("merge", help="merge files with one fact a line, in place of ours")
        for name in ("base", "ours", "theirs"):
            merged.add_argument(name, metavar=name.upper())

    def run(self, arguments: Namespace) -> int:
        if arguments.call == "setup":
            return _setup()
        if arguments.call == "textconv":
            return _show(Path(arguments.file))
        return _merge(Path(arguments.base), Path(arguments.ours), Path(arguments.theirs))


def _setup() -> int:
    from evalc.history.errors import HistoryError
    from evalc.history.setup import teach

    try:
        taught = teach(Path.cwd())
    except HistoryError as problem:
        print(f"evalc: {problem}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    for line in taught.lines:
        print(f"added to {taught.path}: {line}")
    print("this clone now shows logs as text, and merges baselines and verdicts by their lines")
    return exit.GOOD


def _show(file: Path) -> int:
    from evalc.cli.runs.log_text import render_log
    from evalc.store.errors import StorageError
    from evalc.store.read import read_run

    try:
        run, findings = read_run(file.parent)
    except StorageError as failure:
        # Git shows whatever it is given, and an error would keep it from showing the rest of the commit.
        print(f"({failure})")
        return exit.GOOD
    print(render_log(run, findings), end="")
    return exit.GOOD


def _merge(base: Path, ours: Path, theirs: Path) -> int:
    from evalc.history.line_merge import merge_lines

    merged = merge_lines(base.read_text("utf-8"), ours=ours.read_text("utf-8"), theirs=theirs.read_text("utf-8"))
    ours.write_text(merged.text, encoding="utf-8", newline="\n")
    return exit.GATE_FAILED if merged.conflicts else exit.GOOD
