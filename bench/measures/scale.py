"""What memory runs of up to 100,000 trials take, what is said of them, and how soon such a run goes on."""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import EVALC, Figure, run_command
from bench.runs import Workspace, make_workspace, serve

_TARGET = ("--target", "served")
_BEFORE, _MOST = 10_000, 100_000


def measure() -> Iterator[Figure]:
    """Memory by the number of cases and of repeats; that of a gate and of exports; resuming."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        yield from _cases(root)
        yield from _repeats(root)
        yield from _resume(root)


def _cases(root: Path) -> Iterator[Figure]:
    runs: dict[int, float] = {}
    checks: dict[int, float] = {}
    for cases in (1_000, _BEFORE, _MOST):
        workspace = make_workspace(root / f"cases-{cases}", cases)
        with serve() as endpoint:
            runs[cases] = workspace.run(endpoint, *_TARGET).memory_mb
        environment = {"XDG_CACHE_HOME": f"{root}/none"}
        checks[cases] = run_command([*EVALC, "check"], folder=workspace.folder, environment=environment).memory_mb
        target = 120 if cases == _BEFORE else None
        name = f"evalc run, {cases} cases, memory"
        yield Figure(name, runs[cases], "MB", "evalc check", checks[cases], target, "value")
    yield _growth("a case beyond 10,000", runs[_BEFORE], runs[_MOST])
    yield from _reading(workspace, f"{_MOST} cases")


def _repeats(root: Path) -> Iterator[Figure]:
    workspace = make_workspace(root / "repeats", 1_000)
    memory: dict[int, float] = {}
    for trials in (_BEFORE, _MOST):
        with serve() as endpoint:
            memory[trials] = workspace.run(endpoint, *_TARGET, "--repeat", str(trials // 1_000)).memory_mb
        yield Figure(f"evalc run, 1000 cases, {trials} trials, memory", memory[trials], "MB", target=120)
    yield _growth("a trial beyond 10,000", memory[_BEFORE], memory[_MOST])
    yield from _reading(workspace, f"1000 cases, {_MOST} trials")


def _growth(what: str, before_mb: float, most_mb: float) -> Figure:
    return Figure(f"... {what}", (most_mb - before_mb) * 1024 / (_MOST - _BEFORE), "KB", target=1)


def _reading(workspace: Workspace, size: str) -> Iterator[Figure]:
    """What those take that read the run which was made last."""
    for words in (("gate",), ("export", "--format", "csv"), ("verify",)):
        cost = run_command([*EVALC, *words], folder=workspace.folder, codes=(0, 1), environment=workspace.environment)
        yield Figure(f"evalc {words[0]}, {size}, memory", cost.memory_mb, "MB")
        yield Figure("... CPU", cost.cpu_s, "s")


def _resume(root: Path) -> Iterator[Figure]:
    workspace = make_workspace(root / "resume", 1)
    for finished in (1_000, _MOST):
        with serve() as endpoint:
            workspace.bind(endpoint)
            run_command([sys.executable, "-m", "bench.logs", str(workspace.folder), str(finished), "50"])
            started = time.monotonic()
            cost = workspace.run(endpoint, "--resume")
            first_s = endpoint.counts().first_at - started
        target = 2.0 if finished == _MOST else None
        yield Figure(f"evalc run --resume, {finished} finished, to the first call", first_s, "s", target=target)
        yield Figure(f"evalc run --resume, {finished} finished, memory", cost.memory_mb, "MB")
