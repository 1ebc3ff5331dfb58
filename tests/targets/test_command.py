"""The target `command`, with real programs."""

import asyncio
import json
import sys
import time
from pathlib import Path

import pytest
from pydantic import JsonValue

from evalc.model.exchange import Message, Response, ToolCall
from evalc.targets.command import Command
from evalc.targets.contract import TargetContext, TargetError
from tests.targets.asking import KEY, LOOK, PROMPT, WITH_TOOL


def run(
    folder: Path, program: str, *, timeout_s: float = 20.0, prompt: object = None, **options: JsonValue
) -> Response | TargetError:
    """What a Python program answers to the usual question, or another one."""
    (folder / "agent.py").write_text(program)
    given = {"command": [sys.executable, "agent.py"], **options}
    type_ = Command.model_validate_json(json.dumps(given))
    context = TargetContext(folder, (), {"AGENT_KEY": KEY}.get, timeout_s, max_answer_bytes=100_000)
    target = type_.open(type_.card("agent", type="command"), context)

    async def ask() -> Response | TargetError:
        try:
            return await target.ask(WITH_TOOL if prompt is None else prompt)  # type: ignore[arg-type]  # A prompt.
        except TargetError as error:
            return error
        finally:
            await target.aclose()

    return asyncio.run(ask())


ECHO = "import json, sys\nquestion = json.load(sys.stdin)\nprint(json.dumps({'text': json.dumps(question)}))\n"


def test_a_program_is_given_the_question_as_json(tmp_path: Path) -> None:
    """It sees the case, the conversation with its calls, and the tools that it may call."""
    messages = (
        *PROMPT.messages,
        Message(role="assistant", text="Looking.", tool_calls=(LOOK,)),
        Message(role="tool", text="on the Seine", tool_call_id="c1"),
    )
    response = run(tmp_path, ECHO, prompt=WITH_TOOL.model_copy(update={"messages": messages}))

    assert isinstance(response, Response)
    assert {
        "key": "geo/capitals/france@1/0",
        "case": "geo/capitals/france",
        "messages": [
            {"role": "system", "content": "You are brief."},
            {"role": "user", "content": "What is the capital of France?"},
            {
                "role": "assistant",
                "content": "Looking.",
                "tool_calls": [{"id": "c1", "name": "look", "arguments": {"at": "map"}}],
            },
            {"role": "tool", "content": "on the Seine", "tool_call_id": "c1", "is_error": False},
        ],
        "tools": [
            {"name": "look", "description": "Looks it up.", "parameters": {"type": "object", "properties": {"at": {}}}}
        ],
    } == json.loads(response.text)


def test_what_it_answers_is_read_with_its_numbers(tmp_path: Path) -> None:
    """A program knows best what it spent."""
    reply = {
        "text": "",
        "tool_calls": [{"name": "look", "arguments": {"at": "map"}}],
        "model": "m-1",
        "input_tokens": 7,
        "output_tokens": 3,
        "cost_usd": 0.5,
    }
    response = run(tmp_path, f"print({json.dumps(reply)!r})")

    assert isinstance(response, Response)
    assert (ToolCall(name="look", arguments={"at": "map"}),) == response.tool_calls
    assert ("tool-calls", "m-1", 7, 3, 0.5) == (
        response.finish_reason,
        response.model,
        response.input_tokens,
        response.output_tokens,
        response.cost_usd,
    )


def test_a_program_may_answer_in_plain_text(tmp_path: Path) -> None:
    """Most programs already write text."""
    response = run(tmp_path, "print('Paris,')\nprint('I think.')", output="text")

    assert isinstance(response, Response)
    assert "Paris,\nI think." == response.text


