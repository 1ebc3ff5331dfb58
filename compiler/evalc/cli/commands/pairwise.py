"""Compare answers."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.judges.limits import add_most_calls
from evalc.cli.verdicts.stored import add_results, guarded

if TYPE_CHECKING:
    from evalc.model.settings import Policy


class PairwiseCommand(Command):
    """Have a judge compare the answers of two targets, side by side and in both orders.

    A and B are `RUN:TARGET`, or a run with one target; the answers are those of the logs, so that no target is asked.
    Each pair is put to the judge twice, and counts only where it says the same when the answers change places.
    """

    def configure(self, parser: ArgumentParser) -> None:
        parser.add_argument("a", metavar="A", help="the id of a run or `latest`, with `:TARGET`")
        parser.add_argument("b", metavar="B", help="the other one")
        parser.add_argument("--judge", required=True, metavar="NAME", help="a judge of the policy")
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
        add_most_calls(parser)
        add_results(parser)

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.runs.planned import read_policy_of

        policy = read_policy_of(arguments)
        return exit.WRONG_SPEC_OR_COMMAND if policy is None else guarded(lambda: _compare(arguments, policy))


def _compare(arguments: Namespace, policy: "Policy") -> int:
    import sys

    from evalc.api.results import load_run
    from evalc.base.visible import visible_json
    from evalc.cli.console import Painter, wants_colour
    from evalc.cli.judges.pairing import compare_sides, render_pairwise, side_of
    from evalc.targets.contract import TargetError

    a, b = (side_of(load_run(words, Path(arguments.results))) for words in (arguments.a, arguments.b))
    try:
        found = compare_sides(a, b, policy=policy, arguments=arguments) if a and b else None
    except TargetError as failure:
        print(f"evalc: {failure}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    if found is None:
        return exit.WRONG_SPEC_OR_COMMAND
    if arguments.format == "json":
        print(visible_json(found.model_dump_json(indent=2)))
    else:
        print("\n".join(render_pairwise(found, Painter(colour=wants_colour()))))
    return exit.GOOD
