"""The one comment of a pull request."""

from collections.abc import Sequence

from evalc.api.comparisons import scored
from evalc.api.results import NamedRun
from evalc.diff.render.markdown import LARGEST, render_body
from evalc.exporters.contract import RunView
from evalc.exporters.markdown import render_run
from evalc.model.change import Change, Review
from evalc.report.compare import compare_runs

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


def compose_results(view: RunView, now: NamedRun, *, before: NamedRun | None) -> str:
    """What a run found and what its gate decides, and what became of its cases since another one."""
    compared = compare_runs(scored(before), scored(now)).targets if before else ()
    return render_run(view, room=int(LARGEST * _SHARE_OF_RESULTS), against=compared)
