"""Have people look at a run."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.console import Painter, wants_colour
from evalc.cli.verdicts.stored import add_run, guarded, load_named

if TYPE_CHECKING:
    from evalc.cli.judges.reviewing import Reviewer
    from evalc.report.judges.flagged import Flagged


class ReviewCommand(Command):
    """List the results of a run that a person should look at, and take verdicts on them.

    Flagged are failures in critical cases, what the judge gave no word on, judged checks at odds with all checks by
    code, split panels, and verdicts that flip between repeats. A verdict has a name and a reason and is kept beside the
    log, in `people.jsonl`; it is shown with the result and replaces none, and `evalc calibrate` learns from it.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_run(parser)
        parser.add_argument("--by", default="", metavar="NAME", help="your name, which is kept with each verdict")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--list", action="store_true", help="list what is flagged, and ask nothing")
        how.add_argument("--web", action="store_true", help="ask in a page in the browser, on this machine alone")

    def run(self, arguments: Namespace) -> int:
        return guarded(lambda: _review(arguments))


def _review(arguments: Namespace) -> int:
    from evalc.cli.judges.reviewing import Reviewer, list_flagged, review_on_terminal
    from evalc.report.judges.flagged import flagged_in

    named = load_named(arguments)
    flagged = [one for one in flagged_in(named.run) if named.target in ("", one.trial_id.partition(":")[0])]
    paint = Painter(colour=wants_colour())
    if arguments.list or not flagged:
        print("\n".join([*list_flagged(flagged, paint), f"{len(flagged)} flagged in {named.run.run_id}"]))
        return exit.GOOD
    reviewer = Reviewer(arguments.by.strip(), named.folder)
    if arguments.web:
        given = _serve(named.run.run_id, flagged, reviewer)
    elif not reviewer.by:
        print("evalc: a verdict has a name; give yours with --by", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    else:
        try:
            given = review_on_terminal(flagged, reviewer, paint=paint)
        except EOFError:
            print("\nevalc: there is no more input; verdicts that were given are kept", file=sys.stderr)
            return exit.WRONG_SPEC_OR_COMMAND
    print(f"\n{given} verdict{'' if given == 1 else 's'} kept in {named.folder}")
    return exit.GOOD


def _serve(run_id: str, flagged: "list[Flagged]", reviewer: "Reviewer") -> int:
    from evalc.cli.judges.web import ReviewServer

    with ReviewServer(run_id, flagged, reviewer) as server:
        print(f"open {server.address}\n(it opens once, on this machine; Ctrl-C ends it)", flush=True)
        try:
            return server.serve()
        except KeyboardInterrupt:
            return server.given
