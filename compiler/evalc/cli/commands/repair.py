"""Repair the log of a run."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_whole_run, find_named, guarded


class RepairCommand(Command):
    """Repair the log of a run: keep every record that is intact, and say which are not.

    The damaged log stays beside the new one, as `events.jsonl.damaged-1`. Trials whose results are lost count as not
    asked, and `evalc run --resume` asks them.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_whole_run(parser)

    def run(self, arguments: Namespace) -> int:
        return guarded(lambda: _repair(find_named(arguments)))


def _repair(folder: Path) -> int:
    from evalc.base.scrub import Scrubber
    from evalc.store.log import LogContext
    from evalc.store.upkeep.repair import repair_log

    # What is in a log has no secrets any more.
    repair = repair_log(folder, context=LogContext(Scrubber({})))
    if repair.original is None:
        print(f"{folder}: all {repair.kept} records are intact, and nothing was changed")
        return exit.GOOD
    for dropped in repair.dropped:
        held = f"; it held a result of {visible(dropped.trial_id)}" if dropped.trial_id else ""
        print(f"left out: {dropped.finding.message}{held}")
    print(f"{folder}: {repair.kept} records kept; the damaged log is {repair.original.name}")
    print(f"what has no result now: evalc run --resume {folder.name}")
    return exit.GOOD
