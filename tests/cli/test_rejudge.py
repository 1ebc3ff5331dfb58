"""`evalc rejudge`: stored answers, judged again without asking the targets."""

import json
from pathlib import Path

from evalc.model.result import Outcome, RunResult
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


BOTH_JUDGED = CAPITALS.replace(
    '  must contain "Paris" as names-paris\n',
    '  must contain "Paris" as names-paris\n  must satisfy "Names one city only" as only-one\n',
)


def judged_again(workspace: Workspace, *arguments: str) -> tuple[list[Outcome], str]:
    """How trials ended when a judge, who costs a dollar a call, was asked under these caps, and what was said of it."""
    workspace.write("specs/capitals.evalc", BOTH_JUDGED)
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    with serve_chat(lambda call: verdict_on(call, "met")) as server:
        judge = f'[judges.paid]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        prices = "[prices.m]\ninput_usd_per_million = 100_000\noutput_usd_per_million = 100_000\n"
        workspace.write("evalc.toml", POLICY + judge + prices)
        again = workspace.evalc("rejudge", "--judge", "paid", "--concurrency", "1", *arguments)
        calls = len(server.calls)
    outcomes = [result.outcome for result in newest(workspace).results]
    return outcomes, f"{calls} calls\n{again.stdout}{again.stderr}"


def test_calls_of_the_judge_alone_count(workspace: Workspace) -> None:
    """Answers that are there already are no calls, and the more severe case goes first."""
    outcomes, said = judged_again(workspace, "--max-calls", "1")

    assert ["passed", "skipped"] == outcomes, said
    assert said.startswith("1 calls\n")
    assert "what is left is too little: 0 of 1 calls" in said or "1 calls were made, which is all that may be" in said


def test_a_budget_holds_for_the_judge(workspace: Workspace) -> None:
    """The target has no price here, and needs none."""
    outcomes, said = judged_again(workspace, "--budget", "0.50")

    assert ["skipped", "skipped"] == outcomes, said
    assert said.startswith("0 calls\n")
    assert "of the budget of $0.50" in said


def test_a_budget_needs_the_price_of_the_judge(workspace: Workspace) -> None:
    """An unknown price would count as none."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    workspace.write(
        "evalc.toml", POLICY + '[judges.dear]\ntype = "openai"\nbase_url = "http://127.0.0.1:9"\nmodel = "x"\n'
    )
    ended = workspace.evalc("rejudge", "--judge", "dear", "--budget", "1")

    assert 2 == ended.returncode
    assert "has no price for `x`, so a budget cannot be kept" in ended.stderr


def test_what_would_be_asked_is_shown_before(workspace: Workspace) -> None:
    """Of the judge alone, and nothing is written."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    shown = workspace.evalc("rejudge", "--plan")

    assert 0 == shown.returncode, shown.stderr
    assert "2 trials, 1 canary for the judge" in shown.stdout
    assert ("judge scripted", "in all") == tuple(line[:14].strip() for line in shown.stdout.splitlines()[3:5])
    assert 1 == len(list_runs(workspace.folder / "results"))


def test_programs_are_told_of_the_judge_alone(workspace: Workspace) -> None:
    """An answer of last week is no call of today."""
    judged_again(workspace, "--events", "events.jsonl", "--otel", "otel")
    events = [json.loads(line) for line in (workspace.folder / "events.jsonl").read_text().splitlines()]
    trials = [event for event in events if event["kind"] == "trial-finished"]

    assert [["judgement"], ["judgement"]] == [[attempt["purpose"] for attempt in event["attempts"]] for event in trials]
    assert "evalc trial" in (workspace.folder / "otel/traces.jsonl").read_text()
