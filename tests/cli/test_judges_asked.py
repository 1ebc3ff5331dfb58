"""What measuring and comparing ask of a judge, said before it is asked."""

import json
import re

import pytest

from tests.cli.conftest import CAPITALS, POLICY, Workspace
from tests.servers.chat import Call, Say, Status, serve_chat, verdict_on

RUBRIC = """\
rubric manners: Good manners
  scale: 1 to 5
  criterion tone: Polite
    5: Kind.
    1: Rude.
  criterion warmth: Warm
    5: Warm.
    1: Cold.
  pass when mean >= 3

"""
SPEC = CAPITALS.replace("eval capitals", f"{RUBRIC}eval capitals").replace(
    "as names-one\n", "as names-one\n  must satisfy manners as polite\n"
)
PANEL = '[panels.both]\njudges = ["paid", "paid-too"]\nsamples = 2\n'

COMMANDS = {
    "calibrate": ("calibrate",),
    "pairwise": ("pairwise", "latest:good", "latest:good"),
    "prove": ("prove",),
}


def reply(call: Call) -> Say:
    """The best grade, or the first of two answers."""
    if '- "criterion":' in call.texts[0]:
        return verdict_on(call, "met" if '- "met"' in call.texts[0] else 5)
    nonce = re.findall(r'"nonce": "([^"]+)"', call.texts[0])[0]
    return Say(json.dumps({"evidence": [], "nonce": nonce, "reason": "So.", "verdict": "first"}))


@pytest.mark.parametrize("command", COMMANDS)
def test_what_a_judge_would_be_asked_is_said_and_may_be_too_much(workspace: Workspace, command: str) -> None:
    """Whoever only wants a figure is not to find a bill, nor half of a measurement."""
    words = COMMANDS[command]
    workspace.write("specs/capitals.evalc", SPEC)
    with serve_chat(reply) as server:
        judge = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        workspace.write("evalc.toml", f"{POLICY}[judges.paid]\n{judge}[judges.paid-too]\n{judge}{PANEL}")
        workspace.evalc("run", "--target", "good", "--judge", "scripted")
        alone = workspace.evalc(*words, "--judge", "paid", "--max-calls", "1")
        together = workspace.evalc(*words, "--judge", "both", "--max-calls", "1")
        asked_before = len(server.calls)
        asked = workspace.evalc(*words, "--judge", "paid")
        calls = len(server.calls)

    assert (2, 2, 0) == (alone.returncode, together.returncode, asked_before)
    assert calls > 1
    assert f"evalc: {calls} calls to judge paid\n" in alone.stderr
    assert "evalc: --max-calls allows 1, so nobody was asked" in alone.stderr
    assert f"evalc: {4 * calls} calls to judge both, 4 of each for {calls} questions\n" in together.stderr
    assert f"evalc: {calls} calls to judge paid\n" in asked.stderr


def test_a_judge_that_is_not_to_be_had_proves_nothing(workspace: Workspace) -> None:
    """What nobody was asked about would stand there as sound."""
    workspace.write("specs/capitals.evalc", SPEC)
    bound = 'type = "openai"\nmodel = "m"\nbase_url ='
    limits = "[limits]\nmax_attempts = 1\n"
    with serve_chat(lambda call: Status(401, b'{"error": {"message": "no such key"}}')) as server:
        workspace.write("evalc.toml", f'{POLICY}[judges.locked]\n{bound} "{server.url}"\n{limits}')
        locked = workspace.evalc("prove", "--judge", "locked")
    workspace.write("evalc.toml", f'{POLICY}[judges.away]\n{bound} "http://127.0.0.1:9/v1"\n{limits}')
    away = workspace.evalc("prove", "--judge", "away")

    assert (2, "") == (locked.returncode, locked.stdout)
    assert "evalc: `locked` does not take calls without a key: no such key (status 401)" in locked.stderr
    assert re.search(
        r"nothing is known of \d+ answers: the judge gave no reply: `away` cannot be reached: connection refused",
        away.stderr,
    ), away.stderr
    assert " undecided" in away.stdout
