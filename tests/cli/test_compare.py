"""`evalc compare` as a command: how runs are named, and what is said of them."""

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


def _said(workspace: Workspace, *words: str) -> str:
    done = workspace.evalc("compare", *words)
    assert 0 == done.returncode, done.stderr
    return done.stdout
