"""Runs of cases on scripted targets: what the engine makes of each trial."""

import json
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import MemoryLoader
from evalc.base.render import render_text
from evalc.base.scrub import Scrubber
from evalc.model.exchange import Response
from evalc.model.result import CheckResult, TrialResult
from evalc.model.settings import RunSettings
from evalc.planning.bind import open_targets
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.run.context import RunContext
from evalc.run.engine import run_plan
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import read_run
from tests.phases.analysis import with_eval
from tests.run.virtual import LoopClock, run_virtually
from tests.text_cases import write_files

MAKES = ("results",)


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The results of all cases of `cases.evalc` on the targets of `evalc.toml`, with its judge where there is one."""
    write_files(sections, folder)
    beside = {name: text for name, text in sections.items() if name.endswith(".json")}
    compiled = compile_loaded(MemoryLoader({"cases.evalc": with_eval(sections["cases.evalc"]), **beside}))
    policy, findings = read_policy(folder / "evalc.toml")
    settings = RunSettings(
        targets=tuple(binding.name for binding in policy.targets),
        judge=next(iter([*policy.panels, *(binding.name for binding in policy.judges)]), None),
    )
    plan, more = make_plan(compiled.catalog, policy, settings=settings)
    for found in (compiled.findings, findings, more):
        assert not found, render_text(found, colour=False)
    opened, _ = open_targets(plan, policy, secret=lambda name: None)
    with create_log(folder / "results", plan, context=LogContext(Scrubber({}))) as log:
        context = RunContext(policy.limits, clock=LoopClock(), random=lambda: 0.5)
        run_virtually(run_plan(plan, opened, log=log, context=context))
    run, _ = read_run(log.folder)
    return {"results": "".join(line for result in run.results for line in _lines(result))}


def _lines(result: TrialResult) -> Iterator[str]:
    calls = "1 call" if result.attempts == 1 else f"{result.attempts} calls"
    yield f"{result.trial.id} {result.outcome} ({calls})\n"
    if result.fault:
        yield f"  {result.fault.kind}: {result.fault.message}\n"
    for response in result.responses:
        yield from _transcript_lines(response)
    for check in result.checks:
        yield from _check_lines(check)


def _transcript_lines(response: Response) -> Iterator[str]:
    """What was said between the question and the answer."""
    for message in response.transcript:
        if message.role == "tool":
            yield f"  < {'error: ' if message.is_error else ''}{message.text}\n"
        elif message.text:
            yield f"  > {message.text}\n"
        for call in message.tool_calls:
            yield f"  > {call.name} {json.dumps(call.arguments)}\n"
    if response.transcript:
        yield f"  > {response.text} ({response.finish_reason})\n"


def _check_lines(check: CheckResult) -> Iterator[str]:
    reply = f" of {check.reply}" if check.reply else ""
    level = "" if check.level == "must" else f" ({check.level})"
    yield f"  {check.check}{reply}{level} {check.outcome}: {check.reason}\n"
    for word in check.criteria:
        verdict = word.verdict if word.score is None else f"{word.score:g}"
        yield f"    {word.criterion} {verdict}: {word.reason} {shlex.join(word.evidence)}\n"
