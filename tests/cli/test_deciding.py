"""`evalc compare`, `gate` and `bless` as commands on stored runs."""

import json
from collections.abc import Sequence

import pytest

from tests.cli.conftest import CAPITALS, POLICY, Workspace

_FLAWED = '\n[targets.flawed]\ntype = "scripted"\nbad = ["atlas/capitals/france"]\n'


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with two runs: of a good target, and of the same and a flawed one."""
    workspace = Workspace(tmp_path_factory.mktemp("ran"))
    workspace.write("specs/capitals.evalc", CAPITALS)
    workspace.write("evalc.toml", POLICY + _FLAWED)
    for targets in (["--target", "good"], ["--target", "good", "--target", "flawed"]):
        done = workspace.evalc("run", *targets, "--judge", "scripted", "--progress", "none")
        assert 0 == done.returncode, done.stdout + done.stderr
    return workspace


def test_two_targets_of_one_run_compare(ran: Workspace) -> None:
    """Which of two models is better is asked of one run more often than of two."""
    done = ran.evalc("compare", "latest:good", "latest:flawed")

    assert 0 == done.returncode, done.stderr
    first, _, lost, case, *_ = done.stdout.splitlines()
    assert first.startswith("good (scripted) in ")
    assert "lost (1)" == lost
    assert ["atlas/capitals/france", "high", "passed", "->", "failed", "specs/capitals.evalc:12"] == case.split()


def test_a_run_is_named_by_its_id_its_beginning_or_its_folder(ran: Workspace) -> None:
    """An id is copied from a page, a folder is completed by the shell."""
    first, second = sorted(path.name for path in (ran.folder / "results").iterdir())
    names = [[first, second], [f"{first[:-2]}:good", "latest:good"], [f"results/{first}", f"results/{second}:good"]]

    found = [json.loads(_said(ran, *pair, "--format", "json")) for pair in names]

    assert found[1] == found[2]
    assert [first, second] == [found[0]["targets"][0][side]["run_id"] for side in ("before", "after")]
    assert ["flawed"] == found[0]["unmatched"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["latst", "latest"], "there is no run `latst` in results; did you mean `latest`?"),
        (["latest", "latest:god"], "no run in results has a target `god`"),
        (["2", "latest"], "2 runs in results begin with `2`: "),
        (["latest", "nothing"], "there is no run `nothing` in results; `latest`, the id of a run, or its folder would"),
        (["latest", "latest", "--results", "none"], "there is no run yet in none; `evalc run` makes one"),
    ],
)
def test_a_run_that_is_not_there_is_told(ran: Workspace, words: Sequence[str], expected: str) -> None:
    """A mistake in a name must not end in a comparison with something else."""
    done = ran.evalc("compare", *words)

    assert 2 == done.returncode
    assert done.stderr.startswith(f"evalc: {expected}"), done.stderr


def test_a_target_that_a_run_lacks_is_told_with_those_that_it_has(ran: Workspace) -> None:
    """The list is shorter than the way to look it up."""
    first = min(path.name for path in (ran.folder / "results").iterdir())

    done = ran.evalc("compare", f"{first}:flawed", "latest")

    assert (2, f"evalc: the run {first} has no target `flawed`, but good\n") == (done.returncode, done.stderr)


def test_a_log_that_cannot_be_read_is_a_fault_of_storage(ran: Workspace) -> None:
    """A script tells a damaged disk from a wrong name by the exit code."""
    ran.write("broken/events.jsonl", "not a log\n")

    done = ran.evalc("compare", "broken", "latest")

    assert 5 == done.returncode, done.stderr


def test_a_run_is_accepted_and_later_ones_are_held_against_it(ran: Workspace) -> None:
    """From the first green run to the gate that stops a worse one, as a pull request goes through it."""
    accepted = ran.evalc("bless", "latest:good", "--baseline", "kept")
    again = ran.evalc("bless", "latest:good", "--baseline", "kept")
    passed = ran.evalc("gate", "latest:good", "--baseline", "kept")
    text = (ran.folder / "kept/good.txt").read_text("utf-8")
    ran.write("kept/flawed.txt", text)
    lost = ran.evalc("gate", "latest:flawed", "--baseline", "kept", "--format", "json")

    assert "kept/good.txt: 2 new\n" == accepted.stdout, accepted.stderr
    assert "kept/good.txt: 2 as before\n" == again.stdout
    assert ["atlas/capitals/france", "atlas/capitals/peru"] == [line.split()[0] for line in text.splitlines()[1:]]
    assert 0 == passed.returncode
    assert "0 lost and 0 gained of 2 cases" in passed.stdout
    (against,) = json.loads(lost.stdout)["baselines"]
    assert ["atlas/capitals/france"] == [flip["after"]["case_id"] for flip in against["comparison"]["flips"]]
    assert "It is" not in text + lost.stdout


def test_the_policy_of_a_workspace_decides(ran: Workspace) -> None:
    """The exit code is what a pipeline reads."""
    ran.write("strict.toml", "[gate.thresholds.atlas]\noverall = 0.9\n")
    ran.write("wrong.toml", "[gate]\nmargin = 2\n")

    codes = [ran.evalc("gate", "latest:flawed", *more).returncode for more in ([], ["--policy", "strict.toml"])]
    wrong = ran.evalc("gate", "--policy", "wrong.toml")

    assert [0, 1] == codes
    assert 2 == wrong.returncode
    assert "`margin` is 2; 1 or less fits" in wrong.stderr


def test_a_run_without_verdicts_accepts_nothing(ran: Workspace) -> None:
    """An empty baseline would hold nothing against anybody, and look as if it did."""
    server = 'type = "openai"\nbase_url = "http://127.0.0.1:9/v1"\nmodel = "m"\n'
    ran.write("absent.toml", f"[targets.absent]\n{server}[limits]\nmax_attempts = 1\n")
    ran.evalc("run", "atlas/capitals/france", "--target", "absent", "--policy", "absent.toml", "--results", "none")

    done = ran.evalc("bless", "--results", "none", "--baseline", "kept-none")

    assert "kept-none/absent.txt: 1 without a verdict, left out\n" == done.stdout, done.stderr
    assert not (ran.folder / "kept-none").exists()


def test_a_broken_baseline_is_told_and_kept(ran: Workspace) -> None:
    """A merge conflict that was committed must stop the gate, and nobody's lines may get lost in it."""
    text = "<<<<<<< HEAD\natlas/capitals/france f passed + -\n"
    path = ran.write("broken-baselines/good.txt", text)

    for command in ("gate", "bless"):
        done = ran.evalc(command, "latest:good", "--baseline", "broken-baselines")

        assert (2, text) == (done.returncode, path.read_text("utf-8"))
        assert "good.txt is no baseline: line 1 is the mark of a merge conflict" in done.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("junit", "<failure message="),
        ("sarif", '"startLine": 16'),
        ("csv", '"atlas/capitals/france","high","flawed",1,"failed","names-paris"'),
        ("markdown", "names-paris"),
        ("json", '"eval_id": "atlas/capitals"'),
    ],
)
def test_a_run_is_written_for_other_programs(ran: Workspace, name: str, expected: str) -> None:
    """Each form names the check that failed, and has the line where it stands."""
    done = ran.evalc("export", "latest:flawed", "--format", name)

    assert 0 == done.returncode, done.stderr
    assert expected in done.stdout
    assert "good (scripted)" not in done.stdout


def test_a_form_without_a_place_for_comparisons_says_so(ran: Workspace) -> None:
    """Two runs are no test results, and an empty file would look like a green one."""
    done = ran.evalc("compare", "latest:good", "latest:flawed", "--format", "junit")

    assert (2, "") == (done.returncode, done.stdout)
    assert "junit has no place for a comparison; text, json, markdown and csv have" in done.stderr


def _said(workspace: Workspace, *words: str) -> str:
    done = workspace.evalc("compare", *words)
    assert 0 == done.returncode, done.stderr
    return done.stdout
