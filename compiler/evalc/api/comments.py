"""The one comment of a pull request."""

from collections.abc import Callable, Sequence
from pathlib import Path

from evalc.api.comparisons import scored
from evalc.api.results import NamedRun, load_run
from evalc.diff.render.markdown import LARGEST, render_body
from evalc.exporters.contract import RunView
from evalc.exporters.markdown import render_run
from evalc.model.change import Change, Review
from evalc.model.verdicts.gate import GateReport
from evalc.report.compare import compare_runs
from evalc.report.summarize import summarize

MARKER = "<!-- evalc comment -->"
"""The first line, by which the comment is found again to be replaced."""

# What a change does to the evals comes last, and a reviewer sees it nowhere else, so it keeps a part of the room.
_SHARE_OF_RESULTS = 0.5


def compose(review: Review, stopping: Sequence[Change], *, url: str, results: str = "") -> str:
    """The comment as Markdown, shorter than the limits of forges.

    Args:
        stopping: The changes that need somebody who accepts them.
        url: Where files of commits are shown; no links without it.
        results: What a run found, as `compose_results` gives it.
    """
    start = f"{MARKER}\n{results}\n" if results else f"{MARKER}\n"
    return start + render_body(review, stopping, url=url, room=LARGEST - len(start))


def compose_results(run: str, against: str | None, *, results: Path, decide: Callable[[NamedRun], GateReport]) -> str:
    """What a run found and what its gate decides, and what became of its cases since another one, as people name runs.

    Args:
        decide: Gives the decision about a run.

    Raises:
        NoSuchRun: Words name no run, or no target in it.
        BrokenBaseline: A file in the folder of baselines is none.
        StorageError: A log or a baseline cannot be read.
    """
    now = load_run(run, results)
    compared = compare_runs(scored(load_run(against, results)), scored(now)).targets if against else ()
    view = RunView(
        report=summarize([now.run]),
        cases={case.id: case for eval_ in now.run.plan.evals for case in eval_.cases},
        gate=decide(now),
    )
    return render_run(view, room=int(LARGEST * _SHARE_OF_RESULTS), against=compared)
