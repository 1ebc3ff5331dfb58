"""What is said at the end of a run, and its exit code."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evalc.base.visible import visible
from evalc.cli import exit
from evalc.cli.console import silence, wants_colour
from evalc.model.event import RunFinished
from evalc.model.report import Report
from evalc.model.result import Outcome

if TYPE_CHECKING:
    from evalc.api.summaries import Summary

# What a person may mend: a server that was away, a judge that wrote prose, a budget that was spent.
_WORTH_ANOTHER_TRY: tuple[Outcome, ...] = ("errored", "unscored", "skipped")


def print_ending(ended: RunFinished, trials: Mapping[Outcome, int], *, rerun: Sequence[Outcome]) -> None:
    """Print what a run cost and, where it lacks answers, why and how it goes on.

    Args:
        trials: How many trials ended how.
        rerun: What was asked again.
    """
    _say(_spent(ended))
    if ended.ending == "complete":
        words = [outcome for outcome in _WORTH_ANOTHER_TRY if trials.get(outcome)]
        if words:
            counts = " and ".join(f"{trials[outcome]} {outcome}" for outcome in words)
            again = "".join(f" --rerun {outcome}" for outcome in words)
            _say(f"{counts}; to ask these again: evalc run --resume {ended.run_id}{again}")
    if ended.ending != "complete":
        again = "".join(f" --rerun {outcome}" for outcome in rerun)
        rest = f"evalc run --resume {ended.run_id}{again}"
        _say(f"{ended.ending}: {visible(ended.reason)}")
        _say(f"{ended.finished} of {ended.planned} trials have a result; the rest: {rest}")


def _say(text: str) -> None:
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever read this went away, as in `evalc run | head`; the exit code still tells how the gates are.
        silence(sys.stdout)


def print_summary(folder: Path) -> "Summary":
    """Print what the run in a folder says."""
    from evalc.api.summaries import summarize_log
    from evalc.cli.runs.summary import render_summary

    found = summarize_log(folder)
    _say(f"{render_summary(found.report, found.evals, colour=wants_colour())}\nlog: {folder}")
    return found


def exit_code(report: Report) -> int:
    """0 where every gate passed, 1 where one failed, 3 where one is inconclusive."""
    verdicts = {eval_report.gate.verdict for eval_report in report.evals}
    if "failed" in verdicts:
        return exit.GATE_FAILED
    return exit.INCONCLUSIVE if "inconclusive" in verdicts else exit.GOOD


def _spent(ended: RunFinished) -> str:
    from evalc.run.spending.money import usd

    calls = f"{ended.attempts:,} call{'' if ended.attempts == 1 else 's'}"
    if ended.spent_usd is None:
        return f"asked: {calls}, of which not all have a known price"
    return f"asked: {calls}, {usd(ended.spent_usd)}"
