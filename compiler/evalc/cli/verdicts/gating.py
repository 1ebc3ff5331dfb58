"""A gate's decision as a person reads it: what failed and why, then the verdict."""

from collections.abc import Iterator, Mapping, Sequence

from evalc.base.visible import visible
from evalc.cli.console import Painter
from evalc.cli.runs.summary import MARKS, STYLES, render_open_cases
from evalc.cli.verdicts.comparison import render_target
from evalc.model.catalog import Case
from evalc.model.report import EvalReport, GateVerdict
from evalc.model.verdicts.gate import BaselineGate, EvalGate, GateReport
from evalc.report.judges.rates import rate_in_words


def render_gate(report: GateReport, summary: Sequence[EvalReport], *, cases: Mapping[str, Case], colour: bool) -> str:
    """Evals that did not pass with their open cases, then every eval and baseline with its decision, then the verdict.

    Args:
        summary: What the run says of each eval.
        cases: The cases of the run by id.
    """
    paint = Painter(colour=colour)
    passed = {(found.eval_id, found.target) for found in report.evals if found.gate.verdict == "passed"}
    lines: list[str] = []
    for found in summary:
        if (found.eval_id, found.target.name) not in passed:
            lines += render_open_cases(found, cases, paint=paint)
    for eval_gate in report.evals:
        lines += _eval(eval_gate, paint)
    for gate in report.baselines:
        lines += ["", *_baseline(gate, paint)]
    lines += [f"note: {visible(note)}" for note in report.notes]
    lines += [] if lines and not lines[-1] else [""]
    lines += [f"gate: {_verdict(report.verdict, paint)}  run {report.run_id}"]
    lines += [
        f"corrected  {visible(rate.rubric)} · {visible(rate.target)}: {rate_in_words(rate)}"
        for rate in report.corrected
    ]
    return "\n".join(lines).lstrip("\n") + "\n"


def _eval(found: EvalGate, paint: Painter) -> Iterator[str]:
    yield f"{_verdict(found.gate.verdict, paint)}  {visible(found.eval_id)} · {visible(found.target)}"
    if found.gate.verdict != "passed":
        yield f"    {visible(found.gate.reason)}"
    for change in found.adjustments:
        before = f"`{change.before}` is `{change.after}`" if change.before else f"`{change.after}` is added"
        line = f"    {change.direction} by the policy: {before}"
        yield paint(line, "open") if change.direction == "loosened" else line
    for doubt in found.doubts:
        yield paint(f"    {visible(doubt)}", "dim")


def _baseline(gate: BaselineGate, paint: Painter) -> Iterator[str]:
    yield f"{_verdict(gate.verdict, paint)}  {visible(gate.target)} against its baseline"
    yield f"    {visible(gate.reason)}"
    if gate.smallest_visible is not None:
        yield f"    a loss shows from {gate.smallest_visible:.1%} on, four times in five"
    if gate.needs:
        yield f"    {visible(gate.needs)}"
    if gate.comparison.flips or gate.comparison.left_out or gate.verdict != "passed":
        yield ""
        yield from render_target(gate.comparison, paint)


def _verdict(verdict: GateVerdict, paint: Painter) -> str:
    return paint(f"{MARKS[verdict]} {verdict}", STYLES[verdict])
