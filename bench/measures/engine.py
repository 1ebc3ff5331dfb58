"""How fast whole runs are beside a bare loop of httpx, what memory they take, and what a kill costs."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import EVALC, Cost, Figure, interleave, run_command
from bench.runs import Workspace, make_workspace, serve

_TARGET = ("--target", "served")
_JUDGE = (*_TARGET, "--judge", "served")
_LOOP = "httpx, a client a worker"
_CALLS = 1000


def measure() -> Iterator[Figure]:
    """Speed at several latencies, with and without a judge; memory by size; resuming, and resuming after a kill."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plain = make_workspace(root / "plain", _CALLS)
        judged = make_workspace(root / "judged", _CALLS, is_judged=True)
        yield from _speed(plain, judged)
        yield from _latencies(plain)
        yield from _memory(root)
        yield from _resume(root)
        yield from _kill(root)


def _bare(url: str, workspace: Workspace, concurrency: int) -> Cost:
    command = [sys.executable, "-m", "bench.bare_loop", url, str(workspace.cases), str(concurrency)]
    return run_command(command)


def _speed(plain: Workspace, judged: Workspace) -> Iterator[Figure]:
    with serve() as endpoint:
        run, bare, with_judge = interleave(
            [
                lambda: plain.run(endpoint, *_TARGET),
                lambda: _bare(endpoint.url, plain, 50),
                lambda: judged.run(endpoint, *_JUDGE),
            ],
            rounds=5,
        )
    name = f"evalc run, {_CALLS} cases, 50 at a time, 0 ms"
    yield Figure(f"{name}, wall", run.wall_s, "s", _LOOP, bare.wall_s, target=1.6, target_of="ratio")
    yield Figure(f"{name}, CPU", run.cpu_s, "s", _LOOP, bare.cpu_s, target=1.6, target_of="ratio")
    yield Figure(f"{name}, a judge's call each", with_judge.wall_s, "s", "none", run.wall_s, 2.2, "ratio")


def _latencies(plain: Workspace) -> Iterator[Figure]:
    with serve() as endpoint:
        start = plain.run(endpoint, *_TARGET, "words-0/words-0/word/case-000000").wall_s
    for latency_s in (0.02, 0.2):
        for concurrency in (50, 200):
            ideal = _CALLS * latency_s / concurrency
            with serve(latency_s) as endpoint:
                run, bare = interleave(
                    [
                        lambda: plain.run(endpoint, *_TARGET, concurrency=concurrency),  # noqa: B023  # Called at once.
                        lambda: _bare(endpoint.url, plain, concurrency),  # noqa: B023  # Called at once.
                    ],
                    rounds=3,
                )
            name = f"evalc run, {latency_s * 1000:g} ms, {concurrency} at a time, wall"
            yield Figure(name, run.wall_s - start, "s", "ideal, without the start", ideal, 1.15, "ratio")
            yield Figure(name, run.wall_s, "s", _LOOP, bare.wall_s)


def _memory(root: Path) -> Iterator[Figure]:
    before: tuple[int, float] | None = None
    for cases in (1_000, 10_000, 100_000):
        workspace = make_workspace(root / f"memory-{cases}", cases)
        with serve() as endpoint:
            run = workspace.run(endpoint, *_TARGET)
        check = run_command([*EVALC, "check"], folder=workspace.folder, environment={"XDG_CACHE_HOME": f"{root}/none"})
        target = 120 if cases == 10_000 else None
        yield Figure(
            f"evalc run, {cases} cases, memory", run.memory_mb, "MB", "evalc check", check.memory_mb, target, "value"
        )
        beyond = run.memory_mb - check.memory_mb
        if before:
            grown = (beyond - before[1]) * 1024 / (cases - before[0])
            yield Figure(f"... of the run itself, a case beyond {before[0]}", grown, "KB", target=1, target_of="value")
        before = (cases, beyond)


def _resume(root: Path) -> Iterator[Figure]:
    workspace = make_workspace(root / "resume", 1)
    for finished in (1_000, 100_000):
        with serve() as endpoint:
            workspace.bind(endpoint)
            run_command([sys.executable, "-m", "bench.logs", str(workspace.folder), str(finished), "50"])
            started = time.monotonic()
            cost = workspace.run(endpoint, "--resume")
            first_s = endpoint.counts().first_at - started
        target = 2.0 if finished == 100_000 else None
        yield Figure(f"evalc run --resume, {finished} finished, to the first call", first_s, "s", target=target)
        yield Figure(f"evalc run --resume, {finished} finished, memory", cost.memory_mb, "MB")


def _kill(root: Path) -> Iterator[Figure]:
    workspace = make_workspace(root / "kill", _CALLS)
    with serve(0.02) as endpoint:
        workspace.bind(endpoint)
        command = [*EVALC, "run", *_TARGET, "--progress", "none", "--concurrency", "50"]
        process = subprocess.Popen(
            command, cwd=workspace.folder, env=os.environ | workspace.environment, stdout=subprocess.DEVNULL
        )
        while endpoint.counts().calls < _CALLS // 2:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        workspace.run(endpoint, "--resume")
        repeated = endpoint.counts().calls - _CALLS
    # The server has what was under way when the run was killed, and nobody has its answers.
    yield Figure("kill -9 at half, then --resume: calls made twice", repeated, "", "under way", 50, 1.2, "ratio")
