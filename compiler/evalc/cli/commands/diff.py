"""Show what a change does to the evals."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Literal, assert_never, get_args

from evalc.base.visible import visible, visible_json
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import wants_colour
from evalc.cli.reviewing import add_review_options, review_asked, stopping_changes
from evalc.diff.render.terminal import render_terminal
from evalc.model.change import Change, Review

Form = Literal["text", "markdown", "json", "sarif", "github"]


class DiffCommand(Command):
    """Show what a change does to the evals: what is weakened, what is tested otherwise, what got stricter.

    Compares two revisions, two folders, or one of them with the work tree, by meaning. Revisions are read by git, and
    nothing is checked out. `main...HEAD` shows what the branch did since it left main, as a pull request does.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_review_options(parser)
        parser.add_argument("--format", choices=get_args(Form), default="text", help="default: text")
        parser.add_argument("--all", action="store_true", help="list neutral and cosmetic changes too")
        parser.add_argument("--url", default="", metavar="URL", help="where --format markdown links lines of files to")

    def run(self, arguments: Namespace) -> int:
        found = review_asked(arguments)
        if found is None:
            return exit.WRONG_SPEC_OR_COMMAND
        stopping = stopping_changes(found.review, arguments)
        print(_render(found.review, arguments, stopping), end="")
        for line in found.idle:
            words = f"{line.place.path}:{line.place.line}: `accept: {line.text}` accepts nothing of this change"
            print(f"evalc: {visible(words)}", file=sys.stderr)
        return _end(stopping)


def _render(review: Review, arguments: Namespace, stopping: Sequence[Change]) -> str:
    form: Form = arguments.format
    match form:
        case "text":
            return render_terminal(review, colour=wants_colour(), whole=arguments.all)
        case "markdown":
            from evalc.diff.render.markdown import render_markdown

            return render_markdown(review, stopping, url=arguments.url)
        case "json":
            return visible_json(review.model_dump_json(indent=2)) + "\n"
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
