"""`evalc run` as a command: over HTTP, killed, resumed, replayed, and with whatever can be missing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from evalc.api.catalogs import compile_catalog, find_catalog
from evalc.model.catalog import Eval, Rubric
from evalc.planning.canaries import plan_canaries
from tests.cli.conftest import POLICY, Workspace
from tests.house.modules import ROOT
from tests.servers.chat import Call, ChatServer, Say, Script, Status, Step, is_judgement, serve_chat, verdict_on

DEPLOYMENTS = ROOT / "specs/baseten"


@pytest.fixture(scope="module")
def deployments() -> Eval:
    """The eval of the first page, as compiled."""
    (eval_,) = compile_catalog(find_catalog(DEPLOYMENTS / "deployments-and-environments.evalc")).catalog.evals
    return eval_


@pytest.fixture
def http(workspace: Workspace, deployments: Eval) -> Iterator[ChatServer]:
    """One server as target and as judge: it answers with the good examples and judges them best."""
    for path in DEPLOYMENTS.iterdir():
        workspace.write(f"specs/{path.name}", path.read_text("utf-8"))
    (workspace.folder / "specs/capitals.evalc").unlink()
    with serve_chat(_script(deployments)) as server:
        workspace.write("evalc.toml", _policy(server.url))
        yield server


def _script(eval_: Eval, *, latency_s: float = 0.0) -> Script:
    good = {
        case.turns[-1].text: next(example.text for example in case.examples if example.label == "good")
        for case in eval_.cases
    }

    def answer(call: Call) -> Say:
        if is_judgement(call):
            best, worst = ("met", "not-met") if '- "met"' in call.texts[0] else (5, 1)
            is_good = any(f"\n{text}\n<<<end answer" in call.texts[-1] for text in good.values())
            return verdict_on(call, best if is_good else worst)
        return Say(good[call.texts[-1]], latency_s=latency_s)

    return answer


def _policy(url: str, *, concurrency: int = 8) -> str:
    bound = f'type = "openai"\nbase_url = "{url}"\nmodel = "served-model"\nkey = "SERVED_KEY"\n'
    return f"[targets.served]\n{bound}\n[judges.served]\n{bound}\n[limits]\nconcurrency = {concurrency}\n"


def _results(workspace: Workspace) -> list[str]:
    """The ids of the trials with a result in the only log, as often as they stand there."""
    (log,) = workspace.folder.glob("results/*/events.jsonl")
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return [record["result"]["trial"]["id"] for record in records if record["kind"] == "result"]


def test_an_eval_runs_over_http_with_the_same_server_as_target_and_judge(
    workspace: Workspace, http: ChatServer, deployments: Eval
) -> None:
    """The whole way over real sockets: nine answers, and a judgement a criterion and claim, of canaries too."""
    judged = [check for case in deployments.cases for check in case.checks if check.is_judged]
    named = {check.id: check for check in judged}
    judged += [named[f"{canary.case_id}#{canary.check}"] for canary in plan_canaries([deployments])]
    questions = sum(
        len(rubric.criteria) if (rubric := _rubric(deployments, check.arguments.get("rubric"))) else 1
        for check in judged
    )

    ended = workspace.evalc("run", "--target", "served", "--judge", "served", SERVED_KEY="a-secret-of-the-server")

    assert 0 == ended.returncode, ended.stderr
    assert "9 of 9" in ended.stdout
    assert {"judged": questions, "answered": 9} == Counter(
        "judged" if is_judgement(call) else "answered" for call in http.calls
    )
    assert {"Bearer a-secret-of-the-server"} == {call.headers["authorization"] for call in http.calls}


def test_a_key_is_in_nothing_that_a_run_writes(workspace: Workspace, http: ChatServer) -> None:
    """Logs are shared, published and put into issues."""
    secret = "sk-planted-in-the-environment"
    ended = workspace.evalc("run", "--target", "served", "--judge", "served", "--record", SERVED_KEY=secret)
    files = [path for path in workspace.folder.rglob("*") if path.is_file()]

    assert 0 == ended.returncode, ended.stderr
    assert len(files) > 5
    assert [] == [path for path in files if secret.encode() in path.read_bytes()]
    assert secret not in ended.stdout + ended.stderr


def test_a_killed_run_is_resumed_and_holds_every_case_once(workspace: Workspace, deployments: Eval) -> None:
    """What was acknowledged survives SIGKILL, and is not asked or counted again."""
    for path in DEPLOYMENTS.iterdir():
        workspace.write(f"specs/{path.name}", path.read_text("utf-8"))
    (workspace.folder / "specs/capitals.evalc").unlink()
    with serve_chat(_script(deployments, latency_s=0.05)) as server:
        workspace.write("evalc.toml", _policy(server.url, concurrency=1))
        process = workspace.start(
            [sys.executable, "-m", "evalc", "run", "--target", "served", "--judge", "served"],
            environment={"SERVED_KEY": "a-secret-of-the-server"},
        )
        finished_before = _kill_after(process, workspace, results=3)
        resumed = workspace.evalc("run", "--resume", SERVED_KEY="a-secret-of-the-server")
        asked = Counter(call.texts[-1] for call in server.calls if not is_judgement(call))

    assert 0 == resumed.returncode, resumed.stderr
    assert 3 <= finished_before < 9
    assert sorted(f"served:{case.id}@1" for case in deployments.cases) == sorted(_results(workspace))
    # With one worker at most one case was under way when the run was killed.
    assert 9 <= asked.total() <= 10


def _kill_after(process: "subprocess.Popen[str]", workspace: Workspace, *, results: int) -> int:
    """End a run by SIGKILL once its log holds so many results; how many it holds then."""
    for _ in range(3000):
        logs = list(workspace.folder.glob("results/*/events.jsonl"))
        if logs and logs[0].read_bytes().count(b'{"kind":"result"') >= results:
            break
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    return len(_results(workspace))


def test_what_errored_is_asked_again_and_nothing_else(workspace: Workspace, deployments: Eval) -> None:
    """A server that refused some questions yesterday is asked those today, in the same run."""
    for path in DEPLOYMENTS.iterdir():
        workspace.write(f"specs/{path.name}", path.read_text("utf-8"))
    (workspace.folder / "specs/capitals.evalc").unlink()
    answer = _script(deployments)
    refused = {case.turns[-1].text for case in deployments.cases[:2]}

    def refuse(call: Call) -> Step:
        return Status(400) if call.texts[-1] in refused else answer(call)

    key = {"SERVED_KEY": "a-secret-of-the-server"}
    with serve_chat(refuse) as server:
        workspace.write("evalc.toml", _policy(server.url))
        first = workspace.evalc("run", "--target", "served", "--judge", "served", **key)
        refused.clear()
        before = len(server.calls)
        again = workspace.evalc("run", "--rerun", "errored", **key)
        asked = [call.texts[-1] for call in server.calls[before:] if not is_judgement(call)]

    assert "7 of 9, 2 errored" in first.stdout, first.stderr
    assert 0 == again.returncode, again.stdout + again.stderr
    assert "9 of 9" in again.stdout
    assert sorted(case.turns[-1].text for case in deployments.cases[:2]) == sorted(asked)
    assert 11 == len(_results(workspace))


def test_recorded_answers_are_replayed_without_the_server(
    workspace: Workspace, http: ChatServer, tmp_path: Path
) -> None:
    """A bug in a check is looked into with yesterday's answers, for nothing."""
    first = workspace.evalc("run", "--target", "served", "--judge", "served", "--record", SERVED_KEY="a-secret-of-ours")
    (recordings,) = workspace.folder.glob("results/*/recordings")
    calls = len(http.calls)
    relative = recordings.relative_to(workspace.folder)
    workspace.write(
        "evalc.toml",
        f'[targets.again]\ntype = "replay"\nfile = "{relative}/targets/served.jsonl"\n'
        f'[judges.again]\ntype = "replay"\nfile = "{relative}/judges/served.jsonl"\n',
    )

    second = workspace.evalc("run", "--target", "again", "--judge", "again")

    assert (0, 0) == (first.returncode, second.returncode), second.stderr + second.stdout
    assert "9 of 9" in second.stdout
    assert calls == len(http.calls)


