"""Write the one comment of a pull request: what it does to the evals, and what a run of them found."""

import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.reviewing import add_review_options, review_asked, stopping_changes
from evalc.cli.verdicts.stored import add_results, guarded
from evalc.forges.contract import Forge, ForgeError, Refused, WrongSetting


class CommentCommand(Command):
    """Write the one comment of a pull request: what it does to the evals, and what a run of them found.

    Prints Markdown. In a job of GitHub Actions or GitLab, `--post` puts it on the pull request, in place of an earlier
    one of ours; where the job may not comment, as for a fork, it goes into the summary of the job. It is for people:
    its exit code says whether it was written, while `evalc diff` and `evalc gate` decide.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_review_options(parser)
        parser.add_argument("--run", metavar="RUN", help="show what this run found too, by its id or as `latest`")
        parser.add_argument("--against", metavar="RUN", help="with --run: what became of its cases since this run")
        add_results(parser)
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above")
        parser.add_argument("--baseline", metavar="FOLDER", help="default: what the policy says, else baselines")
        parser.add_argument("--url", default="", metavar="URL", help="where lines of files are linked to")
        parser.add_argument("--post", action="store_true", help="put it on the pull request that this job is about")
        parser.add_argument("--number", type=int, metavar="N", help="the pull request, where the job is about none")

    def run(self, arguments: Namespace) -> int:
        if arguments.against and not arguments.run:
            print("evalc: `--against` says what `--run` is compared with, and there is none", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
        try:
            return guarded(lambda: _write(arguments))
        except ForgeError as problem:
            print(f"evalc: {problem}", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND if isinstance(problem, WrongSetting) else exit.STORAGE


def _write(arguments: Namespace) -> int:
    from evalc.api.comments import MARKER, compose

    forge = _forge(arguments.number) if arguments.post else None
    found = review_asked(arguments)
    results = _results(arguments) if arguments.run else ""
    if found is None or results is None:
        return exit.WRONG_SPEC_OR_COMMAND
    url = arguments.url or (forge.files_url if forge else "")
    text = compose(found.review, stopping_changes(found.review, arguments), url=url, results=results)
    print(_put(forge, text, marker=MARKER) if forge else text, end="")
    return exit.GOOD


def _results(arguments: Namespace) -> str | None:
    """What the run found, or None where the policy is wrong, which has been told then."""
    from evalc.api.comments import compose_results
    from evalc.api.gates import gate_named
    from evalc.api.results import load_run
    from evalc.cli.judges.doubts import read_doubts, with_corrected
    from evalc.cli.verdicts.exporting import view_of
    from evalc.cli.verdicts.settings import read_gate_settings

    read = read_gate_settings(arguments)
    if read is None:
        return None
    gate, baselines = read
    folder = Path(arguments.results)
    now = load_run(arguments.run, folder)
    before = load_run(arguments.against, folder) if arguments.against else None
    decided = gate_named(now, gate, folder=baselines, doubts=read_doubts(arguments, now.run))
    decided = with_corrected(decided, arguments, run=now.run)
    return compose_results(view_of(now, gate=decided), now, before=before)


def _forge(number: int | None) -> Forge:
    """The forge of this job."""
    from evalc.forges._find import find_forge

    forge = find_forge(os.environ, number=number)
    if forge is None:
        raise WrongSetting("this is no job of GitHub Actions or GitLab, so there is nothing to comment on")
    return forge


def _put(forge: Forge, text: str, *, marker: str) -> str:
    """Where the comment stands now, in words."""
    try:
        return f"the comment is at {forge.put_comment(text, marker=marker)}\n"
    except Refused as refused:
        if not forge.add_summary(text):
            raise
        return f"{refused}, so the comment is in the summary of the job\n"
