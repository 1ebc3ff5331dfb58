"""Lint specs."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from evalc.api.catalogs import CatalogFolder, compile_catalog, find_policy
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.paths import add_format, add_paths, find_folders

if TYPE_CHECKING:
    from evalc.base.diagnostic import Level
    from evalc.cli.specs import Compiled
    from evalc.lint._mending import Mended
    from evalc.model.settings import LintLevel


class LintCommand(Command):
    """Lint specs: what `check` finds, and advice on what makes evals weak.

    A finding is allowed by a comment above what it is about, `# allow RULE: reason`; `evalc explain RULE` tells what a
    rule is for. The table [lint] of the policy sets levels: error, warning, advice or off.

    Exit code 0: no error was found. 2: one was, or with --strict a warning.
    """

    def configure(self, parser: ArgumentParser) -> None:
        from evalc.base.diagnostic import Level

        add_paths(parser)
        add_format(parser)
        parser.add_argument("--fix", action="store_true", help="apply the fixes that keep the meaning, then look again")
        parser.add_argument(
            "--level", choices=get_args(Level), default="advice", help="show nothing less severe (default: advice)"
        )
        parser.add_argument("--strict", action="store_true", help="warnings that are shown end with exit code 2 too")
        parser.add_argument(
            "--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above it"
        )

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.console import wants_colour
        from evalc.cli.specs import render_findings

        folders = find_folders([Path(path) for path in arguments.paths])
        levels = _read_levels(arguments.policy)
        if folders is None or levels is None:
            return exit.WRONG_SPEC_OR_COMMAND
        looked_at = _mended(folders, levels) if arguments.fix else _linted(folders, levels)
        if looked_at is None:
            return exit.STORAGE
        shown = _shown(looked_at, arguments.level)
        text = render_findings(shown, arguments.format, colour=wants_colour(sys.stderr))
        if arguments.format != "text":
            print(text, end="")
        else:
            print(text or f"{shown.size}, nothing to mend\n", end="", file=sys.stderr)
            print(_offer(shown), end="", file=sys.stderr)
        fatal = ("error", "warning") if arguments.strict else ("error",)
        return exit.WRONG_SPEC_OR_COMMAND if any(found.level in fatal for found in shown.findings) else exit.GOOD


def _read_levels(named: str | None) -> "Mapping[str, LintLevel] | None":
    """The levels that the policy sets, none without a policy; None, after saying so, where it cannot be used."""
    path = Path(named) if named else find_policy(Path.cwd())
    if path is None:
        return {}
    from evalc.base.render import render_text
    from evalc.cli.console import wants_colour
    from evalc.planning.policy.read import read_policy

    policy, findings = read_policy(path)
    print(render_text(findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
    return None if findings.has_errors else policy.lint


def _linted(folders: Sequence[CatalogFolder], levels: "Mapping[str, LintLevel]") -> "Compiled":
    from evalc.cli.specs import join_compilations
    from evalc.lint._linting import lint

    compilations = [compile_catalog(folder) for folder in folders]
    remarks = [found for compilation in compilations for found in lint(compilation, levels)]
    return join_compilations(folders, compilations, remarks=remarks)


def _mended(folders: Sequence[CatalogFolder], levels: "Mapping[str, LintLevel]") -> "Compiled | None":
    """What is left after all safe fixes, which are written; None, after saying so, where one cannot be."""
    from evalc.analysis.loader import DiskLoader
    from evalc.cli.specs import join_compilations
    from evalc.lint._mending import mend

    mended = []
    for folder in folders:
        done = mend(DiskLoader(folder.root), folder.paths, prefix=folder.prefix, levels=levels)
        if not _write(folder, done):
            return None
        mended.append(done)
    remarks = [found for done in mended for found in done.findings]
    return join_compilations(folders, [done.compilation for done in mended], remarks=remarks)


def _write(folder: CatalogFolder, mended: "Mended") -> bool:
    """Whether the mended specs are on disk, after saying what was done."""
    from evalc.cli.rewriting import ChangedMeanwhile, rewrite

    for path, text in mended.texts.items():
        try:
            rewrite(folder.root / path, before=mended.originals[path], after=text)
        except (ChangedMeanwhile, OSError) as failure:
            print(f"evalc: {failure}", file=sys.stderr)
            return False
        fixes = _count(mended.counts[path], "fix")
        print(f"{mended.compilation.sources[path].name}: {fixes} applied", file=sys.stderr)
    return True


def _offer(shown: "Compiled") -> str:
    """What `--fix` would do, empty where it would do nothing."""
    count = sum(found.fix is not None and found.fix.is_safe for found in shown.findings)
    return f"`evalc lint --fix` applies {_count(count, 'safe fix')}\n" if count else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 'es'}"


def _shown(looked_at: "Compiled", least: "Level") -> "Compiled":
    from dataclasses import replace

    from evalc.base.diagnostic import Level

    levels = get_args(Level)[: get_args(Level).index(least) + 1]
    findings = [found for found in looked_at.findings if found.level in levels]
    findings.sort(key=lambda found: (found.source.name, found.span.start))
    return replace(looked_at, findings=tuple(findings))
