"""Show what a change does to the evals."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, assert_never, get_args

from evalc.api.catalogs import CatalogFolder, find_catalog
from evalc.api.reviews import review_specs
from evalc.base.reading import ReadProblem
from evalc.base.render import render_text
from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour
from evalc.diff.policy import IN_CI, LEVELS, Refusal, read_refusal, refused
from evalc.diff.render.terminal import render_terminal
from evalc.history.errors import HistoryError
from evalc.model.change import Acceptance, Change, Review

Form = Literal["text", "markdown", "json", "sarif", "github"]


class DiffCommand(Command):
    """Show what a change does to the evals: what is weakened, what is tested otherwise, what got stricter.

    Compares two revisions, two folders, or one of them with the work tree, by meaning. Revisions are read by git, and
    nothing is checked out. `main...HEAD` shows what the branch did since it left main, as a pull request does.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "sides",
            nargs="*",
            metavar="BASE[..HEAD]",
            help="revisions or folders: BASE, BASE..HEAD, BASE...HEAD or BASE HEAD (default: HEAD and the work tree)",
        )
        parser.add_argument("--specs", default="specs", metavar="FOLDER", help="the catalog (default: specs)")
        parser.add_argument("--format", choices=get_args(Form), default="text", help="default: text")
        parser.add_argument("--all", action="store_true", help="list neutral and cosmetic changes too")
        parser.add_argument("--url", default="", metavar="URL", help="where --format markdown links lines of files to")
        parser.add_argument(
            "--fail-on",
            action="append",
            type=_refusal,
            metavar="LEVEL[:SEVERITIES]",
            help=f"end with 1 for changes of a level ({', '.join(LEVELS)}) that reach cases of these severities; "
            "default: weakened:critical,high where the environment has CI, else none",
        )
        parser.add_argument("--accept", metavar="REASON", help="take all weakenings, as a label in a pull request does")

    def run(self, arguments: Namespace) -> int:
        if len(arguments.sides) > 2:
            print("evalc: a comparison has two sides, and these are more", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        accepted = Acceptance(by="--accept", reason=arguments.accept) if arguments.accept else None
        try:
            found = review_specs(arguments.sides, _catalog(Path(arguments.specs)), accepted=accepted)
        except (HistoryError, ReadProblem) as problem:
            print(f"evalc: {problem}", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        if found.findings.has_errors:
            print(render_text(found.findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        refusals = arguments.fail_on or ([IN_CI] if os.environ.get("CI") else [])
        stopping = refused(found.review.changes, refusals)
        print(_render(found.review, arguments, stopping), end="")
        for line in found.idle:
            words = f"{line.place.path}:{line.place.line}: `accept: {line.text}` accepts nothing of this change"
            print(f"evalc: {visible(words)}", file=sys.stderr)
        return _end(stopping)


def _catalog(specs: Path) -> CatalogFolder:
    """The catalog's folder, which one side may lack."""
    try:
        return find_catalog(specs)._replace(paths=None)
    except FileNotFoundError:
        return CatalogFolder(root=specs.resolve(), prefix=specs.as_posix())


def _refusal(words: str) -> Refusal:
    found = read_refusal(words)
    if found is None:
        raise ArgumentTypeError(
            f"{words!r} is no level ({', '.join(LEVELS)}), alone or with severities such as `weakened:critical,high`"
        )
    return found


def _render(review: Review, arguments: Namespace, stopping: Sequence[Change]) -> str:
    form: Form = arguments.format
    match form:
        case "text":
            return render_terminal(review, colour=wants_colour(), whole=arguments.all)
        case "markdown":
            from evalc.diff.render.markdown import render_markdown

            return render_markdown(review, stopping, url=arguments.url)
        case "json":
            return review.model_dump_json(indent=2) + "\n"
        case "sarif":
            from evalc.diff.render.sarif import render_sarif

            return render_sarif(review)
        case "github":
            from evalc.diff.render.annotations import render_annotations

            return render_annotations(review, stopping)
        case _:
            assert_never(form)


def _end(stopping: Sequence[Change]) -> int:
    if not stopping:
        return exit.GOOD
    kinds = ", ".join(sorted({change.kind for change in stopping}))
    print(
        f"evalc: {len(stopping)} of these changes need somebody who accepts them ({kinds}); "
        "`accept: KIND by PERSON: REASON` in the case, rubric or eval does",
        file=sys.stderr,
    )
    return exit.GATE_FAILED
