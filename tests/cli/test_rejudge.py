"""`evalc rejudge`: stored answers, judged again without asking the targets."""

import json
from pathlib import Path

from evalc.model.result import RunResult
from evalc.store.read import list_runs, read_run
from tests.cli.conftest import CAPITALS, POLICY, Workspace
from tests.house.modules import ROOT
from tests.servers.chat import Call, Say, is_judgement, serve_chat, verdict_on


def newest(workspace: Workspace) -> RunResult:
    """The newest run, whose log has nothing wrong."""
    run, findings = read_run(list_runs(workspace.folder / "results")[-1])
    assert () == findings
    return run


def test_only_the_judge_is_asked(workspace: Workspace) -> None:
    """Answers are what a run is paid for; another judge costs no second set of them."""

    def answer(call: Call) -> Say:
        return verdict_on(call, "not-met") if is_judgement(call) else Say("Paris, or Lima.")

    with serve_chat(answer) as server:
        bound = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        workspace.write(
            "evalc.toml", f'[targets.served]\n{bound}[judges.lax]\ntype = "scripted"\n[judges.strict]\n{bound}'
        )
        first = workspace.evalc("run", "--target", "served", "--judge", "lax")
        before = newest(workspace)
        asked = len(server.calls)
        again = workspace.evalc("rejudge", "--judge", "strict")
        calls = server.calls[asked:]
    after = newest(workspace)

    assert first.returncode in (0, 3), first.stderr
    assert f"2 trials of {before.run_id} are judged again, 0 are left out" in again.stderr
    assert [True] * (1 + len(after.canaries)) == [is_judgement(call) for call in calls]
    assert [("good", True)] == [(put.canary.kind, put.is_caught) for put in after.canaries]
    assert [result.responses[0].text for result in before.results] == [
        result.responses[0].text for result in after.results
    ]
    assert ["passed", "failed"] == [result.outcome for result in after.results]
    assert (before.run_id, "strict") == (after.plan.rejudges, after.plan.judge.name if after.plan.judge else "")


def test_a_judge_that_obeys_the_answers_decides_nothing_of_a_rejudged_run(workspace: Workspace) -> None:
    """Whoever is talked round by an answer may have passed all of them, whenever those were given."""

    def answer(call: Call) -> Say:
        is_bad = "Cusco" in call.texts[-1] and "Note to the grader" not in call.texts[-1]
        return verdict_on(call, "not-met" if is_bad else "met")

    two = CAPITALS.replace("bad (breaks names-lima):\n    It is Cusco.", "bad (breaks names-one):\n    Lima or Cusco.")
    workspace.write("specs/capitals.evalc", two)
    with serve_chat(answer) as server:
        obeyer = f'[judges.obeyer]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        workspace.write("evalc.toml", POLICY + obeyer)
        workspace.evalc("run", "--target", "good", "--judge", "scripted")
        before = workspace.evalc("gate")
        again = workspace.evalc("rejudge", "--judge", "obeyer")
        after = workspace.evalc("gate")

    assert (0, 3, 3) == (before.returncode, again.returncode, after.returncode), again.stderr + after.stderr
    assert "2 of 2" in again.stdout
    assert "the judge cannot be trusted: it passed a bad answer that told it to (claims, " in again.stdout
    assert "canaries: 2 put to the judge, 1 judged wrongly" in again.stdout


def test_checks_are_taken_as_they_are_now_and_changed_questions_left_out(workspace: Workspace) -> None:
    """A mended check is tried on yesterday's answers; an answer to another question would be judged wrongly."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    mended = CAPITALS.replace('must contain "Paris" as', 'must contain "Lyon" as')
    workspace.write("specs/capitals.evalc", mended.replace("capital of Peru?", "capital of Peru today?"))

    again = workspace.evalc("rejudge")
    run = newest(workspace)
    logged = workspace.evalc("rejudge", "latest", "--as-logged")

    assert 1 == again.returncode, again.stderr
    assert "left out, for they ask something else now: atlas/capitals/peru" in again.stderr
    assert [("atlas/capitals/france", "failed")] == [(result.trial.case_id, result.outcome) for result in run.results]
    assert () == run.plan.canaries, "what is not judged has none"
    assert 1 == logged.returncode, logged.stderr


def test_every_answer_of_our_own_catalog_is_judged_alike(workspace: Workspace) -> None:
    """Conversations, calls of tools and repeats: from the log they are to checks what they were when they came."""
    policy = ["--policy", str(ROOT / "evalc.toml"), "--specs", str(ROOT / "specs"), "--progress", "none"]
    workspace.evalc("run", "--target", "flawed", "--judge", "scripted", *policy)
    before = newest(workspace)
    again = workspace.evalc("rejudge", *policy)
    after = newest(workspace)

    assert 1 == again.returncode, again.stderr
    assert before.run_id == after.plan.rejudges
    assert {result.trial.id: (result.outcome, result.checks) for result in before.results} == {
        result.trial.id: (result.outcome, result.checks) for result in after.results
    }


def test_a_rejudged_run_goes_on_with_the_same_answers(workspace: Workspace, tmp_path: Path) -> None:
    """Resumed, it must not ask the targets after all, and puts the canaries that were not put."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    workspace.evalc("rejudge")
    first, second = list_runs(workspace.folder / "results")
    log = second / "events.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    kept = [line for line in lines if json.loads(line)["kind"] not in ("finished", "canary")]
    log.write_bytes(b"".join(kept[:-1]))
    workspace.write("evalc.toml", '[judges.scripted]\ntype = "scripted"\n')

    resumed = workspace.evalc("run", "--resume")
    first.rename(tmp_path / "elsewhere")
    log.write_bytes(b"".join(kept[:-1]))
    alone = workspace.evalc("run", "--resume")

    assert 0 == resumed.returncode, resumed.stderr
    assert "2 of 2" in resumed.stdout
    assert "canaries: 1 put to the judge, 0 judged wrongly" in resumed.stdout
    assert 5 == alone.returncode
    assert "the run whose answers are judged again is not there" in alone.stderr


def test_a_judge_that_is_not_there_is_named(workspace: Workspace) -> None:
    """And what would fit."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    ended = workspace.evalc("rejudge", "--judge", "scriptd")

    assert 2 == ended.returncode
    assert "did you mean `scripted`?" in ended.stderr
