"""How endpoints are asked by `evalc run`, as a server on loopback sees it."""

import csv
import io
import json
import re
import signal
import socket
import sys
import time
from collections.abc import Mapping

import pytest
from pydantic import JsonValue

from tests.cli.conftest import CAPITALS, Workspace
from tests.servers.chat import completion
from tests.servers.loopback import Call, Drip, Events, Json, Script, Status, Step, by_path, serve

UNJUDGED = CAPITALS.replace('  must satisfy "Names one city only" as names-one\n', "")

POLICIES = {
    "http": 'type = "http"\nurl = "{url}/answer"\nrequest = {{ q = "{{{{input}}}}" }}\nanswer = "$.text"\n',
    "openai": 'type = "openai"\nbase_url = "{url}"\nmodel = "m-1"\n',
    "anthropic": 'type = "anthropic"\nbase_url = "{url}"\nmodel = "m-1"\n',
}
ANSWERS = {
    "/answer": Json({"text": "Paris"}),
    "/chat/completions": Json(completion("Paris")),
    "/v1/messages": Json({"content": [{"type": "text", "text": "Paris"}]}),
}


def run_at(workspace: Workspace, script: Script, policy: str) -> tuple[list[Call], str]:
    """What a server saw of a run of both cases, one after the other, and the summary that was printed."""
    workspace.write("specs/capitals.evalc", UNJUDGED)
    with serve(script) as server:
        workspace.write("evalc.toml", f"[targets.served]\n{policy.format(url=server.url)}\n[limits]\nconcurrency = 1\n")
        ended = workspace.evalc("run", "--target", "served")
        assert "2 of 2: 1 passed, 1 failed" in ended.stderr, ended.stderr
        return server.calls, ended.stdout


def failing_at_first(answers: Mapping[str, Step]) -> Script:
    """A script that answers every second call only."""
    well = by_path(answers)
    return lambda call: well(call) if call.number % 2 == 0 else Status(503, b"busy")


@pytest.mark.parametrize("kind", POLICIES)
def test_all_attempts_of_a_call_have_one_idempotency_key(workspace: Workspace, kind: str) -> None:
    """An endpoint that knows the key does the work of a call once, however often its answer is lost on the way."""
    policy = POLICIES[kind] + 'idempotency_header = "Idempotency-Key"\n'
    calls, _ = run_at(workspace, failing_at_first(ANSWERS), policy)
    first, again, second, once_more = (call.headers["idempotency-key"] for call in calls)

    assert (first, second) == (again, once_more)
    assert first != second
    assert 36 == len(first)


def test_no_idempotency_key_is_sent_unasked(workspace: Workspace) -> None:
    """None of the providers documents one for its models, and what an unknown header does is anybody's guess."""
    calls, _ = run_at(workspace, by_path(ANSWERS), POLICIES["openai"])

    assert [False, False] == ["idempotency-key" in call.headers for call in calls]


