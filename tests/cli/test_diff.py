"""`evalc diff`, as a command in a repository."""

import json
import os
import sys
from pathlib import Path

import pytest

from evalc.model.change import Review
from tests.cli.conftest import CAPITALS, Workspace

_GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@atlas.example",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@atlas.example",
}
# Wherever these tests run, only those of the pipeline are in one.
_AT_A_DESK = {"CI": ""}


@pytest.fixture
def repository(workspace: Workspace) -> Workspace:
    """The workspace, committed."""
    git(workspace, "init", "--quiet", "--initial-branch=main")
    commit(workspace)
    return workspace


def git(workspace: Workspace, *words: str) -> None:
    """One call of git."""
    ended = workspace.run("git", *words, **_GIT)
    assert ended.returncode == 0, ended.stderr


def commit(workspace: Workspace) -> None:
    """Everything as it is now."""
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "--message=step")


def weaken(workspace: Workspace, *, severity: str = "high", accept: str = "") -> None:
    """One check less to pass: that of France is high, that of Peru is low."""
    old = {"high": '  must contain "Paris" as', "low": '  must contain "Lima" as'}[severity]
    new = old.replace("contain ", 'contain any of "it", ')
    text = CAPITALS.replace(old, new)
    header = "case france: France\n"
    workspace.write("specs/capitals.evalc", text.replace(header, f"{header}  accept: {accept}\n") if accept else text)


def test_a_weakening_is_shown_and_at_a_desk_stops_nothing(repository: Workspace) -> None:
    """An author looks at the own change before anybody else does."""
    weaken(repository)
    ended = repository.evalc("diff", **_AT_A_DESK)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert "the work tree: 1 weakened" in ended.stdout
    assert 'check-loosened: `must contain "Paris"` is now `must contain any of "it", "Paris"`' in ended.stdout


def test_in_a_pipeline_a_weakened_high_case_stops(repository: Workspace) -> None:
    """Without any setting: who forgets the flag must not get a green light."""
    weaken(repository)
    ended = repository.evalc("diff", "main", CI="true")

    assert 1 == ended.returncode
    assert "1 of these changes need somebody who accepts them (check-loosened)" in ended.stderr


def test_in_a_pipeline_a_weakened_low_case_is_told(repository: Workspace) -> None:
    """The usual setting is for critical and high cases."""
    weaken(repository, severity="low")
    ended = repository.evalc("diff", "main", CI="true")

    assert (0, "") == (ended.returncode, ended.stderr)
    assert "1 weakened" in ended.stdout


@pytest.mark.parametrize(
    ("level", "code"),
    [
        ("weakened", 1),
        ("weakened:low", 1),
        ("weakened:critical,high", 0),
        ("behaviour:low", 1),
        ("any", 1),
        ("none", 0),
    ],
)
def test_what_stops_is_asked_for(repository: Workspace, level: str, code: int) -> None:
    """A team decides what needs a second look, and for which cases."""
    weaken(repository, severity="low")

    assert code == repository.evalc("diff", "--fail-on", level, CI="true").returncode


def test_a_line_in_the_case_accepts_its_weakening(repository: Workspace) -> None:
    """The reason stays in the spec, where the next reader looks."""
    weaken(repository, accept="check-loosened names-paris by Ann: it may call it the City of Light")
    ended = repository.evalc("diff", CI="true")

    assert 0 == ended.returncode
    assert "accepted by Ann: it may call it the City of Light" in ended.stdout


def test_a_line_that_accepts_nothing_is_named(repository: Workspace) -> None:
    """A slip in the line would look like an acceptance to the reader, and not to the pipeline."""
    weaken(repository, accept="check-lossened by Ann: it may call it the City of Light")
    ended = repository.evalc("diff", CI="true")

    assert 1 == ended.returncode
    assert "specs/capitals.evalc:13: `accept: check-lossened by Ann" in ended.stderr


def test_a_label_accepts_all(repository: Workspace) -> None:
    """A maintainer's label is not in the spec; the workflow hands it over with its words."""
    weaken(repository)
    ended = repository.evalc("diff", "--accept", "label `weakening-agreed`", CI="true")

    assert 0 == ended.returncode
    assert "accepted by --accept: label `weakening-agreed`" in ended.stdout


@pytest.mark.parametrize("form", ["text", "markdown", "json", "sarif", "github"])
def test_each_format_tells_of_the_weakening(repository: Workspace, form: str) -> None:
    """Whatever a pipeline shows, the one line that matters is in it."""
    weaken(repository)
    ended = repository.evalc("diff", "--format", form, **_AT_A_DESK)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert "check-loosened" in ended.stdout
    assert "capitals.evalc" in ended.stdout


