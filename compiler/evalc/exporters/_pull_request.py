"""What a run found, as Markdown for a pull request.

Answers, reasons and specs are words of others: they stand in code spans, where nothing links, loads or hides.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalc.base.visible import code_span
from evalc.model.catalog import SEVERITIES, Case
from evalc.model.report import CaseReport, EvalReport, GateVerdict, Report
from evalc.model.result import CheckResult, Outcome
from evalc.model.verdicts.comparison import CasePair, RunComparison, Side, TargetComparison
from evalc.report.compare import is_loss

_MARKS: dict[Outcome | GateVerdict, str] = {
    "passed": "✅",
    "failed": "❌",
    "errored": "⚠️",
    "unscored": "❔",
    "skipped": "⏭️",
    "inconclusive": "❔",
}
_SPACE_FOR_ENDS = 200


def render_results(report: Report, cases: Mapping[str, Case], *, room: int, since: str = "") -> str:
    """The gates of a run, then each case that did not pass with its reason, in at most so many characters.

    Args:
        cases: The cases of the run by id, for their places.
        since: What became of the cases since another run, as `render_comparison` says it; it stands before them.
    """
    head = ["### What the run found", "", *_gates(report.evals), ""]
    head += [*_totals(report.evals), "", since]
    text = "\n".join(head)
    open_cases = [(found, case) for found in report.evals for case in found.cases if case.outcome != "passed"]
    if not open_cases:
        return text
    open_cases.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    title = f"{len(open_cases)} of {sum(len(found.cases) for found in report.evals)} cases did not pass"
    blocks = ("\n".join(_open_case(found, case, cases)) for found, case in open_cases)
    return text + _folded(title, blocks, of=len(open_cases), room=room - len(text))


def render_comparison(comparison: RunComparison, *, room: int) -> str:
    """What became of the cases since another run, target by target, flips first, in at most so many characters."""
    parts = []
    for compared in comparison.targets:
        part = _compared(compared, room=room)
        room -= len(part)
        parts.append(part)
    return "".join(parts)


def _gates(found: Sequence[EvalReport]) -> Iterator[str]:
    yield "| eval | target | passed | gate |"
    yield "|---|---|---|---|"
    for report in found:
        tally, gate = report.tally, report.gate
        rate = "" if tally.rate is None else f" ({tally.rate:.0%})"
        interval = f", {report.interval.low:.0%} to {report.interval.high:.0%}" if report.interval else ""
        reason = "" if gate.verdict == "passed" else f": {_cell(gate.reason)}"
        name = f"{_cell(report.target.name)}{' (scripted)' if report.target.is_scripted else ''}"
        passed = f"{tally.passed} of {tally.total}{rate}{interval}"
        yield f"| {_cell(report.eval_id)} | {name} | {passed} | {_MARKS[gate.verdict]} {gate.verdict}{reason} |"


def _cell(text: str) -> str:
    """Words of others in a cell of a table, where a bar ends the cell even in code."""
    return code_span(text).replace("|", "\\|")


def _totals(found: Sequence[EvalReport]) -> Iterator[str]:
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for report in found:
        for severity, tally in report.by_severity.items():
            passed[severity] += tally.passed
            total[severity] += tally.total
    words = [f"{name} {passed[name]} of {total[name]}" for name in SEVERITIES if total[name]]
    yield f"Passed by severity: {', '.join(words)}. {_cost(found)}" if words else _cost(found)


def _cost(found: Sequence[EvalReport]) -> str:
    if not found:
        return "Nothing was run."
    if all(report.target.is_scripted for report in found):
        return "The targets are scripted, so no model was asked."
    known = [report.cost_usd for report in found if report.cost_usd is not None]
    return f"It cost {sum(known):.2f} USD." if len(known) == len(found) else "What it cost is not known."


def _open_case(report: EvalReport, case: CaseReport, cases: Mapping[str, Case]) -> Iterator[str]:
    known = cases.get(case.case_id)
    place = f" · {code_span(f'{known.place.path}:{known.place.line}')}" if known else ""
    at = f"{code_span(case.case_id)} at {code_span(report.target.name)}"
    repeats = f", {case.passes} of {len(case.trials)} passed" if len(case.trials) > 1 else ""
    yield f"- {_MARKS[case.outcome]} {case.outcome} {at} ({case.severity}){repeats}{place}"
    for fault in dict.fromkeys(trial.fault.message for trial in case.trials if trial.fault):
        yield f"  - {code_span(fault)}"
    for check in _failed_checks(case):
        yield f"  - {code_span(check.check)}: {code_span(check.reason)}"


def _failed_checks(case: CaseReport) -> Iterable[CheckResult]:
    """The first result of each check that did not pass and decides."""
    found: dict[tuple[str, str], CheckResult] = {}
    for trial in case.trials:
        for check in trial.checks:
            if check.level == "must" and check.outcome not in ("passed", "skipped"):
                found.setdefault((check.reply, check.check), check)
    return found.values()


def _compared(compared: TargetComparison, *, room: int) -> str:
    whole = compared.whole
    sides = f"{_side(compared.before)} to {_side(compared.after)}"
    words = f"{whole.lost} lost and {whole.gained} gained of {whole.cases} compared"
    chance = "" if whole.p_value is None else f" (p = {whole.p_value:.3f})"
    reasons = Counter(found.reason for found in compared.left_out)
    left_out = f"; not compared: {', '.join(f'{count} {why}' for why, count in reasons.items())}" if reasons else ""
    head = f"\n**Since then:** {words}{chance}{left_out}, from {sides}.\n"
    if not compared.flips:
        return head
    blocks = (_flip(pair) for pair in compared.flips)
    title = f"{len(compared.flips)} cases flipped"
    return head + _folded(title, blocks, of=len(compared.flips), room=room - len(head), is_open=True)


def _side(side: Side) -> str:
    return f"{code_span(side.target.name)} in {code_span(side.run_id) if side.run_id else 'the baseline'}"


def _flip(pair: CasePair) -> str:
    turned = f"{_MARKS[pair.before.outcome]} to {_MARKS[pair.after.outcome]}"
    word = "lost" if is_loss(pair) else "gained"
    place = code_span(f"{pair.place.path}:{pair.place.line}")
    return f"- {turned} {word} {code_span(pair.case_id)} ({pair.severity}) · {place}"


def _folded(title: str, blocks: Iterable[str], *, of: int, room: int, is_open: bool = False) -> str:
    """As many of the blocks as there is room for, below a title that opens and closes."""
    parts = [f"\n<details{' open' if is_open else ''}><summary>{title}</summary>\n\n"]
    left = room - len(parts[0]) - _SPACE_FOR_ENDS
    for number, block in enumerate(blocks):
        if len(block) > left:
            parts.append(f"- and {of - number:,} more, which `evalc compare` and the run's own summary list\n")
            break
        parts.append(f"{block}\n")
        left -= len(block) + 1
    return "".join([*parts, "\n</details>\n"])
