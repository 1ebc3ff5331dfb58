"""`evalc calibrate`, as a command."""

import json

from evalc.model.calibration import Measured
from tests.cli.conftest import POLICY, Workspace
from tests.servers.chat import Status, serve_chat

ADVICE = """\
rubric sound: Sound advice
  scale: 1 to 5
  criterion truth: What is said is true
    5: All of it.
    1: None of it.
  criterion care: The person is cared for
    5: Warmly.
    1: Not at all.
  pass when mean >= 4

vendor plants: Plants
  product: Plant desk
  about:
    Answers to people with plants.

eval advice: Advice
  for: plants
  category: Search
  version: 1.0.0

case dying: A plant that dies
  severity: high
  input:
    My plant is dying. What now?
  must satisfy "Asks how often it is watered" as asks-back
  must satisfy sound as is-sound
  good (truth 5, care 4):
    Sorry to hear that! How often do you water it?
  bad (breaks asks-back, truth 4, care 2):
    Water it more.
  bad (breaks is-sound, truth 1, care 3):
    How often do you water it? It is dead anyway.
"""
SPEC = "plants/advice"


def begin(workspace: Workspace, *, verdicts: str = "", more: str = "") -> None:
    """Specs with labels, and a judge with verdicts of its own."""
    workspace.write("specs/advice.evalc", ADVICE)
    workspace.write("own.jsonl", verdicts)
    judge = '[judges.own]\ntype = "scripted"\nfile = "own.jsonl"\n[calibration]\nlabels = 2\n'
    workspace.write("evalc.toml", POLICY + judge + more)


def test_a_judge_that_agrees_counts_until_the_rubric_changes(workspace: Workspace) -> None:
    """A figure that outlives what it was measured on is worse than none."""
    begin(workspace)
    measured = workspace.evalc("calibrate", "--judge", "own")
    fresh = workspace.evalc("calibrate", "--judge", "own", "--check")
    workspace.write("specs/advice.evalc", ADVICE.replace("5: Warmly.", "5: Very warmly."))
    stale = workspace.evalc("calibrate", "--judge", "own", "--check")

    assert (0, 0, 1) == (measured.returncode, fresh.returncode, stale.returncode), measured.stderr
    assert "judge own (scripted: it knows the labels) on " in measured.stdout
    assert f"measured  {SPEC}/sound: agreement 100 %" in fresh.stdout
    assert f"stale     {SPEC}/sound: measured on " in stale.stdout
    assert f"measured  {SPEC}/claims" in stale.stdout


def test_another_judge_of_the_same_name_is_not_measured(workspace: Workspace) -> None:
    """Whoever swaps the model behind a name has a judge that nobody knows."""
    begin(workspace)
    workspace.evalc("calibrate", "--judge", "own")
    policy = workspace.folder / "evalc.toml"
    policy.write_text(policy.read_text(encoding="utf-8").replace('file = "own.jsonl"', 'file = "./own.jsonl"'))

    ended = workspace.evalc("calibrate", "--judge", "own", "--check")

    assert 1 == ended.returncode
    assert "measured  " not in ended.stdout


def test_what_the_judge_gets_wrong_is_shown_and_below_a_floor(workspace: Workspace) -> None:
    """A table of figures says that it errs; the answer with its reason says how."""
    begin(workspace, verdicts='{"criterion": "care", "verdict": 5, "reason": "It is kind."}\n')

    ended = workspace.evalc("calibrate", "--judge", "own", "--samples", "2")

    assert 1 == ended.returncode
    assert "specs/advice.evalc:29 plants/advice/dying#is-sound: people say failed, the judge passed" in ended.stdout
    assert f"below a floor: {SPEC}/sound: agreement 0.67 is below 0.80" in ended.stdout
    assert "same word" in ended.stdout


def test_labels_of_people_come_from_a_file(workspace: Workspace) -> None:
    """Examples are few and written to be clear; the answers that people judged are neither."""
    begin(workspace, verdicts='{"criterion": "claim", "contains": "rain", "verdict": "met", "reason": "It asks."}\n')
    workspace.write(
        "people.csv",
        "case,check,answer,label,by\n"
        f'{SPEC}/dying,asks-back,"Does it get rain, and when?",failed,Ann\n'
        f'{SPEC}/dying,asks-back,"Rain, how much?",passed,Ann\n',
    )

    ended = workspace.evalc("calibrate", "--judge", "own", "--labels", "people.csv")

    assert f"Ann {SPEC}/dying#asks-back: people say failed, the judge passed: It asks." in ended.stdout
    (line,) = [line for line in _lock(workspace) if line.rubric == f"{SPEC}/claims"]
    assert 5 == sum(found.count for found in line.counts)


def test_a_label_that_does_not_fit_is_named(workspace: Workspace) -> None:
    """A row that is left out without a word would change the figures."""
    begin(workspace)
    rows = {
        "case,answer\n": "people.csv: it has no column `label`; case, answer, label are needed",
        "case,answer,label,who\n": "people.csv: it has a column `who`",
        f"case,answer,label\n{SPEC}/dyin,x,passed\n": f"people.csv:2: no case has the id `{SPEC}/dyin`; did you mean",
        f"case,answer,label\n{SPEC}/dying,x,passed\n": "needs a column `check`; its judged checks are `asks-back`",
        f"case,answer,label,check\n{SPEC}/dying,x,good,asks-back\n": "`good` is no label of a check; passed, failed",
        f"case,answer,label,check,criterion\n{SPEC}/dying,x,9,is-sound,care\n": "`9` is no label of a criterion care",
        f"case,answer,label,check,criterion\n{SPEC}/dying,x,4,is-sound,tone\n": "has no criterion `tone`",
    }
    for text, message in rows.items():
        workspace.write("people.csv", text)
        ended = workspace.evalc("calibrate", "--judge", "own", "--labels", "people.csv")

        assert 2 == ended.returncode
        assert message in ended.stderr