def test_json_is_the_whole_review(repository: Workspace) -> None:
    """A comment of one's own needs all that is known, in a form that stays."""
    weaken(repository)
    commit(repository)
    review = Review.model_validate_json(repository.evalc("diff", "HEAD~1..HEAD", "--format", "json").stdout)

    assert ["atlas/capitals/france"] == [*review.reruns]
    assert (1, 1, 0) == (review.cost.cases, review.cost.calls, review.cost.judge_calls)
    assert 40 == len(review.base_commit) == len(review.head_commit)
    assert ["atlas/capitals"] == [*review.pages]


def test_two_folders_need_no_repository(workspace: Workspace) -> None:
    """A release that was unpacked is compared with the one before."""
    workspace.write("old/capitals.evalc", CAPITALS)
    weaken(workspace)
    ended = workspace.evalc("diff", "old", "specs", **_AT_A_DESK)

    assert (0, "") == (ended.returncode, ended.stderr)
    assert ended.stdout.startswith("old -> specs: 1 weakened\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mian"], "there is no revision `mian`, and no folder of that name with specs in it; did you mean `main`?"),
        (["a", "b", "c"], "a comparison has two sides"),
        (["--fail-on", "weak"], "'weak' is no level"),
        (["--fail-on", "weakened:urgent"], "'weakened:urgent' is no level"),
    ],
)
def test_a_wrong_call_says_what_would_fit(repository: Workspace, words: list[str], said: str) -> None:
    """Exit code 2 is for the one who calls, and never for the one who wrote the spec."""
    ended = repository.evalc("diff", *words)

    assert 2 == ended.returncode
    assert said in ended.stderr


def test_specs_with_mistakes_are_not_compared(repository: Workspace) -> None:
    """A case that cannot be read would look like one that is gone."""
    repository.write("specs/capitals.evalc", CAPITALS.replace("must contain", "must contains"))
    ended = repository.evalc("diff", CI="true")

    assert (2, "") == (ended.returncode, ended.stdout)
    assert "error[unknown-verb]" in ended.stderr


def test_outside_of_a_repository_folders_are_named_as_the_way(workspace: Workspace) -> None:
    """The message of git alone would not tell what else can be done."""
    ended = workspace.evalc("diff", GIT_CEILING_DIRECTORIES=str(workspace.folder.parent))

    assert 2 == ended.returncode
    assert "compare folders instead" in ended.stderr


def test_without_git_folders_are_named_as_the_way(repository: Workspace) -> None:
    """A container may have Python and no git."""
    ended = repository.evalc("diff", PATH=str(Path(sys.executable).parent))

    assert 2 == ended.returncode
    assert "there is no `git` on the path" in ended.stderr


def test_annotations_stop_as_errors(repository: Workspace) -> None:
    """On the page of the pull request the line that stops it is red, not yellow."""
    weaken(repository)
    ended = repository.evalc("diff", "--format", "github", CI="true")

    assert ended.stdout.startswith("::error file=specs/capitals.evalc,line=16,title=check-loosened::")


def test_sarif_is_marked_as_suppressed_where_accepted(repository: Workspace) -> None:
    """Code scanning closes what is suppressed, and keeps the reason."""
    weaken(repository, accept="check-loosened by Ann: it may call it the City of Light")
    (run,) = json.loads(repository.evalc("diff", "--format", "sarif").stdout)["runs"]
    (result,) = run["results"]

    assert "accepted by Ann: it may call it the City of Light" == result["suppressions"][0]["justification"]


def test_a_calibration_that_no_longer_holds_is_told(repository: Workspace) -> None:
    """The judge was measured on another question than it is asked now."""
    line = {
        "rubric": "atlas/capitals/tone",
        "judge": "careful",
        "judge_fingerprint": "j",
        "rubric_fingerprint": "r",
        "date": "2026-03-04",
        "scale": ["met", "not-met"],
        "counts": [],
    }
    rubric = "\nrubric tone: Tone\n  scale: met\n  criterion kind: It is kind\n  pass when every criterion met\n"
    judged = CAPITALS.replace("must satisfy", "must satisfy tone as is-kind\n  must satisfy") + rubric
    repository.write("specs/capitals.evalc", judged)
    repository.write("specs/calibration.lock", json.dumps(line) + "\n")
    commit(repository)
    repository.write("specs/capitals.evalc", judged.replace("It is kind", "It is never rude"))
    told = repository.evalc("diff", **_AT_A_DESK)
    repository.write("specs/calibration.lock", "<<<<<<< ours\n")
    broken = repository.evalc("diff", **_AT_A_DESK)

    assert "1 calibration no longer holds: atlas/capitals/tone\n" in told.stdout, told.stderr
    assert 2 == broken.returncode
    assert "calibration.lock:1: this is no measurement; of two sides of a conflict keep one" in broken.stderr
