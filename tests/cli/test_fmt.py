"""`evalc fmt` as a command."""

import subprocess
import sys

from tests.cli.conftest import CAPITALS, Workspace

UNTIDY = CAPITALS.replace("severity: high", "severity:   high").replace("\n\ncase peru", "\n\n\n\ncase peru")


def test_a_spec_is_laid_out_in_place(workspace: Workspace) -> None:
    """The usual call: nothing to name, nothing to confirm."""
    path = workspace.write("specs/capitals.evalc", UNTIDY)

    ended = workspace.evalc("fmt")

    assert (0, "1 of 1 specs changed\n") == (ended.returncode, ended.stderr)
    assert CAPITALS == path.read_text("utf-8")


def test_checking_names_the_specs_and_changes_nothing(workspace: Workspace) -> None:
    """A pipeline asks whether, and the author's editor does it."""
    path = workspace.write("specs/capitals.evalc", UNTIDY)

    ended = workspace.evalc("fmt", "--check")

    assert (1, "specs/capitals.evalc\n") == (ended.returncode, ended.stdout)
    assert UNTIDY == path.read_text("utf-8")
    assert 0 == workspace.evalc("fmt", "--diff").returncode


def test_a_diff_shows_what_would_change(workspace: Workspace) -> None:
    """Whoever does not trust a formatter looks first."""
    workspace.write("specs/capitals.evalc", UNTIDY)

    lines = workspace.evalc("fmt", "--diff").stdout.splitlines()

    assert "-  severity:   high" in lines
    assert "+  severity: high" in lines


def test_a_spec_with_mistakes_is_left_as_it_is(workspace: Workspace) -> None:
    """Half of a spec is lost soonest by a tool that moves what it did not understand."""
    wrong = UNTIDY.replace("case france: France", "case: France")
    path = workspace.write("specs/capitals.evalc", wrong)

    ended = workspace.evalc("fmt")

    assert 2 == ended.returncode
    assert "specs/capitals.evalc:12" in ended.stderr
    assert wrong == path.read_text("utf-8")


def test_standard_input_goes_to_standard_output(workspace: Workspace) -> None:
    """Editors without a language server pipe a buffer through the formatter."""
    ended = subprocess.run(
        [sys.executable, "-m", "evalc", "fmt", "-"],
        input=UNTIDY,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    assert CAPITALS == ended.stdout
