"""Whole runs in processes of their own, which can be killed, starved of disk and cut off from their terminal."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from evalc.base.scrub import Scrubber
from evalc.model.event import Event, TrialFinished
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Plan
from evalc.model.result import RunResult
from evalc.model.settings import Limits
from evalc.run.context import RunContext
from evalc.run.interrupt import run_to_end
from evalc.store.errors import CannotWrite
from evalc.store.log import LogContext
from evalc.store.open import create_log, hold_log
from evalc.store.read import list_runs, read_run
from evalc.targets.contract import OpenTargets, Target
from tests.builders import make_case, make_eval, make_run
from tests.cli.conftest import CAPITALS, POLICY

KEEPING = LogContext(Scrubber({}))
NAMES = ("france", "spain", "italy")
PLAN: Plan = make_run(make_eval([make_case(name) for name in NAMES]), {name: ["passed"] * 2 for name in NAMES}).plan


class Yes(Target):
    """A target that says yes at once, and counts."""

    def __init__(self) -> None:
        self.card = PLAN.targets[0]
        self.asked: list[str] = []

    async def ask(self, prompt: Prompt) -> Response:
        self.asked.append(prompt.key)
        return Response(text="Yes.")


def run_until_dead(results: Path, *, most_bytes: int) -> list[str]:
    """The ids of the trials that a run told of before it died by a signal, when its log had so many bytes."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        # Python ignores this signal; as the system means it, it ends the process at the write that goes too far.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

        def tell(event: Event) -> None:
            if isinstance(event, TrialFinished):
                os.write(writing, f"{event.result.trial.id}\n".encode())

        try:
            with create_log(results, PLAN, context=KEEPING) as log:
                context = RunContext(Limits(concurrency=2), watch=tell)
                run_to_end(PLAN, OpenTargets({"model": Yes()}), log=log, context=context)
        except CannotWrite:
            # A part of a record is written, and now nothing more can be done.
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        ids = told.read().split()
    os.waitpid(child, 0)
    return ids


def go_on(folder: Path) -> tuple[RunResult, list[str]]:
    """A run after it was resumed to its end, and what its target was asked for that."""
    target = Yes()
    with hold_log(folder) as held, held.resume(KEEPING) as log:
        run_to_end(held.work.plan(), OpenTargets({"model": target}), log=log, context=RunContext(Limits()))
    run, findings = read_run(folder)
    assert () == findings
    return run, target.asked


def whole_log(results: Path) -> bytes:
    """The log of a run that nothing happened to."""
    with create_log(results, PLAN, context=KEEPING) as log:
        run_to_end(PLAN, OpenTargets({"model": Yes()}), log=log, context=RunContext(Limits(concurrency=2)))
    return (log.folder / "events.jsonl").read_bytes()


def make_workspace(folder: Path, *, latency_s: float = 0.0) -> Path:
    """A folder with two cases and a scripted target, which takes a while for an answer."""
    (folder / "specs").mkdir(parents=True)
    (folder / "specs/capitals.evalc").write_text(CAPITALS)
    (folder / "evalc.toml").write_text(POLICY.replace('answers = "good"', f'answers = "good"\nlatency_s = {latency_s}'))
    return folder


RUN = ("run", "--target", "good", "--judge", "scripted")


@contextmanager
def started(
    folder: Path,
    *words: str,
    environment: Mapping[str, str] | None = None,
    most_bytes: int = 0,
    stdout: int = subprocess.PIPE,
) -> "Iterator[subprocess.Popen[str]]":
    """`evalc` in a folder, without a terminal, while the block goes on."""

    def limit() -> None:
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    with subprocess.Popen(
        [sys.executable, "-m", "evalc", *words],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=limit,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def ran(
    folder: Path, *words: str, environment: Mapping[str, str] | None = None, most_bytes: int = 0
) -> tuple[int, str]:
    """The exit code of `evalc` in a folder, and all that it said."""
    with started(folder, *words, environment=environment, most_bytes=most_bytes) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out + err


def wait_for_results(folder: Path, number: int) -> Path:
    """The folder of the only run, once its log holds so many results."""
    for _ in range(6000):
        found = list_runs(folder / "results")
        if found and (found[0] / "events.jsonl").read_bytes().count(b'{"kind":"result"') >= number:
            return found[0]
        time.sleep(0.01)
    raise AssertionError(f"there are no {number} results after a minute")
