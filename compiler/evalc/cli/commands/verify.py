"""Verify the log of a run."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from evalc.cli import exit
from evalc.cli.commands.contract import Command
from evalc.cli.verdicts.stored import add_whole_run, find_named, guarded


class VerifyCommand(Command):
    """Verify the log of a run: every record against its checksum, and that the counts add up.

    Damaged records are named by line and byte. Exit code 0: the log is whole. 5: it is damaged; `evalc repair` writes
    a sound one.
    """

    def configure(self, parser: ArgumentParser) -> None:
        add_whole_run(parser)

    def run(self, arguments: Namespace) -> int:
        return guarded(lambda: _verify(find_named(arguments)))


def _verify(folder: Path) -> int:
    from typing import get_args

    from evalc.model.result import Outcome
    from evalc.store.upkeep.verify import verify_log

    found = verify_log(folder)
    skipped = found.outcomes["skipped"] + found.unasked
    counts = {**{outcome: found.outcomes[outcome] for outcome in get_args(Outcome)}, "skipped": skipped}
    sums = " + ".join(f"{count} {outcome}" for outcome, count in counts.items())
    print(f"{folder}: {found.records} records are intact (version {found.version} of the log)")
    print(f"planned {found.planned} = {sums}")
    if found.unasked:
        print(f"{found.unasked} of the skipped have no result yet; evalc run --resume {found.run_id} asks them")
    for finding in found.findings:
        print(f"{folder}: {finding.message}", file=sys.stderr)
    if not found.is_damaged:
        return exit.GOOD
    print(f"evalc: the log is damaged; evalc repair {found.run_id} keeps what is intact", file=sys.stderr)
    return exit.STORAGE
