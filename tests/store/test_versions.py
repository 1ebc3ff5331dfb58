"""Logs of every version that there was stay readable and go on."""

import asyncio
import shutil
from pathlib import Path

import pytest

from evalc.base.scrub import Scrubber
from evalc.model.result import TrialResult
from evalc.model.stored import LOG_FORMAT_VERSION
from evalc.store.log import LogContext
from evalc.store.open import hold_log
from evalc.store.read import read_run

LOGS = Path(__file__).parent / "logs"


def test_each_earlier_version_has_a_log_here() -> None:
    """A new version is made by raising the number, and then the old one has to be kept as it was."""
    kept = {f"version-{number}.jsonl" for number in range(1, LOG_FORMAT_VERSION)}

    assert kept == {path.name for path in LOGS.iterdir()}


@pytest.mark.parametrize("name", [path.name for path in sorted(LOGS.iterdir())])
def test_a_log_of_an_earlier_version_is_read_and_goes_on(name: str, tmp_path: Path) -> None:
    """Three of four results are there: the last trial is asked by an evalc of today, into the same log."""
    shutil.copy(LOGS / name, tmp_path / "events.jsonl")
    before, findings = read_run(tmp_path)
    with hold_log(tmp_path) as held, held.resume(LogContext(Scrubber({}))) as log:
        for trial in held.plan.trials:
            log.write(TrialResult(trial=trial, outcome="failed"))
        asyncio.run(log.sync())
        log.finish("complete")
    after, more = read_run(tmp_path)

    assert ((), ()) == (findings, more)
    assert ["france@1", "france@2", "peru@1", "peru@2"] == [trial.id.split("/")[-1] for trial in before.plan.trials]
    assert "What is the capital of Peru?" == before.plan.evals[0].cases[1].turns[-1].text
    assert before.plan == after.plan
    assert before.results == tuple(result for result in after.results if result.outcome == "passed")
    assert len(after.results) == len(after.plan.trials)
