"""The summary of a run as a person reads it: what failed, why, and where in the spec."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from evalc.base.visible import visible
from evalc.cli.console import Painter, Style
from evalc.model.catalog import Case, Check, Eval
from evalc.model.report import CaseReport, EvalReport, GateVerdict, Report
from evalc.model.result import CheckResult, Outcome, TrialResult

STYLES: dict[Outcome | GateVerdict, Style] = {
    "passed": "good",
    "failed": "bad",
    "errored": "open",
    "unscored": "open",
    "skipped": "dim",
    "inconclusive": "open",
}
MARKS: dict[Outcome | GateVerdict, str] = {
    "passed": "✓",
    "failed": "✗",
    "errored": "!",
    "unscored": "?",
    "skipped": "-",
    "inconclusive": "?",
}

_TIMES = ("answered in", "first token")


def render_summary(report: Report, evals: Sequence[Eval], *, colour: bool) -> str:
    """Each case that did not pass with its reason and place, then a table of the evals with their gates."""
    paint = Painter(colour=colour)
    cases = {case.id: case for eval_ in evals for case in eval_.cases}
    lines: list[str] = []
    for eval_report in report.evals:
        lines += render_open_cases(eval_report, cases, paint=paint)
    lines += _table(report.evals, paint)
    for eval_report in report.evals:
        lines += _panel(eval_report, paint)
    lines += _canaries(report.evals, paint)
    return "\n".join(lines) + "\n"


def render_open_cases(report: EvalReport, cases: Mapping[str, Case], *, paint: Painter) -> Iterator[str]:
    """The cases that did not pass, or passed against advice, with the checks that say so and their places."""
    shown = [case for case in report.cases if case.outcome != "passed" or _advice(case) or case.people]
    not_passed = report.tally.total - report.tally.passed
    others = not_passed - sum(case.outcome != "passed" for case in report.cases)
    if not shown and not others:
        return
    yield paint(f"{report.eval_id} · {report.target.name}", "bold")
    skipped = Counter(reason for case_report in shown if (reason := case_report.reason_not_asked))
    for case_report in shown:
        if not case_report.reason_not_asked:
            yield from _case(case_report, cases[case_report.case_id], paint)
    if others:
        more = f"{others:,} more case{'' if others == 1 else 's'} that did not pass"
        yield f"  ... and {more}: evalc export {report.run_id} --format csv"
    for reason, count in skipped.items():
        yield f"  {paint('- skipped', 'dim')} {count} case{'' if count == 1 else 's'}"
        yield f"      {visible(reason)}"
    yield ""


def _case(report: CaseReport, case: Case, paint: Painter) -> Iterator[str]:
    mark = paint(f"{MARKS[report.outcome]} {report.outcome}", STYLES[report.outcome])
    repeats = f" {report.passes} of {len(report.trials)} passed" if len(report.trials) > 1 else ""
    repeats += f", flaky: {report.passes / report.decided:.0%}" if report.is_flaky else ""
    name = report.case_id.split("/", 2)[-1]
    yield f"  {mark} {name} ({report.severity}){repeats}  {paint(f'{case.place.path}:{case.place.line}', 'dim')}"
    for fault in dict.fromkeys(trial.fault.message for trial in report.trials if trial.fault):
        yield f"      {visible(fault)}"
    checks = _checks_by_name(case)
    for results in _open_checks(report.trials):
        yield from _check(results, checks.get(results[0].check), paint=paint, of=len(report.trials))
    for said in report.people:
        of = f", {said.criterion}" if said.criterion else ""
        words = f"{said.by} says of {said.check}{of} in {said.trial_id}: {said.verdict}, for {said.reason}"
        yield f"      {paint('person', 'open')} {visible(words)}"


def _open_checks(trials: Sequence[TrialResult]) -> list[list[CheckResult]]:
    """The results that did not pass, those of one check together, for repeats often fail alike."""
    found: dict[tuple[str, str], list[CheckResult]] = {}
    for trial in trials:
        for result in trial.checks:
            if result.outcome not in ("passed", "skipped"):
                found.setdefault((result.reply, result.check), []).append(result)
    return list(found.values())


def _check(results: Sequence[CheckResult], check: Check | None, *, paint: Painter, of: int) -> Iterator[str]:
    """The first of several results of one check, with how often it came."""
    first = results[0]
    place = f"  {paint(f'{check.place.path}:{check.place.line}', 'dim')}" if check else ""
    level = "" if first.level == "must" else paint(f" ({first.level}: reported only)", "dim")
    often = f", {len(results)} of {of} times" if of > 1 else ""
    reply = f"{first.reply} " if first.reply else ""
    yield f"      {reply}{first.check}{level}{often}{place}"
    # A sign of ours stands before words of others, which GitHub would else take for commands of a workflow.
    yield f"          - {visible(first.reason)}"
    for criterion in first.criteria:
        word = criterion.verdict or (f"{criterion.score:g}" if criterion.score is not None else "")
        yield paint(f"          {criterion.criterion} {word}: {visible(criterion.reason)}", "dim")


def _checks_by_name(case: Case) -> dict[str, Check]:
    replies = [check for reply in case.replies for check in reply.checks]
    return {check.name: check for check in (*replies, *case.checks)}


def _advice(report: CaseReport) -> bool:
    return any(check.outcome == "failed" for trial in report.trials for check in trial.checks)


def _table(reports: Sequence[EvalReport], paint: Painter) -> Iterator[str]:
    times = [*_times(reports)]
    rows = [(*row[:-1], *found, row[-1]) for row, *found in zip(map(_row, reports), *times, strict=True)]
    header = ("eval", "target", "passed", "rate", "95 % interval", *_TIMES[: len(times)], "gate")
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    yield paint("  ".join(text.ljust(width) for text, width in zip(header, widths, strict=True)).rstrip(), "dim")
    for report, row in zip(reports, rows, strict=True):
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=True)]
        cells[-1] = paint(row[-1], STYLES[report.gate.verdict])
        yield "  ".join(cells)
        if report.gate.verdict != "passed":
            yield paint(f"    {visible(report.gate.reason)}", "dim")
        yield from (paint(f"    {line}", "dim") for line in _reliability(report))


def _times(reports: Sequence[EvalReport]) -> Iterator[tuple[str, ...]]:
    """A column of times to answer, where any are known, and one of times to a first token, where any was streamed."""
    timings = [report.timing for report in reports]
    if any(timings):
        yield tuple(_time(found.median_s, found.most_s) if found else "" for found in timings)
    if any(found.streamed for found in timings if found):
        yield tuple(_time(found.first_token_median_s, found.first_token_most_s) if found else "" for found in timings)


def _time(median_s: float | None, most_s: float | None) -> str:
    return "" if median_s is None or most_s is None else f"{median_s:.2f} s, 95 % {most_s:.2f} s"


def _reliability(report: EvalReport) -> Iterator[str]:
    """What the repeats say where they do not all end alike."""
    longest = report.reliability[-1] if report.reliability else None
    if longest and longest.any_passes != longest.all_pass:
        cases = f"{longest.cases} case{'' if longest.cases == 1 else 's'}"
        rates = f"one passes at least in {longest.any_passes:.0%}, all pass in {longest.all_pass:.0%}"
        yield f"of {longest.repeats} repeats of {cases}: {rates}"


def _canaries(reports: Sequence[EvalReport], paint: Painter) -> Iterator[str]:
    """What became of the answers with a known verdict, once for all targets of a run."""
    by_eval = {(report.run_id, report.eval_id): report for report in reports}
    put = sum(report.canaries.put for report in by_eval.values())
    if not put:
        return
    wrong = [
        f"{eval_id}: the judge {sentence}"
        for (_, eval_id), report in by_eval.items()
        for sentence in (*report.canaries.too_mild, *report.canaries.too_strict)
    ]
    yield f"canaries: {put} put to the judge, {len(wrong)} judged wrongly"
    yield from (paint(f"    {visible(line)}", "bad") for line in wrong)


def _panel(report: EvalReport, paint: Painter) -> Iterator[str]:
    """How far the judges of a panel agree, and what a person should look at."""
    for found in report.agreement:
        figure = found.alpha
        if figure.value is None or figure.interval is None:
            measured = "too little varies for a figure"
        else:
            measured = f"alpha {figure.value:.2f} ({figure.interval.low:.2f} to {figure.interval.high:.2f})"
        answers = f"{found.answers} answer{'' if found.answers == 1 else 's'}"
        yield f"panel on {report.eval_id}/{found.rubric}, {found.criterion}: {measured} over {answers}"
        for split in found.splits:
            yield paint(f"    {split.trial_id} {split.check}: {split.words}", "open")


def _row(report: EvalReport) -> tuple[str, ...]:
    tally, interval = report.tally, report.interval
    undecided = "".join(
        f", {count} {word}"
        for word, count in (("errored", tally.errored), ("unscored", tally.unscored), ("skipped", tally.skipped))
        if count
    )
    return (
        report.eval_id,
        f"{report.target.name}{' (scripted)' if report.target.is_scripted else ''}",
        f"{tally.passed} of {tally.total}{undecided}",
        "" if tally.rate is None else f"{tally.rate:.0%}",
        f"{interval.low:.0%} to {interval.high:.0%}" if interval else "",
        f"{MARKS[report.gate.verdict]} {report.gate.verdict}",
    )
