"""What asking a judge outside of a run takes, said before anybody is asked."""

import sys
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from evalc.cli.runs.options import positive

if TYPE_CHECKING:
    from evalc.planning.panels import Judge


def add_most_calls(parser: ArgumentParser) -> None:
    """Add how many calls it may take."""
    parser.add_argument(
        "--max-calls", type=positive, metavar="N", help="ask nobody where the judge would be called more than N times"
    )


def may_ask(questions: int, judge: "Judge", *, arguments: Namespace) -> bool:
    """Whether so many questions may be put to a judge or to all of a panel; how many calls that is, is said before.

    Attempts that fail and replies that need repair come on top.
    """
    votes = len(judge.panel.judges) * judge.panel.samples if judge.panel else 1
    calls = questions * votes
    of_panel = f", {votes} of each for {questions:,} questions" if votes > 1 else ""
    print(f"evalc: {calls:,} call{'' if calls == 1 else 's'} to judge {judge.card.name}{of_panel}", file=sys.stderr)
    if arguments.max_calls is None or calls <= arguments.max_calls:
        return True
    print(f"evalc: --max-calls allows {arguments.max_calls:,}, so nobody was asked", file=sys.stderr)
    return False
