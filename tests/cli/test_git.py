"""`evalc git`: logs shown and facts merged by a real git."""

from pathlib import Path

import pytest

from tests.cli.conftest import POLICY, Workspace
from tests.cli.test_diff import commit, git


@pytest.fixture
def repository(workspace: Workspace) -> Workspace:
    """The workspace, committed, in a clone that was told."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    ended = workspace.evalc("git", "setup")
    assert 0 == ended.returncode, ended.stderr
    commit(workspace)
    return workspace


def log_of_a_run(workspace: Workspace) -> Path:
    """The log of a new run."""
    before = set(workspace.folder.glob("results/*"))
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    (new,) = set(workspace.folder.glob("results/*")) - before
    return new / "events.jsonl"


def test_two_runs_differ_where_they_found_something_else(repository: Workspace) -> None:
    """Times, ids of runs and checksums change with every run, and say nothing to a reader of a diff."""
    kept = repository.folder / "kept" / "events.jsonl"
    kept.parent.mkdir()
    kept.write_bytes(log_of_a_run(repository).read_bytes())
    commit(repository)
    kept.write_bytes(log_of_a_run(repository).read_bytes())
    same = repository.run("git", "diff").stdout
    repository.write("evalc.toml", POLICY.replace('"good"', '"bad"'))
    kept.write_bytes(log_of_a_run(repository).read_bytes())
    other = repository.run("git", "diff", "--", "kept").stdout

    assert "" == "".join(line for line in same.splitlines() if line[:1] in "+-" and "events.jsonl" not in line)
    assert "-good:atlas/capitals/france@1 passed\n" in other
    assert "+good:atlas/capitals/france@1 failed\n" in other
    assert "-  | It is Paris.\n" in other
    assert "+  | It is Lyon.\n" in other


def test_a_log_that_cannot_be_read_does_not_stop_a_diff(repository: Workspace) -> None:
    """The rest of the commit has to be shown all the same."""
    broken = repository.write("kept/events.jsonl", "nothing\n")
    commit(repository)
    broken.write_text("nothing else\n", encoding="utf-8")
    repository.write("other.txt", "x")
    ended = repository.run("git", "diff")

    assert 0 == ended.returncode
    assert "" == ended.stderr


@pytest.mark.parametrize(("theirs", "code"), [("a 1\nb 2\nc 1\n", 0), ("a 3\nb 1\n", 1)])
def test_branches_that_accept_other_cases_merge(repository: Workspace, theirs: str, code: int) -> None:
    """Two teams bless what they ran; only where they disagree a person has to look."""
    baseline = repository.write("baselines/good.txt", "a 1\nb 1\n")
    commit(repository)
    git(repository, "checkout", "--quiet", "-b", "topic")
    baseline.write_text(theirs, encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    baseline.write_text("a 2\nb 1\n", encoding="utf-8")
    commit(repository)
    ended = repository.run("git", "-c", "user.name=a", "-c", "user.email=a@b.example", "merge", "--no-edit", "topic")

    assert code == ended.returncode, ended.stdout + ended.stderr
    expected = "<<<<<<< ours\na 2\n=======\na 3\n>>>>>>> theirs\nb 1\n" if code else "a 2\nb 2\nc 1\n"
    assert expected == baseline.read_text("utf-8")


def test_what_two_people_say_is_kept(repository: Workspace) -> None:
    """Two reviewers look at one run, each on a branch, and add their verdicts at the same place."""
    verdicts = repository.write("kept/people.jsonl", "")
    commit(repository)
    git(repository, "checkout", "--quiet", "-b", "topic")
    verdicts.write_text('{"by":"Bob"}\n', encoding="utf-8")
    commit(repository)
    git(repository, "checkout", "--quiet", "main")
    verdicts.write_text('{"by":"Ann"}\n', encoding="utf-8")
    commit(repository)
    git(repository, "merge", "--no-edit", "topic")

    assert ['{"by":"Ann"}', '{"by":"Bob"}'] == sorted(verdicts.read_text("utf-8").splitlines())


def test_a_repository_is_told_once(repository: Workspace) -> None:
    """Whoever has set it up already loses nothing and gets no line twice."""
    path = repository.write(".gitattributes", "*.png binary")
    first = repository.evalc("git", "setup").stdout
    second = repository.evalc("git", "setup").stdout

    assert 4 == first.count("added to")
    assert 0 == second.count("added to")
    assert path.read_text("utf-8").startswith("*.png binary\n*.evalc text eol=lf diff=evalc\n")


def test_without_a_repository_there_is_nothing_to_tell(workspace: Workspace) -> None:
    """And it is said, in place of a file that nobody reads."""
    ended = workspace.evalc("git", "setup", GIT_CEILING_DIRECTORIES=str(workspace.folder.parent))

    assert 2 == ended.returncode
    assert "in no repository that git reads" in ended.stderr
    assert not (workspace.folder / ".gitattributes").exists()
