"""`evalc run --cache` and `evalc explain-cache`."""

import json
from pathlib import Path

from pydantic import JsonValue

from tests.cli.conftest import CAPITALS, Workspace
from tests.servers.chat import Call, ChatServer, Say, in_turn, is_judgement, serve_chat, verdict_on
from tests.servers.loopback import Json, serve


def answer(call: Call) -> Say:
    """Both capitals, and a good word for whatever is judged."""
    return verdict_on(call, "met") if is_judgement(call) else Say("Paris, or Lima.")


def bind(workspace: Workspace, server: ChatServer, *, more: str = "") -> None:
    """Make a server target and judge."""
    bound = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
    workspace.write("evalc.toml", f"[targets.served]\n{bound}{more}[judges.served]\n{bound}")


ASKED = ("--target", "served", "--judge", "served")


def test_a_second_run_asks_only_what_is_new(workspace: Workspace, tmp_path: Path) -> None:
    """Nothing is kept unless that is asked for; then what did not change is not paid again."""
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with serve_chat(answer) as server:
        bind(workspace, server)
        counts = []
        for options in ((), ("--cache",), ("--cache",), ("--no-cache",)):
            before = len(server.calls)
            ended = workspace.evalc("run", *ASKED, *options, **home)
            counts.append(len(server.calls) - before)
            assert 0 == ended.returncode, ended.stderr
            if len(counts) == 3:
                assert f"{counts[0]} answers were taken from the cache" in ended.stdout
        bind(workspace, server, more="temperature = 0.5\n")
        before = len(server.calls)
        workspace.evalc("run", *ASKED, "--cache", **home)
        changed = len(server.calls) - before
    logs = sorted((workspace.folder / "results").glob("*/events.jsonl"))
    results = [json.loads(line)["result"] for line in logs[2].read_text().splitlines() if '"kind":"result"' in line]

    # Two answers, a judgement, and what the judge is tried with.
    assert counts[0] >= 3
    assert [counts[0], counts[0], 0, counts[0]] == counts
    # Other settings of the target are other answers; they say the same, so the judge need not be asked.
    assert 2 == changed
    assert [(0, 0.0)] * 2 == [(result["attempts"], result["responses"][0]["cost_usd"]) for result in results]


def test_why_a_call_hits_or_misses_is_explained(workspace: Workspace, tmp_path: Path) -> None:
    """Somebody who pays for a call that was thought to be kept sees what is different about it."""
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    with serve_chat(answer) as server:
        bind(workspace, server)
        explain = ("explain-cache", *ASKED)
        empty = workspace.evalc(*explain, "atlas/capitals/peru", **home)
        workspace.evalc("run", *ASKED, "--cache", **home)
        calls = len(server.calls)
        full = workspace.evalc(*explain, "atlas/capitals/peru", **home)
        text = (workspace.folder / "specs/capitals.evalc").read_text()
        workspace.write("specs/capitals.evalc", text.replace("capital of Peru?", "capital of Peru today?"))
        asked = workspace.evalc(*explain, "atlas/capitals/peru", **home)
        bind(workspace, server, more="temperature = 0.5\n")
        other = workspace.evalc(*explain, "atlas/capitals/france", **home)

    assert "miss served atlas/capitals/peru@1/0: nothing is kept of this case" in empty.stdout
    assert "0 of 1 calls" in empty.stdout
    assert "hit  served atlas/capitals/peru@1/0: kept 2" in full.stdout
    assert "2 of 2 calls are answered from the cache" in full.stdout
    assert "message 1 is another" in asked.stdout
    assert "the settings of the target are others" in other.stdout
    assert calls == len(server.calls)


AGENT = (
    CAPITALS.partition("case france")[0]
    + """\
case peru: Peru
  severity: high
  tools: file "tools.json"
  input:
    What is the capital of Peru?
  must contain "Lima" as names-lima
  good (calls look):
    It is Lima.
  bad (breaks names-lima):
    It is Cusco.
"""
)
LOOK = [{"name": "look", "description": "Looks it up.", "replies": [{"content": "Lima"}]}]
THINKING: dict[str, JsonValue] = {"type": "thinking", "thinking": "I should look.", "signature": "s1"}
TOOL_USE: dict[str, JsonValue] = {"type": "tool_use", "id": "c1", "name": "look", "input": {}}


def test_a_conversation_that_begins_in_the_cache_goes_on_as_it_began(workspace: Workspace, tmp_path: Path) -> None:
    """A provider that signs what it thinks refuses results of tools without it."""
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    workspace.write("specs/capitals.evalc", AGENT)
    workspace.write("specs/tools.json", json.dumps(LOOK))
    steps = [
        Json({"content": [THINKING, TOOL_USE], "stop_reason": "tool_use"}),
        Json({"type": "error", "error": {"type": "invalid_request_error", "message": "not today"}}, status=400),
        Json({"content": [{"type": "text", "text": "It is Lima."}], "stop_reason": "end_turn"}),
    ]
    with serve(in_turn(*steps)) as server:
        workspace.write("evalc.toml", f'[targets.a]\ntype = "anthropic"\nbase_url = "{server.url}"\nmodel = "m"\n')
        first = workspace.evalc("run", "--target", "a", "--cache", **home)
        again = workspace.evalc("run", "--target", "a", "--cache", **home)
    messages = server.calls[2].body["messages"]

    assert 3 == first.returncode, first.stdout + first.stderr
    assert 0 == again.returncode, again.stdout + again.stderr
    assert 3 == len(server.calls)
    assert isinstance(messages, list)
    assert {"role": "assistant", "content": [THINKING, TOOL_USE]} == messages[1]
    assert "I should look." not in "".join(path.read_text() for path in workspace.folder.glob("results/*/events.jsonl"))
