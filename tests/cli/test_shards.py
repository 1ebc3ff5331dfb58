"""A run dealt out to several processes and merged, against the same run in one piece."""

import json
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalc.model.result import RunResult
from evalc.store.read import list_runs, read_run
from tests.cli.conftest import CAPITALS, Workspace
from tests.servers.chat import Call, ChatServer, Say, Step, is_judgement, serve_chat, verdict_on

COUNTRIES = ("france", "peru", "japan", "kenya", "norway", "chile", "egypt", "nepal", "cuba")

HEAD = CAPITALS.partition("case france")[0]

CASE = """\
case {name}: {name}
  severity: high
  input:
    What is the capital of {name}?
  must contain "{name}" as names-it
  must satisfy "Is polite to {name}" as polite
  good:
    The capital of {name} it is.
  bad (breaks polite):
    Find out about {name} yourself.

"""


def answer(call: Call) -> Step:
    """An answer that is right of most countries, and a judge who dislikes one of them and whatever is rude."""
    if is_judgement(call):
        asked = call.texts[-1]
        return verdict_on(call, "not-met" if "yourself" in asked or "capital of chile" in asked else "met")
    name = call.texts[-1].removesuffix("?").rpartition(" ")[2]
    return Say("No idea." if name == "egypt" else f"The capital of {name} it is.", latency_s=0.05)


@pytest.fixture
def served(workspace: Workspace) -> Iterator[ChatServer]:
    """A server that is target and judge of nine cases."""
    workspace.write("specs/capitals.evalc", HEAD + "".join(CASE.format(name=name) for name in COUNTRIES))
    with serve_chat(answer) as server:
        bound = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        limits = "[limits]\nconcurrency = 1\n"
        workspace.write("evalc.toml", f"[targets.served]\n{bound}[judges.served]\n{bound}{limits}")
        yield server


def command(shard: str, *more: str) -> list[str]:
    """The words that run one shard, into a folder of its own."""
    asked = ["run", "--target", "served", "--judge", "served", "--repeat", "2"]
    return [sys.executable, "-m", "evalc", *asked, "--shard", shard, "--results", f"part-{shard[0]}", *more]


def only_run(folder: Path) -> Path:
    """The folder of the only run in a folder of results."""
    (run,) = list_runs(folder)
    return run


def read(folder: Path) -> RunResult:
    """The run in a folder, whose log has nothing wrong."""
    run, findings = read_run(folder)
    assert () == findings
    return run


def said(run: RunResult) -> dict[str, object]:
    """How each trial ended and what each check said of it."""
    return {
        result.trial.id: (result.outcome, [(check.check, check.outcome, check.reason) for check in result.checks])
        for result in run.results
    }


def test_three_processes_give_what_one_does(workspace: Workspace, served: ChatServer) -> None:
    """Verdicts, canaries and gates of a merged run are those of the run that was never dealt out."""
    started = [workspace.start(command(f"{number}/3"), environment={}) for number in (1, 2, 3)]
    for process in started:
        process.communicate(timeout=120)
    parts = [str(only_run(workspace.folder / f"part-{number}")) for number in (1, 2, 3)]
    merged = workspace.evalc("merge", *parts)
    verified = workspace.evalc("verify")
    gated = workspace.evalc("gate")
    whole = workspace.evalc("run", "--target", "served", "--judge", "served", "--repeat", "2")
    together, alone = (read(folder) for folder in list_runs(workspace.folder / "results"))

    assert said(alone) == said(together)
    assert 18 == len(together.results)
    assert {"passed": 14, "failed": 4} == {
        outcome: [result.outcome for result in together.results].count(outcome) for outcome in ("passed", "failed")
    }
    assert {put.canary.id: put.outcome for put in alone.canaries} == {
        put.canary.id: put.outcome for put in together.canaries
    }
    assert alone.plan.digest == together.plan.digest
    assert (0, 0, 0, whole.returncode) == (merged.returncode, verified.returncode, gated.returncode, gated.returncode)
    assert "7 of 9" in merged.stdout
    assert f"run {together.run_id}" in gated.stdout, "the newest run is the merged one"
    assert "planned 18 = 14 passed + 4 failed" in verified.stdout


def test_a_shard_that_was_killed_goes_on_and_is_merged(workspace: Workspace, served: ChatServer) -> None:
    """One machine of three dies at the worst moment, and nothing is asked of the others again."""
    for number in (1, 3):
        workspace.run(*command(f"{number}/3"))
    process = workspace.start(command("2/3"), environment={})
    log = workspace.folder / "part-2"
    while not any('"kind":"result"' in found.read_text() for found in log.glob("*/events.jsonl")):
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    torn = read_run(only_run(log))[0]
    resumed = workspace.evalc("run", "--resume", "--results", "part-2")
    merged = workspace.evalc("merge", *(str(only_run(workspace.folder / f"part-{number}")) for number in (1, 2, 3)))
    together = read(only_run(workspace.folder / "results"))

    assert 0 < len(torn.results) < len(torn.plan.trials)
    assert 0 == resumed.returncode, resumed.stderr
    assert 0 == merged.returncode, merged.stderr
    assert 18 == len(said(together)) == len(together.results)


def test_what_does_not_belong_together_is_said(workspace: Workspace, served: ChatServer) -> None:
    """A shard of other specs, one that is there twice, one that is missing, and a gate of a part alone."""
    for number in (1, 2):
        workspace.run(*command(f"{number}/2"))
    first, second = (str(only_run(workspace.folder / f"part-{number}")) for number in (1, 2))
    again = workspace.evalc("merge", first, second, first)
    missing = workspace.evalc("merge", first)
    spec = workspace.folder / "specs/capitals.evalc"
    spec.write_text(spec.read_text().replace("capital of cuba?", "capital of cuba today?"))
    workspace.run(*command("2/2", "--results", "part-other"))
    other = workspace.evalc("merge", first, str(only_run(workspace.folder / "part-other")))
    alone = workspace.evalc("gate", second)

    assert [2, 2, 2] == [ended.returncode for ended in (again, missing, other)]
    assert "shard 1 of 2 is there more than once" in again.stderr
    assert "shard 2 of 2 is missing" in missing.stderr
    assert "is a shard of another plan than" in other.stderr
    assert "other cases, targets or judges, or dealt out to another number of shards" in other.stderr
    assert "this is shard 2 of 2 alone; `evalc merge` makes one run of all of them" in alone.stdout + alone.stderr
    assert not (workspace.folder / "results").exists()


def test_a_shard_without_a_case_is_a_part_like_others(workspace: Workspace) -> None:
    """With more shards than cases some have nothing to do, and CI must not fail for that."""
    for number in range(1, 6):
        asked = workspace.evalc(
            "run", "--target", "good", "--judge", "scripted", "--shard", f"{number}/5", "--results", "parts"
        )
        assert 0 == asked.returncode, asked.stderr
    parts = list_runs(workspace.folder / "parts")
    kinds = [[json.loads(line)["kind"] for line in (part / "events.jsonl").read_text().splitlines()] for part in parts]
    merged = workspace.evalc("merge", *map(str, parts))

    assert 0 in [found.count("result") for found in kinds]
    assert 1 == sum(found.count("canary") for found in kinds)
    assert 0 == merged.returncode, merged.stderr
    assert "2 of 2" in merged.stdout
