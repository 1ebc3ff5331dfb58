"""The exporter `markdown`."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import code_span
from evalc.exporters._pull_request import render_comparison, render_results
from evalc.exporters.contract import Exporter, RunView
from evalc.model.report import GateVerdict
from evalc.model.verdicts.comparison import RunComparison, TargetComparison
from evalc.model.verdicts.gate import GateReport
from evalc.report.judges.rates import rate_in_words

# GitHub takes 65,536 characters in a comment and 1 MiB in a summary of a job.
_LARGEST = 60_000
_MARKS: dict[GateVerdict, str] = {"passed": "✅", "failed": "❌", "inconclusive": "❔"}


class Markdown(Exporter):
    """A page for people on a forge: the decision, then what failed, in less than GitHub's 65,536 characters.

    Words of specs and answers stand in code, where nothing of them links, loads or hides.

    Example:
        evalc gate --format markdown >> "$GITHUB_STEP_SUMMARY"
    """

    def export_run(self, view: RunView) -> str:
        return render_run(view, room=_LARGEST)

    def export_comparison(self, comparison: RunComparison) -> str:
        return render_comparison(comparison, room=_LARGEST)


def render_run(view: RunView, *, room: int, against: Sequence[TargetComparison] = ()) -> str:
    """A run and its decision in at most so many characters, with what became of its cases since another run.

    Args:
        against: Comparisons that were asked for beside those with the baselines.
    """
    decided = "\n".join(_decision(view.gate)) + "\n" if view.gate else ""
    baselines = tuple(gate.comparison for gate in view.gate.baselines) if view.gate else ()
    compared = RunComparison(targets=(*baselines, *against))
    since = render_comparison(compared, room=room // 3) if compared.targets else ""
    return decided + render_results(view.report, view.cases, room=room - len(decided), since=since)


def _decision(gate: GateReport) -> Iterator[str]:
    yield f"## {_MARKS[gate.verdict]} The gate {'is ' if gate.verdict == 'inconclusive' else ''}{gate.verdict}"
    yield ""
    for found in gate.evals:
        if found.gate.verdict != "passed" or found.adjustments or found.doubts:
            what = f"{code_span(found.eval_id)} at {code_span(found.target)}"
            yield f"- {_MARKS[found.gate.verdict]} {what}: {code_span(found.gate.reason)}"
        for change in found.adjustments:
            before = f"{code_span(change.before)} is " if change.before else "added: "
            yield f"  - {change.direction} by the policy: {before}{code_span(change.after)}"
        yield from (f"  - {code_span(doubt)}" for doubt in found.doubts)
    for held in gate.baselines:
        yield f"- {_MARKS[held.verdict]} {code_span(held.target)} against its baseline: {code_span(held.reason)}"
        yield from [f"  - {code_span(held.needs)}"] if held.needs else []
    yield from (f"- {code_span(note)}" for note in gate.notes)
    for rate in gate.corrected:
        yield f"- corrected, {code_span(rate.rubric)} at {code_span(rate.target)}: {rate_in_words(rate)}"
    yield ""
