"""Accept a run as the baseline."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_run, guarded, print_problems


class BlessCommand(Command):
    """Accept how the cases of a run did: what later runs are held against by `evalc gate`.

    Writes a text for each target, with a line a case and no answers, to be committed. Cases that the run did not ask,
    or that have no verdict in it, stay as they were.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_run(parser)
        parser.add_argument("--policy", metavar="FILE", help="default: the nearest evalc.toml in this folder or above")
        parser.add_argument("--baseline", metavar="FOLDER", help="default: what the policy says, else baselines")
        parser.add_argument("--replace", action="store_true", help="drop cases that the run did not ask")

    def run(self, arguments: Namespace) -> int:
        from evalc.cli.verdicts.settings import read_gate_settings

        read = read_gate_settings(arguments)
        if read is None:
            return exit.WRONG_SPEC_OR_COMMAND
        _, folder = read

        def accept() -> int:
            from evalc.api.comparisons import load_scores
            from evalc.api.gates import bless

            named = load_scores(arguments.named, Path(arguments.results))
            print_problems(named.problems)
            for done in bless(named.scored, folder, replaces=arguments.replace):
                counts = {"new": done.added, "changed": done.changed, "as before": done.same}
                counts |= {"not in this run, kept": done.kept, "without a verdict, left out": done.undecided}
                words = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
                print(f"{done.path}: {words or 'no case has a verdict'}")
            return exit.GOOD

        return guarded(accept)
