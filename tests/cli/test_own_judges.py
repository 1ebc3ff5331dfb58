"""Programs and functions of a user's own as judges."""

import json
import sys

import pytest

from evalc.store.read import list_runs, read_run
from tests.cli.conftest import POLICY, Workspace

# As a user would write one: rules of their own in the place of a model. It reads the prompt as a model does.
JUDGE = """\
import json, re, sys

def judge(question):
    system, asked = (message["content"] for message in question["messages"][:2])
    told = dict(re.findall(r'^- "(criterion|nonce)": (".*")$', system, re.MULTILINE))
    answer = asked.rpartition("<<<answer ")[2].split("\\n")[1]
    assert question["reply_schema"]["required"] == ["criterion", "evidence", "nonce", "reason", "verdict"]
    return json.dumps({
        "criterion": json.loads(told["criterion"]), "evidence": [answer], "nonce": json.loads(told["nonce"]),
        "reason": "by a rule of ours", "verdict": "met" if answer.startswith("It is") else "not-met",
    })

async def judge_later(question):
    return {"text": judge(question), "cost_usd": 0.25}

if __name__ == "__main__":
    reply = judge(json.load(sys.stdin))
    print(reply if "--text" in sys.argv else json.dumps({"text": reply, "cost_usd": 0.25}))
"""

JUDGES = {
    "command": f'type = "command"\ncommand = [{json.dumps(sys.executable)}, "rules/own_judge.py"]\n',
    "text": (
        f'type = "command"\ncommand = [{json.dumps(sys.executable)}, "rules/own_judge.py", "--text"]\noutput = "text"\n'
    ),
    "function": 'type = "python"\nfunction = "own_judge:judge"\n',
    "async": 'type = "python"\nfunction = "own_judge:judge_later"\n',
}


@pytest.mark.parametrize("kind", JUDGES)
def test_whatever_can_be_asked_can_judge(workspace: Workspace, kind: str) -> None:
    """A rule of one's own, or a model behind one's own client, needs no server in front of it."""
    workspace.write("rules/own_judge.py", JUDGE)
    workspace.write("evalc.toml", f"{POLICY}[judges.own]\n{JUDGES[kind]}")
    ended = workspace.evalc(
        "run", "--target", "good", "--judge", "own", PYTHONPATH=str(workspace.folder / "rules"), PYTHONSAFEPATH="1"
    )
    run, _ = read_run(list_runs(workspace.folder / "results")[0])
    words = {check.check: check.criteria[0] for result in run.results for check in result.checks if check.criteria}

    assert 0 == ended.returncode, ended.stdout + ended.stderr
    assert ("met", "by a rule of ours", ("It is Lima.",)) == (
        words["names-one"].verdict,
        words["names-one"].reason,
        words["names-one"].evidence,
    )
    assert [False] == [put.is_caught for put in run.canaries]


def test_a_program_that_says_something_else_decides_nothing(workspace: Workspace) -> None:
    """It is distrusted as any judge is: asked once more, and then unscored."""
    workspace.write("rules/own_judge.py", "print('looks fine to me')")
    workspace.write("evalc.toml", f"{POLICY}[judges.own]\n{JUDGES['text']}")
    ended = workspace.evalc("run", "--target", "good", "--judge", "own")

    assert "? unscored peru" in ended.stdout
    assert "the judge's reply on claim cannot be used, twice: it is not one JSON object" in ended.stdout
