"""A run of three cases twice, and its log."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evalc.base.scrub import Scrubber
from evalc.model.plan import Plan
from evalc.model.result import Outcome, TrialResult
from evalc.store.log import Log, LogContext
from evalc.store.open import create_log, hold_log
from tests.builders import make_case, make_eval, make_run

MOMENT = datetime(2026, 3, 4, 5, 6, 7, 890_000, tzinfo=UTC)
CONTEXT = LogContext(Scrubber({}), utc=lambda: MOMENT)
NAMES = ("france", "spain", "italy")

RUN = make_run(make_eval([make_case(name) for name in NAMES]), {name: ["passed", "failed"] for name in NAMES})


def write_run(folder: Path, results: Sequence[TrialResult], *, plan: Plan = RUN.plan, ends: bool = False) -> Path:
    """The folder of a run whose log holds these results."""
    with create_log(folder, plan, context=CONTEXT) as log:
        add(log, results)
        if ends:
            log.finish("complete")
        return log.folder


def add(log: Log, results: Sequence[TrialResult]) -> None:
    """Write results and bring them to disk."""
    for result in results:
        log.write(result)
    asyncio.run(log.sync())


def resume_log(folder: Path, *rerun: Outcome) -> Log:
    """The log of a run that goes on."""
    with hold_log(folder, rerun=rerun) as held:
        return held.resume(CONTEXT)


def ids_of(plan: Plan) -> list[str]:
    """The ids of a plan's trials."""
    return [trial.id for trial in plan.trials]


def content_of(folder: Path) -> bytes:
    """The log as it is on disk."""
    return (folder / "events.jsonl").read_bytes()


def ends_of(content: bytes) -> list[int]:
    """Where the plan of a log ends, and each line behind it."""
    plan = content.index(b'{"kind":"planned"')
    return [at + 1 for at, byte in enumerate(content) if byte == ord("\n") and at > plan]