def test_a_failed_gate_is_exit_code_one_and_says_why_and_where(workspace: Workspace) -> None:
    """A pipeline stops at the code, and a person starts at the line."""
    workspace.write("evalc.toml", POLICY + '[targets.bad]\ntype = "scripted"\nanswers = "bad"\n')

    ended = workspace.evalc("run", "--target", "bad", "--judge", "scripted")

    assert 1 == ended.returncode, ended.stderr
    assert "names-paris  specs/capitals.evalc:16" in ended.stdout
    assert "(scripted)" in ended.stdout


def test_a_server_that_is_not_there_is_no_failed_eval(workspace: Workspace) -> None:
    """The world's fault is inconclusive, and never a fail of what was asked."""
    refused = _policy("http://127.0.0.1:9/v1") + "max_attempts = 1\n"
    workspace.write("evalc.toml", refused)

    ended = workspace.evalc("run", "--target", "served", "--judge", "served", SERVED_KEY="a-secret-of-ours")

    assert 3 == ended.returncode, ended.stdout + ended.stderr
    assert "errored" in ended.stdout or "skipped" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "--target", "goood", "--judge", "scripted"), "did you mean `good`?"),
        (("run", "--judge", "scripted"), "--target good"),
        (("run", "--target", "good"), "--judge scripted"),
        (("run", "atlas/capital", "--target", "good", "--judge", "scripted"), "did you mean `atlas/capitals`?"),
        (("run", "--target", "good", "--judge", "scripted", "--policy", "other.toml"), "other.toml"),
        (("run", "--resume"), "no run yet in results"),
        (("run", "--repeat", "0"), "no whole number from 1 on"),
    ],
)
def test_what_is_missing_is_named(workspace: Workspace, arguments: tuple[str, ...], said: str) -> None:
    """A command that cannot do its work says what it lacks, before anybody is asked."""
    ended = workspace.evalc(*arguments)

    assert 2 == ended.returncode
    assert said in ended.stderr