def test_a_stopped_run_takes_its_requests_out_of_the_queue(workspace: Workspace) -> None:
    """A queue would otherwise make answers, and charge for them, that nobody waits for."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    workspace.write("specs/capitals.evalc", UNJUDGED)
    queued: JsonValue = {"request_id": "r1", "status": "QUEUED", "canceled": True}
    with serve(lambda call: Json(queued, status=201 if call.method == "POST" else 200)) as server:
        workspace.write(
            "evalc.toml",
            f'[targets.queued]\ntype = "baseten"\nmodel = "m-1"\nbase_url = "{server.url}"\nanswer = "$"\n'
            'request = { q = "{{input}}" }\nwebhook = "https://hooks.example/x"\nwebhook_key = "HOOK"\n'
            f'listen = "127.0.0.1:{port}"\npoll_s = 0.1\n',
        )
        run = [sys.executable, "-m", "evalc", "run", "--target", "queued"]
        process = workspace.start(run, environment={"HOOK": "secret-of-the-hook"})
        while sum(call.method == "GET" for call in server.calls) < 2:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)

        assert 130 == process.returncode
        assert ["/async_request/r1"] * 2 == [call.path for call in server.calls if call.method == "DELETE"]


def test_times_are_shown_where_results_are(workspace: Workspace) -> None:
    """How long users wait for a first word decides as much as what it says, and nobody looks into a log for it."""
    chunks: list[JsonValue | bytes] = [
        {"choices": [{"delta": {"content": "Par"}}]},
        {"choices": [{"delta": {"content": "is"}, "finish_reason": "stop"}]},
        b"data: [DONE]\n\n",
    ]
    policy = POLICIES["openai"] + "stream = true\n"
    _, shown = run_at(workspace, lambda call: Events(chunks, pause_s=0.05), policy)
    (report,) = json.loads(workspace.evalc("export", "latest", "--format", "json").stdout)["evals"]
    first, _ = csv.DictReader(io.StringIO(workspace.evalc("export", "latest", "--format", "csv").stdout))

    assert re.search(r"answered in +first token +gate\n", shown), shown
    assert 2 == report["timing"]["answers"] == report["timing"]["streamed"]
    assert 0 < report["timing"]["first_token_median_s"] < report["timing"]["median_s"]
    assert 0 < float(first["first_token_s"]) < float(first["latency_s"])


def bind(workspace: Workspace, url: str, *, more: str = "") -> None:
    """Two cases without a judge, and a target at this address."""
    workspace.write("specs/capitals.evalc", UNJUDGED)
    policy = f'[targets.served]\ntype = "openai"\nbase_url = "{url}"\nmodel = "m-1"\n{more}'
    workspace.write("evalc.toml", f"{policy}[limits]\nmax_attempts = 1\n")


def test_what_errored_is_told_with_the_command_that_asks_it_again(workspace: Workspace) -> None:
    """The server is mended in the night, and nobody should have to look up how a run goes on."""
    with serve(lambda call: Status(500) if call.number <= 2 else ANSWERS["/chat/completions"]) as server:
        bind(workspace, server.url)
        first = workspace.evalc("run", "--target", "served")
        hint = re.search(
            r"^2 errored; to ask these again: evalc (run --resume \S+ --rerun errored)$", first.stdout, re.M
        )
        assert hint, first.stdout
        again = workspace.evalc(*hint[1].split())

    assert "1 of 2" in again.stdout
    assert "to ask these again" not in again.stdout


def test_cases_that_were_never_asked_share_a_line(workspace: Workspace) -> None:
    """A refused key in a catalog of thousands would fill the screen, and hide what it was."""
    with serve(lambda call: Json({"error": {"message": "no such key"}}, status=401)) as server:
        bind(workspace, server.url)
        ended = workspace.evalc("run", "--target", "served")

    assert "  - skipped 2 cases\n      the run ended before their answers came; it can go on\n" in ended.stdout
    assert "stopped: `served` does not take calls without a key: no such key (status 401)" in ended.stdout


def test_calls_that_are_given_up_are_counted_with_what_they_may_cost(workspace: Workspace) -> None:
    """The server works on, and sends its bill, whoever has gone away."""
    with serve(lambda call: Drip()) as server:
        prices = "[prices.m-1]\ninput_usd_per_million = 100\noutput_usd_per_million = 2_000\n"
        bind(workspace, server.url, more=prices)
        process = workspace.start([sys.executable, "-m", "evalc", "run", "--target", "served"], environment={})
        while len(server.calls) < 2:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)

    assert 130 == process.returncode
    assert re.search(r"^asked: 2 calls, \$2\.\d\d$", out, re.M), out


@pytest.mark.parametrize(
    ("pause", "said"), [("0.2", ""), ("1.5", "served is not asked for 1.5 s: `served` asks for fewer calls")]
)
def test_a_pause_is_told_where_somebody_would_notice_it(workspace: Workspace, pause: str, said: str) -> None:
    """A server that meters by the tenth of a second would fill the screen with pauses of 0 s."""
    throttled = Json({"error": {"message": "slow down"}}, status=429, headers={"retry-after": pause})
    with serve(lambda call: throttled if call.number == 1 else ANSWERS["/chat/completions"]) as server:
        bind(workspace, server.url)
        policy = workspace.folder / "evalc.toml"
        policy.write_text(policy.read_text().replace("max_attempts = 1", "concurrency = 1"))
        ended = workspace.evalc("run", "--target", "served", "--events", "events.jsonl")
    events = [json.loads(line) for line in (workspace.folder / "events.jsonl").read_text().splitlines()]

    assert bool(said) == ("is not asked for" in ended.stderr)
    assert said in ended.stderr
    assert [float(pause)] == [event["wait_s"] for event in events if event["kind"] == "waiting"]
