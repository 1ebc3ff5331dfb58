"""Logs of every version that there was stay readable and go on."""

import asyncio
import shutil
from pathlib import Path

import pytest

from evalc.base.scrub import Scrubber
from evalc.model.result import RunResult, TrialResult
from evalc.model.stored import LOG_FORMAT_VERSION
from evalc.store.log import LogContext
from evalc.store.open import hold_log
from evalc.store.read import read_run

LOGS = Path(__file__).parent / "logs"
VERSIONS = range(1, LOG_FORMAT_VERSION + 1)


def read_copy(version: int, folder: Path) -> RunResult:
    """The run in a copy of the log of a version, which has nothing wrong."""
    shutil.copy(LOGS / f"version-{version}.jsonl", folder / "events.jsonl")
    run, findings = read_run(folder)
    assert () == findings
    return run


def test_each_version_has_a_log_here() -> None:
    """The log of a version is written by it, and never again: this one's is here for the day when it is old."""
    kept = {f"version-{number}{end}" for number in VERSIONS for end in (".jsonl", ".read.json")}

    assert kept == {path.name for path in LOGS.iterdir()}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_log_of_each_version_is_read_as_it_always_was(version: int, tmp_path: Path) -> None:
    """Members that came later have their defaults; all else is what the log says, to the last word of a judge."""
    read = read_copy(version, tmp_path).model_dump_json(indent=1, exclude_defaults=True)

    assert (LOGS / f"version-{version}.read.json").read_text("utf-8") == f"{read}\n"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_log_of_each_version_goes_on(version: int, tmp_path: Path) -> None:
    """What lacks a result, or errored, is asked by an evalc of today, into the same log; all else stays."""
    before = read_copy(version, tmp_path)
    with hold_log(tmp_path, rerun=("errored",)) as held, held.resume(LogContext(Scrubber({}))) as log:
        asked = {trial.id for trial in held.work.plan().trials}
        for trial in held.work.plan().trials:
            log.write(TrialResult(trial=trial, outcome="failed"))
        asyncio.run(log.sync())
        log.finish("complete")
    after, findings = read_run(tmp_path)

    assert () == findings
    assert before.plan == after.plan
    assert asked
    assert [trial.id for trial in after.plan.trials] == [result.trial.id for result in after.results]
    assert [result for result in before.results if result.trial.id not in asked] == [
        result for result in after.results if result.trial.id not in asked
    ]
    assert {"failed"} == {result.outcome for result in after.results if result.trial.id in asked}
