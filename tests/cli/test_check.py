"""`evalc check`, `compile` and `schema`, as commands."""

import json
import sys
from pathlib import Path

import jsonschema_rs
import pytest

from tests.cli.conftest import CAPITALS, Workspace

FIVE_MISTAKES = """\
vendor atlas: Atlas

eval capitals: Capitals
  for: atlass
  category: Search
  version: 1.0.0

case france: France
  severity: hihg
  input:
    What is the capital of France?
  must contains "Paris"
  must match /Par(is/

case peru: Peru
  severity: low
  inputt:
    What is the capital of Peru?
  must contain "Lima"
"""


def test_five_mistakes_are_five_findings_each_with_place_and_cure(workspace: Workspace) -> None:
    """An author mends a file in one go, or not at all."""
    workspace.write("specs/capitals.evalc", FIVE_MISTAKES)

    ended = workspace.evalc("check", "--format", "json")
    found = json.loads(ended.stdout)["diagnostics"]

    assert 2 == ended.returncode
    assert [4, 9, 12, 13, 17] == [finding["start"]["line"] for finding in found]
    assert {"specs/capitals.evalc"} == {finding["path"] for finding in found}
    assert all(finding["label"] or finding["help"] for finding in found)


def test_a_spec_without_mistakes_is_said_to_have_none(workspace: Workspace) -> None:
    """Silence could also mean that nothing was looked at."""
    ended = workspace.evalc("check")

    assert (0, "") == (ended.returncode, ended.stdout)
    assert "1 eval with 2 cases" in ended.stderr


def test_compiling_twice_gives_the_same_bytes(workspace: Workspace) -> None:
    """A pull request shows what changed, which output of the day would hide."""
    builds = []
    for out in ("one", "two"):
        assert 0 == workspace.evalc("compile", "--out", out).returncode
        folder = workspace.folder / out
        builds.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})

    assert builds[0] == builds[1]
    assert {"spec.json", "runner.py", "user.txt"} <= {path.name for path in builds[0]}


def test_a_build_keeps_nothing_of_what_is_gone(workspace: Workspace) -> None:
    """A prompt of a case that is no more would be reviewed, and never asked."""
    workspace.evalc("compile")
    workspace.write("specs/capitals.evalc", CAPITALS.replace("case peru", "case chile"))

    ended = workspace.evalc("compile")
    cases = {path.name for path in (workspace.folder / "build/evals/atlas/capitals/prompts/cases").iterdir()}

    assert 0 == ended.returncode
    assert {"chile"} == cases


def test_a_compiled_spec_fits_the_published_schema(workspace: Workspace) -> None:
    """Whoever reads `spec.json` with another program relies on what `evalc schema` says."""
    workspace.evalc("compile")
    schema = json.loads(workspace.evalc("schema").stdout)
    spec = json.loads((workspace.folder / "build/evals/atlas/capitals/spec.json").read_text("utf-8"))

    jsonschema_rs.validate(schema, spec)
    spec["eval"]["cases"][0]["severity"] = "urgent"

    assert not jsonschema_rs.is_valid(schema, spec)


def test_a_compiled_runner_runs_its_eval_alone(workspace: Workspace) -> None:
    """`runner.py` is what a pipeline keeps when it does not want the specs."""
    workspace.evalc("compile")
    runner = Path("build/evals/atlas/capitals/runner.py")

    ended = workspace.run(sys.executable, str(runner), "--target", "good", "--judge", "scripted")

    assert 0 == ended.returncode, ended.stderr
    assert "2 of 2" in ended.stdout


def test_a_runner_refuses_a_spec_that_it_was_not_made_for(workspace: Workspace) -> None:
    """Results under the name of another version of an eval would be compared with the wrong ones."""
    workspace.evalc("compile")
    folder = workspace.folder / "build/evals/atlas/capitals"
    runner = (folder / "runner.py").read_text("utf-8")
    workspace.write("specs/capitals.evalc", CAPITALS.replace('"Paris"', '"Lyon"'))
    workspace.evalc("compile")
    (folder / "runner.py").write_text(runner, encoding="utf-8")

    ended = workspace.run(sys.executable, str(folder / "runner.py"), "--target", "good", "--judge", "scripted")

    assert 2 == ended.returncode
    assert "another version of the eval" in ended.stderr


@pytest.mark.parametrize("command", ["check", "lint", "fmt", "compile", "prove"])
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("notes", "there is no spec in notes; `evalc init` begins a catalog"),
        ("evalc.toml", "evalc.toml is no spec: their names end in `.evalc`"),
        ("spcs", "there is no spcs; name a spec or a folder of specs"),
    ],
)
def test_nothing_is_not_all_right(workspace: Workspace, command: str, path: str, *, says: str) -> None:
    """A job that looks into the wrong folder must not pass for it."""
    workspace.write("notes/readme.md", "Specs are elsewhere.")
    workspace.write("notes/.kept/a.evalc", "")
    ended = workspace.evalc(command, path)

    assert (2, f"evalc: {says}\n") == (ended.returncode, ended.stderr)


def test_an_unknown_command_names_the_near_one(workspace: Workspace) -> None:
    """A slip in a command deserves what a slip in a spec gets."""
    ended = workspace.evalc("chekc")

    assert 2 == ended.returncode
    assert "did you mean `check`?" in ended.stderr


def test_a_build_is_the_same_wherever_the_command_is_run(workspace: Workspace) -> None:
    """Paths of one machine or folder in the output would differ in every pull request."""
    workspace.evalc("compile", "specs", "--out", "one")
    specs = Workspace(workspace.folder / "specs")
    ended = specs.evalc("compile", ".", "--out", str(workspace.folder / "two"))
    one, two = (workspace.folder / out / "atlas/capitals/spec.json" for out in ("one", "two"))

    assert 0 == ended.returncode, ended.stderr
    assert one.read_bytes() == two.read_bytes()
    assert b'"specs/capitals.evalc"' in one.read_bytes()