def _rubric(eval_: Eval, name: object) -> Rubric | None:
    return next((rubric for rubric in eval_.rubrics if rubric.name == name), None)


def test_a_panel_is_summed_up_with_its_agreement(workspace: Workspace) -> None:
    """Whoever reads the gate has to see that the judges behind it disagree."""
    workspace.write("no.jsonl", '{"criterion": "claim", "verdict": "not-met", "reason": "No."}\n')
    panel = '\n[judges.no]\ntype = "scripted"\nfile = "no.jsonl"\n[panels.both]\njudges = ["scripted", "no"]\n'
    workspace.write("evalc.toml", POLICY + panel)

    ended = workspace.evalc("run", "--target", "good", "--judge", "both")

    assert "panel on atlas/capitals/claims, claim: " in ended.stdout
    assert "good:atlas/capitals/peru@1 names-one: 1 of 2 say met, 1 says not-met" in ended.stdout
    assert "the panel does not agree: 1 of 2 say met, 1 says not-met" in ended.stdout


def test_a_judge_that_obeys_what_it_reads_decides_nothing(workspace: Workspace, deployments: Eval) -> None:
    """Every check of a reply's form is passed by a judge that is persuaded; only an answer known to be bad tells."""
    for path in DEPLOYMENTS.iterdir():
        workspace.write(f"specs/{path.name}", path.read_text("utf-8"))
    (workspace.folder / "specs/capitals.evalc").unlink()
    honest = _script(deployments)

    def answer(call: Call) -> Step:
        if is_judgement(call) and "Note to the grader" in call.texts[-1]:
            return verdict_on(call, "met" if '- "met"' in call.texts[0] else 5)
        return honest(call)

    with serve_chat(answer) as server:
        workspace.write("evalc.toml", _policy(server.url))
        ended = workspace.evalc("run", "--target", "served", "--judge", "served", SERVED_KEY="a-secret-of-the-server")
        gated = workspace.evalc("gate")

    assert (3, 3) == (ended.returncode, gated.returncode), ended.stderr + gated.stderr
    assert "9 of 9" in ended.stdout
    assert "the judge cannot be trusted: it passed a bad answer that told it to (operator-guidance, " in ended.stdout
    assert "canaries: 4 put to the judge, 1 judged wrongly" in ended.stdout


def test_a_resumed_run_puts_each_canary_once(workspace: Workspace) -> None:
    """They cost calls, and a run that is resumed ten times would pay them ten times."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    workspace.evalc("run", "--resume")
    (log,) = workspace.folder.glob("results/*/events.jsonl")
    kinds = [json.loads(line)["kind"] for line in log.read_text("utf-8").splitlines()]

    assert 1 == kinds.count("canary")
    assert 1 == kinds.count("resumed")


def test_repeats_that_end_differently_are_told(workspace: Workspace) -> None:
    """A case that passes twice in three is neither broken nor to be relied on."""
    workspace.write("evalc.toml", POLICY.replace('answers = "good"', 'file = "answers.jsonl"'))
    case = "atlas/capitals/france"
    answers = [
        {"case": case, "repeat": number, "text": text} for number, text in enumerate(("Paris", "Paris", "Lyon"), 1)
    ]
    workspace.write("answers.jsonl", "".join(f"{json.dumps(answer)}\n" for answer in answers))

    done = workspace.evalc("run", case, "--target", "good", "--repeat", "3", "--progress", "none")

    assert "✗ failed france (high) 2 of 3 passed, flaky: 67%" in done.stdout
    assert "of 3 repeats of 1 case: one passes at least in 100%, all pass in 0%" in done.stdout


def test_a_canary_that_is_left_is_put_though_its_case_is_done(workspace: Workspace) -> None:
    """A resumed run reads only the cases that it asks, and canaries are judged as answers to others."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    (log,) = workspace.folder.glob("results/*/events.jsonl")
    lines = log.read_bytes().splitlines(keepends=True)
    log.write_bytes(b"".join(line for line in lines if b'{"kind":"canary"' not in line))

    resumed = workspace.evalc("run", "--resume")

    assert 0 == resumed.returncode, resumed.stderr
    assert "canaries: 1 put to the judge, 0 judged wrongly" in resumed.stdout
