"""`evalc pairwise`, as a command, with a judge on a real server."""

import json
import re
from contextlib import ExitStack
from functools import partial

import pytest

from evalc.model.verdicts.pairwise import Pairwise
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


def test_the_scripted_judge_prefers_the_better_label(workspace: Workspace) -> None:
    """A demonstration needs no model, and no network."""
    workspace.write("specs/advice.evalc", ADVICE)
    workspace.write("evalc.toml", POLICY)
    workspace.evalc("run", "plants", "--target", "good", "--target", "flawed", "--judge", "scripted")
    ended = workspace.evalc("pairwise", "latest:good", "latest:flawed", "--judge", "scripted")
    turned = workspace.evalc("pairwise", "latest:flawed", "latest:good", "--judge", "scripted")
    same = workspace.evalc("pairwise", "latest:good", "latest:good", "--judge", "scripted")

    assert "a is better in 1, b in 0, equal in 0 of 1 pairs" in ended.stdout, ended.stderr
    assert "a is better in 0, b in 1, equal in 0 of 1 pairs" in turned.stdout
    assert "a is better in 0, b in 0, equal in 1 of 1 pairs" in same.stdout


def compare_by_panel(workspace: Workspace, rule: str, *words: str) -> tuple[str, Pairwise]:
    """What a panel of a judge a word says: each prefers the sound answer, the other one, or always the first."""

    def prefers(call: Call, word: str) -> str:
        better = _prefers(call)
        return {"sound": better, "flawed": "first" if better == "second" else "second", "place": "first"}[word]

    def says(word: str, call: Call) -> Say:
        return _says(prefers(call, word), call)

    workspace.write("specs/advice.evalc", ADVICE)
    with ExitStack() as servers:
        judges = ""
        for number, word in enumerate(words, start=1):
            server = servers.enter_context(serve_chat(partial(says, word)))
            judges += f'[judges.j{number}]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        names = ", ".join(f'"j{number}"' for number in range(1, len(words) + 1))
        workspace.write("evalc.toml", f'{POLICY}{judges}[panels.all]\njudges = [{names}]\nrule = "{rule}"\n')
        workspace.evalc("run", "plants", "--target", "good", "--target", "flawed", "--judge", "scripted")
        compared = ("pairwise", "latest:good", "latest:flawed", "--judge", "all")
        shown = workspace.evalc(*compared).stdout
        found = Pairwise.model_validate_json(workspace.evalc(*compared, "--format", "json").stdout)
    return shown, found


def test_a_panel_prefers_what_more_than_half_of_it_does(workspace: Workspace) -> None:
    """One judge that favours a place, and would decide nothing alone, is outvoted."""
    shown, found = compare_by_panel(workspace, "majority", "sound", "place", "sound")
    (pair,) = found.pairs

    assert "a is better in 1, b in 0, equal in 0 of 1 pairs" in shown
    assert "j1: a, j2: depends on the order, j3: a" in shown
    assert ("a", ["a", "order", "a"]) == (pair.winner, [vote.winner for vote in pair.votes])
    assert found.panel
    assert ["j1", "j2", "j3"] == [judge.name for judge in found.panel.judges]


def test_a_panel_that_does_not_agree_decides_nothing(workspace: Workspace) -> None:
    """Half of the votes are no majority, and a rule that wants all wants all."""
    halves, _ = compare_by_panel(workspace, "majority", "sound", "flawed")
    all_but_one, found = compare_by_panel(workspace, "unanimous", "sound", "sound", "flawed")

    assert "the panel does not agree  plants/advice/dying sound" in halves
    assert "1 in which the panel does not agree, and which count for nobody" in halves
    assert "a is better in 0, b in 0, equal in 0 of 1 pairs" in all_but_one
    assert (1, None) == (found.split, found.share)


def test_samples_of_one_judge_are_votes_with_marks_of_their_own(workspace: Workspace) -> None:
    """Asked the same words again, an endpoint that keeps answers would give the same vote twice."""
    workspace.write("specs/advice.evalc", ADVICE)
    with serve_chat(lambda call: _says(_prefers(call), call)) as server:
        own = f'[judges.own]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        workspace.write("evalc.toml", POLICY + own + '[panels.thrice]\njudges = ["own"]\nsamples = 3\n')
        workspace.evalc("run", "plants", "--target", "good", "--target", "flawed", "--judge", "scripted")
        ended = workspace.evalc("pairwise", "latest:good", "latest:flawed", "--judge", "thrice")

    assert "own: a, own: a, own: a" in ended.stdout, ended.stderr
    assert 6 == len({call.content for call in server.calls})


TALK = """\
vendor plants: Plants
  product: Plants Assistant
  about:
    Plants makes an assistant.

rubric sound: Sound advice
  scale: 1 to 5
  criterion care: Asks before it advises
    5: Asks.
    1: Advises at once.
  pass when mean >= 3

eval talk: Talk
  for: plants
  category: Search
  version: 1.0.0
  pass when overall >= 50%

case dying: A plant dies
  severity: high
  user:
    My plant is dying.
  user:
    It stands in the shade.
  must satisfy sound
  good (care 5):
    Put it into the sun.
  bad (care 1):
    Water it more.
"""


def test_conversations_are_compared_from_their_first_answer_on(workspace: Workspace) -> None:
    """Both end alike, and what the one said before that is what makes it better."""
    workspace.write("specs/talk.evalc", TALK)
    (workspace.folder / "specs/capitals.evalc").unlink()
    workspace.write("asks.jsonl", '{"turn": 0, "text": "Where does it stand?"}\n')
    workspace.write("knows.jsonl", '{"turn": 0, "text": "Water it."}\n')
    seen: list[str] = []

    def prefers(call: Call) -> Say:
        seen.append(call.texts[-1])
        first, _, second = call.texts[-1].partition("The first answer:")
        return _says("first" if "Where does it stand?" in first else "second" if "Where" in second else "equal", call)

    with serve_chat(prefers) as server:
        judge = f'[judges.own]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        targets = "".join(f'[targets.{name}]\ntype = "scripted"\nfile = "{name}.jsonl"\n' for name in ("asks", "knows"))
        workspace.write("evalc.toml", f'{targets}{judge}[judges.scripted]\ntype = "scripted"\n')
        workspace.evalc("run", "--target", "asks", "--target", "knows", "--judge", "scripted")
        ended = workspace.evalc("pairwise", "latest:asks", "latest:knows", "--judge", "own")

    assert "a is better in 1, b in 0, equal in 0 of 1 pairs" in ended.stdout, ended.stderr
    assert [1, 1] == [text.count("My plant is dying.") for text in seen]
    assert [2, 2] == [text.count("It stands in the shade.") for text in seen]