def test_a_program_sees_no_more_than_it_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of other targets are in our environment too."""
    monkeypatch.setenv("OTHER_KEY", "sk-another-0123456789")
    program = "import json, os\nprint(json.dumps({'text': json.dumps(dict(os.environ))}))"
    response = run(tmp_path, program, keys=["AGENT_KEY"], environment={"MODE": "test"})

    assert isinstance(response, Response)
    environment = json.loads(response.text)
    assert (KEY, "test") == (environment["AGENT_KEY"], environment["MODE"])
    # Python sets the last one itself where the locale is C.
    assert {"PATH", "HOME", "LANG", "MODE", "AGENT_KEY"} >= environment.keys() - {"LC_CTYPE"}


@pytest.mark.parametrize(
    ("program", "kind", "words"),
    [
        ("raise ValueError('no map')", "case-fatal", "does not take this question: ValueError: no map (exit code 1)"),
        ("import sys; sys.exit('later'); ", "case-fatal", "later (exit code 1)"),
        ("import sys; sys.exit(75)", "transient", "has a fault: nothing more is said (exit code 75)"),
        ("import os; os.abort()", "case-fatal", "ended by signal 6"),
        ("print('Paris')", "bad-answer", "it is no JSON and begins with Paris"),
        ("", "bad-answer", "it is empty"),
        ('print(\'{"txt": "Paris"}\')', "bad-answer", "it has a member `txt`; did you mean `text`?"),
        ('print(\'{"model": "m"}\')', "bad-answer", "it has no `text`"),
        ("print('x' * 200_000)", "bad-answer", "more than 100000 bytes"),
        ("import time; time.sleep(60)", "transient", "no whole answer within 1 s"),
    ],
)
def test_each_failure_is_of_its_kind_and_says_why(program: str, kind: str, words: str, tmp_path: Path) -> None:
    """The engine decides by the kind, and the sentence is all that the author of a spec gets to see."""
    fault = run(tmp_path, program, timeout_s=1.0 if "sleep" in program else 20.0)

    assert isinstance(fault, TargetError)
    assert kind == fault.kind
    assert words in str(fault)


def test_a_program_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    """Asking every case of it would tell the same ten thousand times."""
    fault = run(tmp_path, "", command=["./no-such-agent"])

    assert isinstance(fault, TargetError)
    assert "target-fatal" == fault.kind
    assert "`agent` cannot start ./no-such-agent: no such file or directory" == str(fault)


def test_a_key_that_a_program_complains_of_is_not_shown(tmp_path: Path) -> None:
    """What it writes to standard error is printed and logged."""
    fault = run(tmp_path, "import os, sys; sys.exit('refused: ' + os.environ['AGENT_KEY'])", keys=["AGENT_KEY"])

    assert KEY not in str(fault)
    assert "refused: [secret AGENT_KEY]" in str(fault)


@pytest.mark.parametrize("ending", ["time.sleep(60)", "print(json.dumps({'text': 'done'}))"])
def test_what_a_program_started_ends_with_it(ending: str, tmp_path: Path) -> None:
    """It would outlive the run, hold its files and go on spending."""
    program = f"""
import json, os, subprocess, sys, time
sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
child = subprocess.Popen(sleep, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
open("child", "w").write(str(child.pid))
{ending}
"""
    run(tmp_path, program, timeout_s=2.0)
    child = int((tmp_path / "child").read_text())

    for _ in range(200):
        if not is_running(child):
            break
        time.sleep(0.01)
    assert not is_running(child)


def is_running(process: int) -> bool:
    """Whether a process is there and not only waits to be buried."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_program_that_reads_nothing_is_fine(tmp_path: Path) -> None:
    """One that knows its answer need not look at the question, however long that is."""
    prompt = WITH_TOOL.model_copy(update={"messages": (Message(role="user", text="long " * 100_000),)})
    response = run(tmp_path, 'print(\'{"text": "Paris"}\')', prompt=prompt)

    assert isinstance(response, Response)
    assert "Paris" == response.text


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    """What looks like a command of a shell is an argument like any other."""
    response = run(
        tmp_path,
        "import json, sys\nprint(json.dumps({'text': sys.argv[1]}))",
        command=[sys.executable, "agent.py", "$(id); *"],
    )

    assert isinstance(response, Response)
    assert "$(id); *" == response.text
