"""A log as text for `git diff`: what was found and said, without times and ids of runs."""

from collections.abc import Iterator, Sequence

from evalc.base.visible import visible
from evalc.model.plan import TargetCard
from evalc.model.result import CheckResult, RunResult, TrialResult
from evalc.store.scan import LogFinding


def render_log(run: RunResult, findings: Sequence[LogFinding]) -> str:
    """Who was asked, then each trial in the order of ids: two runs differ only where they found something else."""
    return "".join(f"{line}\n" for line in _lines(run, findings))


def _lines(run: RunResult, findings: Sequence[LogFinding]) -> Iterator[str]:
    for target in run.plan.targets:
        yield f"target {_card(target)}"
    if run.plan.judge:
        yield f"judge {_card(run.plan.judge)}"
    for finding in findings:
        yield f"damaged: {visible(finding.message)}"
    for result in sorted(run.results, key=lambda result: result.trial.id):
        yield ""
        yield from _trial(result)


def _card(card: TargetCard) -> str:
    return visible(f"{card.name}: {card.type} {card.model}".rstrip())


def _trial(result: TrialResult) -> Iterator[str]:
    yield f"{visible(result.trial.id)} {result.outcome}"
    if result.fault:
        yield f"  fault: {visible(result.fault.message)}"
    for response in result.responses:
        for call in response.tool_calls:
            yield f"  calls {visible(call.name)} {visible(str(call.arguments))}"
        yield from (f"  | {visible(line)}" for line in response.text.splitlines())
    for check in result.checks:
        yield from _check(check)


def _check(check: CheckResult) -> Iterator[str]:
    reply = f"{check.reply} " if check.reply else ""
    level = " (should)" if check.level == "should" else ""
    yield f"  {visible(f'{reply}{check.check}')}{level} {check.outcome}: {visible(check.reason)}"
    for criterion in check.criteria:
        word = criterion.verdict or ("" if criterion.score is None else f"{criterion.score:g}")
        yield f"    {visible(criterion.criterion)} {word}: {visible(criterion.reason)}"
