"""A row of the fault matrix, and how it is played: a whole run over real sockets, in which waits take no time."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import JsonValue

from evalc.model.catalog import Catalog, Turn
from evalc.model.event import Ending
from evalc.model.result import Outcome, TrialResult
from evalc.model.settings import RunSettings
from evalc.planning.bind import open_targets
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.run.context import RunContext
from evalc.run.engine import run_plan
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import read_run
from tests.builders import make_case, make_check, make_eval
from tests.servers.chat import serve_chat
from tests.servers.loopback import Call, Script

KEY = "sk-0123456789abcdef"


@dataclass(frozen=True)
class Row:
    """A fault, what evalc does about it, and how that shows.

    `fault` and `does` are the row of the table in the guide. `outcome` is that of the only trial, None where it has no
    result and waits to be resumed; `says` is a part of what its fault or its failed check says; `waits_s` is how long
    was waited in all where nothing is left to chance.
    """

    fault: str
    does: str
    script: Script
    outcome: Outcome | None = "passed"
    calls: int = 1
    kind: str = ""
    says: str = ""
    waits_s: float = 0.0
    options: Mapping[str, JsonValue] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)
    is_judged: bool = False
    is_secure: bool = False


@dataclass(frozen=True)
class Played:
    """What came of a row."""

    ending: Ending
    reason: str
    result: TrialResult | None
    calls: list[Call]
    waited_s: float
    written: bytes


class SkippingClock:
    """A clock that jumps over every wait of the engine, while servers and sockets take the time that they take."""

    def __init__(self) -> None:
        self.waited_s = 0.0

    def monotonic(self) -> float:
        return self.waited_s

    def utc(self) -> datetime:
        return datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC) + timedelta(seconds=self.waited_s)

    async def sleep(self, duration_s: float) -> None:
        self.waited_s += duration_s
        await asyncio.sleep(0)


def play(row: Row, folder: Path) -> Played:
    """A run of one case against a server that does what the row says, on which no wait is drawn longer than it must."""
    clock = SkippingClock()
    with serve_chat(row.script, is_secure=row.is_secure) as server:
        (folder / "evalc.toml").write_text(_policy(row, server.url))
        policy, findings = read_policy(folder / "evalc.toml")
        assert not findings, [found.message for found in findings]
        settings = RunSettings(targets=("served",), judge="served" if row.is_judged else None)
        plan, findings = make_plan(_catalog(row), policy, settings=settings)
        assert not findings.has_errors
        opened, scrubber = open_targets(plan, policy, secret={"KEY": KEY}.get)
        with create_log(folder / "results", plan, context=LogContext(scrubber)) as log:
            context = RunContext(policy.limits, clock=clock, random=lambda: 0.0)
            ended = asyncio.run(run_plan(plan, opened, log=log, context=context))
    results = read_run(log.folder)[0].results
    written = b"".join(path.read_bytes() for path in log.folder.rglob("*") if path.is_file())
    return Played(ended.ending, ended.reason, next(iter(results), None), server.calls, clock.waited_s, written)


def _policy(row: Row, url: str) -> str:
    usual: dict[str, JsonValue] = {"type": "openai", "base_url": url, "model": "m-1", "key": "KEY"}
    tables: dict[str, Mapping[str, JsonValue]] = {
        "targets.served": usual | dict(row.options),
        "judges.served": usual,
        "limits": {"concurrency": 1, "attempt_timeout_s": 20, **row.limits},
    }
    lines = []
    for name, values in tables.items():
        lines += [f"[{name}]", *(f"{member} = {_toml(value)}" for member, value in values.items())]
    return "\n".join(lines) + "\n"


def _toml(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _catalog(row: Row) -> Catalog:
    checks = [make_check("yes"), *([make_check("says-yes", is_judged=True)] if row.is_judged else [])]
    turns = (Turn(role="user", text="Is it so?"),)
    case = make_case("c").model_copy(update={"checks": tuple(checks), "turns": turns})
    return Catalog(evals=(make_eval([case]),))