def test_the_lock_file_keeps_other_judges_and_is_sorted(workspace: Workspace) -> None:
    """Two people who measure two judges on two branches merge them as text."""
    begin(workspace)
    workspace.evalc("calibrate", "--judge", "own")
    workspace.evalc("calibrate", "--judge", "scripted")
    lines = (workspace.folder / "specs/calibration.lock").read_text(encoding="utf-8").splitlines()

    assert {"own", "scripted"} == {line.judge for line in _lock(workspace)}
    keys = [(line.rubric, line.criterion, line.judge) for line in _lock(workspace)]
    assert sorted(keys) == keys
    assert 0 == workspace.evalc("check").returncode
    assert lines


def test_a_conflict_in_the_lock_file_is_told(workspace: Workspace) -> None:
    """Git leaves its marks there, and nothing that stands between them is believed."""
    begin(workspace)
    workspace.evalc("calibrate", "--judge", "own")
    path = workspace.folder / "specs/calibration.lock"
    path.write_text("<<<<<<< ours\n" + path.read_text(encoding="utf-8"))

    ended = workspace.evalc("calibrate", "--judge", "own", "--check")

    assert 2 == ended.returncode
    assert "calibration.lock:1: this is no measurement; of two sides of a conflict keep one" in ended.stderr


def test_a_judge_that_is_not_there_is_named(workspace: Workspace) -> None:
    """The name is typed by hand."""
    begin(workspace)
    ended = workspace.evalc("calibrate", "--judge", "owl")

    assert (2, True) == (ended.returncode, "did you mean `own`?" in ended.stderr)


def test_the_gate_tells_a_rate_without_the_errors_of_the_judge(workspace: Workspace) -> None:
    """A judge that passes every bad answer in three shows a rate that is too high, and by how much is known."""
    begin(workspace)
    rows = [f"{SPEC}/dying,asks-back,answer {number},{'passed' if number < 6 else 'failed'}" for number in range(12)]
    workspace.write("people.csv", "case,check,answer,label\n" + "\n".join(rows) + "\n")
    lines = [f'{{"criterion": "claim", "contains": "answer {number}", "verdict": "{word}", "reason": "So."}}\n'
             for number, word in [(11, "met"), (10, "met"), *((n, "not-met") for n in (9, 8, 7, 6)),
                                  *((n, "met") for n in range(6))]]  # fmt: skip
    workspace.write("own.jsonl", "".join(lines))
    measured = workspace.evalc("calibrate", "--judge", "own", "--labels", "people.csv")
    workspace.evalc("run", "--target", "good", "--judge", "own")
    gated = workspace.evalc("gate")
    rates = json.loads(workspace.evalc("gate", "--format", "json").stdout)["corrected"]
    rate = next(found for found in rates if found["rubric"] == f"{SPEC}/claims")
    page = workspace.evalc("gate", "--format", "markdown").stdout

    assert (f"{SPEC}/claims", "good", 1.0, 1, 1.0) == (
        rate["rubric"],
        rate["target"],
        rate["passed"],
        rate["total"],
        rate["corrected"]["value"],
    )
    assert f"- corrected, `{SPEC}/claims` at `good`: 100 % (" in page
    assert f"{SPEC}/claims" in measured.stdout
    assert f"corrected  {SPEC}/claims · good: 100 %" in gated.stdout
    assert "for the judge's 100% of 1, by what it got wrong on " in gated.stdout


def test_a_gate_does_not_fail_by_a_judge_that_nobody_measured(workspace: Workspace) -> None:
    """The failure may be the judge's, and nobody knows how often that is so."""
    begin(workspace, verdicts='{"criterion": "claim", "verdict": "not-met", "reason": "No."}\n')
    workspace.evalc("run", "--target", "good", "--judge", "own")
    unmeasured = workspace.evalc("gate")

    assert 3 == unmeasured.returncode
    assert f"judge own was never measured on {SPEC}/claims" in unmeasured.stdout


def test_a_judge_that_breaks_off_leaves_the_lock_file_as_it_was(workspace: Workspace) -> None:
    """Figures of half of the answers would replace those of all."""
    begin(workspace)
    workspace.evalc("calibrate", "--judge", "own")
    before = (workspace.folder / "specs/calibration.lock").read_bytes()
    with serve_chat(lambda call: Status(401, b'{"error": "no"}')) as server:
        bound = f'[judges.own]\ntype = "openai"\nbase_url = "{server.url}"\nmodel = "m"\n'
        workspace.write("evalc.toml", POLICY + bound)
        ended = workspace.evalc("calibrate", "--judge", "own")

    assert (2, "") == (ended.returncode, ended.stdout)
    assert "status 401" in ended.stderr
    assert before == (workspace.folder / "specs/calibration.lock").read_bytes()


def _lock(workspace: Workspace) -> list[Measured]:
    text = (workspace.folder / "specs/calibration.lock").read_text(encoding="utf-8")
    return [Measured.model_validate_json(line) for line in text.splitlines()]
