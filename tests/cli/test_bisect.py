"""`evalc bisect`: when a case flipped, and what made it."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import CAPITALS, POLICY, Workspace

FRANCE = "atlas/capitals/france"
PERU = "atlas/capitals/peru"


@pytest.fixture
def repository(workspace: Workspace) -> Workspace:
    """The workspace as the first commit of a repository, and a run of it in which all passed."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    (workspace.folder / ".gitignore").write_text("results/\n", encoding="utf-8")
    commit(workspace, "start")
    run(workspace)
    return workspace


def git(workspace: Workspace, *words: str) -> None:
    """One call of git, as Ann."""
    who = {"NAME": "Ann", "EMAIL": "ann@shop.example", "DATE": "2026-01-02T03:04:05Z"}
    given = {f"GIT_{role}_{name}": value for role in ("AUTHOR", "COMMITTER") for name, value in who.items()}
    environment = {**os.environ, **given, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(["git", *words], cwd=workspace.folder, env=environment, check=True, capture_output=True)


def commit(workspace: Workspace, subject: str) -> None:
    """Everything as it is now."""
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "--message", subject)


def run(workspace: Workspace) -> None:
    """One run of all cases, whatever it finds."""
    ended = workspace.evalc("run", "--target", "good", "--judge", "scripted")
    assert ended.returncode in (0, 1), ended.stderr


def bisect(workspace: Workspace, case: str, *options: str) -> str:
    """What the command says."""
    ended = workspace.evalc("bisect", case, *options)
    assert (0, "") == (ended.returncode, ended.stderr)
    return ended.stdout


def test_a_spec_that_made_a_case_fail_is_named_by_its_commit(repository: Workspace) -> None:
    """Between two runs lie many commits, and one of them is to blame."""
    repository.write("specs/capitals.evalc", CAPITALS.replace("Peru\n", "The capital of Peru\n", 1))
    commit(repository, "say more about Peru")
    changed = CAPITALS.replace('contain "Paris"', 'contain "Lutetia"')
    repository.write("specs/capitals.evalc", changed)
    commit(repository, "ask for the old name")
    repository.write("specs/capitals.evalc", f"# Capitals.\n{changed}")
    commit(repository, "explain the file")
    run(repository)
    said = bisect(repository, FRANCE)

    assert "flipped: the spec\n" in said
    assert "2026-01-02 Ann: ask for the old name" in said
    assert "explain the file" not in said
    assert "not this: the target is the same, with the same settings" in said
    assert "not this: no check that a judge decides turned" in said


def test_a_change_that_is_not_committed_is_told_as_such(repository: Workspace) -> None:
    """The run was of the work tree, so no commit can be named."""
    repository.write("specs/capitals.evalc", CAPITALS.replace('contain "Paris"', 'contain "Lutetia"'))
    run(repository)

    assert "not committed yet" in bisect(repository, FRANCE)


def test_another_target_behind_a_name_is_to_blame(repository: Workspace) -> None:
    """The spec stayed, and the settings behind the target's name did not."""
    repository.write("evalc.toml", POLICY.replace('"good"', '"bad"'))
    run(repository)
    said = bisect(repository, FRANCE)

    assert "flipped: the target\n" in said
    assert "not this: the case asks and demands what it did" in said


def test_other_answers_of_the_same_target_are_told_from_a_change(repository: Workspace) -> None:
    """A model that answers otherwise now and then has not been changed by anybody."""
    script = repository.write("answers.jsonl", _answer("It is Paris."))
    repository.write("evalc.toml", POLICY.replace('answers = "good"', 'file = "answers.jsonl"'))
    run(repository)
    script.write_text(_answer("It is Lyon."), encoding="utf-8")
    run(repository)
    said = bisect(repository, FRANCE)

    assert "flipped: the answer\n" in said
    assert "turned: names-paris\n" in said


def test_a_judge_that_judges_the_same_answer_otherwise_is_to_blame(repository: Workspace) -> None:
    """Nothing but its word changed."""
    script = repository.write("verdicts.jsonl", _verdict("met"))
    repository.write("evalc.toml", f'{POLICY}file = "verdicts.jsonl"\n')
    run(repository)
    script.write_text(_verdict("not-met"), encoding="utf-8")
    run(repository)
    said = bisect(repository, PERU)

    assert "flipped: the judge\n" in said
    assert "turned: names-one (judged)" in said


def test_a_case_that_never_flipped_is_told_with_its_runs(repository: Workspace) -> None:
    """Whoever asks wants to see that it was looked at."""
    run(repository)
    said = bisect(repository, FRANCE)

    assert 2 == said.count("  passed")
    assert said.endswith("it never flipped\n")


def test_the_whole_history_is_there_for_programs(repository: Workspace) -> None:
    """A dashboard draws its own picture."""
    repository.write("evalc.toml", POLICY.replace('"good"', '"bad"'))
    run(repository)
    (history,) = json.loads(bisect(repository, FRANCE, "--format", "json"))

    assert ["passed", "failed"] == [look["outcome"] for look in history["looks"]]
    assert [["target"]] == [flip["causes"] for flip in history["flips"]]


@pytest.mark.parametrize("options", [["atlas/capitals/spain"], [FRANCE, "--target", "better"]])
def test_a_case_that_nobody_asked_is_an_error(repository: Workspace, options: list[str]) -> None:
    """Silence would read as good news."""
    ended = repository.evalc("bisect", *options)

    assert 2 == ended.returncode
    assert "no run in results has asked" in ended.stderr


def test_without_a_repository_the_spec_is_still_to_blame(workspace: Workspace, tmp_path: Path) -> None:
    """Results may lie where there is no git; what the runs tell is told."""
    run(workspace)
    workspace.write("specs/capitals.evalc", CAPITALS.replace('contain "Paris"', 'contain "Lutetia"'))
    run(workspace)
    ended = workspace.evalc("bisect", FRANCE, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))

    assert 0 == ended.returncode
    assert "flipped: the spec" in ended.stdout
    assert "in no repository that git reads" in ended.stderr


def _answer(text: str) -> str:
    return json.dumps({"case": FRANCE, "text": text}) + "\n"


def _verdict(verdict: str) -> str:
    return json.dumps({"case": PERU, "verdict": verdict, "reason": "as scripted"}) + "\n"
