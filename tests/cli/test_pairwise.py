"""`evalc pairwise`, as a command, with a judge on a real server."""

import json
import re

import pytest

from tests.cli.conftest import Workspace
from tests.cli.test_calibrate import ADVICE
from tests.servers.chat import Call, Say, Script, serve_chat

POLICY = """\
[targets.good]
type = "scripted"

[targets.flawed]
type = "scripted"
answers = "bad"

[judges.scripted]
type = "scripted"

[panels.twice]
judges = ["scripted"]
samples = 2
"""


def _prefers(call: Call) -> str:
    """The answer without `Water it more`, wherever it stands."""
    first = call.texts[-1].partition("The second answer:")[0]
    return "second" if "Water it more." in first else "first"


def _says(word: str, call: Call) -> Say:
    nonce = re.findall(r'"nonce": "([^"]+)"', call.texts[0])[0]
    return Say(json.dumps({"evidence": [], "nonce": nonce, "reason": "It asks first.", "verdict": word}))


def compare(workspace: Workspace, script: Script, *more: str) -> tuple[int, str, str]:
    """What the command says of the good and the flawed target, with a judge of its own."""
    workspace.write("specs/advice.evalc", ADVICE)
    with serve_chat(script) as server:
        judge = f'[judges.own]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        workspace.write("evalc.toml", POLICY + judge)
        workspace.evalc("run", "plants", "--target", "good", "--target", "flawed", "--judge", "scripted")
        ended = workspace.evalc("pairwise", "latest:good", "latest:flawed", "--judge", "own", *more)
    return ended.returncode, ended.stdout, ended.stderr


def test_an_answer_wins_that_is_preferred_in_both_places(workspace: Workspace) -> None:
    """No target is asked for that: the answers are in the log."""
    code, shown, errors = compare(workspace, lambda call: _says(_prefers(call), call))

    assert 0 == code, errors
    assert "a  plants/advice/dying sound\n    first: It asks first." in shown
    assert "a is better in 1, b in 0, equal in 0 of 1 pairs" in shown
    assert "a wins 100 % (21 to 100) of those that are decided, sign test p = 1.000" in shown


def test_a_judge_that_favours_a_place_decides_nothing(workspace: Workspace) -> None:
    """Asked once, it would have told a winner."""
    code, shown, _ = compare(workspace, lambda call: _says("first", call))

    assert 0 == code
    assert "depends on the order  plants/advice/dying sound" in shown
    assert "1 depend on the order, and count for nobody; 1 times the same place won" in shown


def test_a_reply_that_cannot_be_used_is_asked_for_once_more(workspace: Workspace) -> None:
    """As for grades: with what is wrong, and then no more."""
    code, shown, _ = compare(workspace, lambda call: Say("The first one."), "--format", "json")
    (pair,) = json.loads(shown)["pairs"]

    assert (0, "open") == (code, pair["winner"])
    assert "cannot be used, twice: it is not one JSON object and nothing else" in pair["a_first"]["problem"]


@pytest.mark.parametrize(
    ("a", "judge", "message"),
    [
        ("latest", "scripted", "has several targets; name one of "),
        ("latest:god", "scripted", "no run in results has a target `god`"),
        ("latest:good", "twice", "`twice` is a panel, and pairs are put to one judge"),
        ("latest:good", "scriptd", "did you mean `scripted`?"),
    ],
)
def test_what_cannot_be_compared_is_told(workspace: Workspace, a: str, judge: str, message: str) -> None:
    """Before anything is asked."""
    workspace.write("specs/advice.evalc", ADVICE)
    workspace.write("evalc.toml", POLICY)
    workspace.evalc("run", "plants", "--target", "good", "--target", "flawed", "--judge", "scripted")
    ended = workspace.evalc("pairwise", a, "latest:flawed", "--judge", judge)

    assert (2, "") == (ended.returncode, ended.stdout)
    assert message in ended.stderr
