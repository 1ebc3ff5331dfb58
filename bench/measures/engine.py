"""How fast whole runs are beside a bare loop of httpx, and what syncing and a kill cost."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from bench.measure import EVALC, EVALC_UNSYNCED, Cost, Figure, interleave, run_command
from bench.runs import Endpoint, Workspace, make_workspace, serve

_TARGET = ("--target", "served")
_JUDGE = (*_TARGET, "--judge", "served")
_LOOP = "httpx, a client a worker"
_CALLS = 1000
_ONE = "words-0/words-0/word/case-000000"


def measure() -> Iterator[Figure]:
    """Speed at several latencies, with and without a judge; the cost of syncing; calls that a kill makes again."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plain = make_workspace(root / "plain", _CALLS)
        judged = make_workspace(root / "judged", _CALLS, is_judged=True)
        yield from _speed(plain, judged)
        yield from _latencies(plain)
        yield from _sync(plain)
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
        start, run = interleave(
            [lambda: plain.run(endpoint, *_TARGET, _ONE), lambda: plain.run(endpoint, *_TARGET)], rounds=5
        )
    # Nobody is faster than a single core.
    calls_s = run.cpu_s - start.cpu_s
    yield Figure(f"evalc run, CPU of {_CALLS} calls without the start", calls_s, "s")
    for latency_s in (0.02, 0.2):
        for concurrency in (50, 200):
            yield from _latency(plain, latency_s, concurrency=concurrency, calls_s=calls_s)


def _latency(plain: Workspace, latency_s: float, *, concurrency: int, calls_s: float) -> Iterator[Figure]:
    run, bare = interleave(
        [
            lambda: _seen(latency_s, lambda endpoint: plain.run(endpoint, *_TARGET, concurrency=concurrency)),
            lambda: _seen(latency_s, lambda endpoint: _bare(endpoint.url, plain, concurrency)),
        ],
        rounds=5,
    )
    ideal = _CALLS * latency_s / concurrency
    name = f"evalc run, {latency_s * 1000:g} ms, {concurrency} at a time"
    yield Figure(f"{name}, first call to last answer", run.asking_s, "s", "ideal", ideal, 1.15, "ratio")
    if calls_s > ideal:
        yield Figure("... beside the CPU of its calls", run.asking_s, "s", "their CPU", calls_s, 1.15, "ratio")
    yield Figure("... of httpx alone", bare.asking_s, "s", "ideal", ideal)
    yield Figure(f"{name}, wall", run.wall_s, "s", _LOOP, bare.wall_s)


def _seen(latency_s: float, contender: Callable[[Endpoint], Cost]) -> Cost:
    """What a contender took, and how long an endpoint that nobody asked before was asked."""
    with serve(latency_s) as endpoint:
        cost = contender(endpoint)
        return replace(cost, asking_s=endpoint.asking_s())


def _sync(plain: Workspace) -> Iterator[Figure]:
    """What it costs that each result is on disk before it is shown."""
    for latency_s in (0.0, 0.02):
        with serve(latency_s) as endpoint:
            synced, unsynced = interleave(
                [
                    lambda: plain.run(endpoint, *_TARGET, concurrency=200),  # Called at once.
                    lambda: plain.run(endpoint, *_TARGET, concurrency=200, evalc=EVALC_UNSYNCED),
                ],
                rounds=7,
            )
        name = f"evalc run, {latency_s * 1000:g} ms, 200 at a time, synced"
        yield Figure(f"{name}, wall", synced.wall_s, "s", "not synced", unsynced.wall_s, 1.1, "ratio")
        yield Figure(f"{name}, CPU", synced.cpu_s, "s", "not synced", unsynced.cpu_s, 1.1, "ratio")


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
