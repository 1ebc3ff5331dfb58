"""`evalc prove` as a command."""

import json

from tests.cli.conftest import Workspace


def test_weak_checks_are_named_with_their_places(workspace: Workspace) -> None:
    """Whoever mends a check needs its line, and a pipeline the exit code."""
    weak = "  must not match /zz+q/ as no-code\n"
    text = (workspace.folder / "specs/capitals.evalc").read_text("utf-8")
    sound = workspace.evalc("prove")
    workspace.write(
        "specs/capitals.evalc", text.replace("  good:\n    It is Paris.\n", f"{weak}  good:\n    It is Paris.\n")
    )
    found = workspace.evalc("prove")

    assert 0 == sound.returncode, sound.stdout + sound.stderr
    assert sound.stdout.startswith("✓ sound  atlas/capitals  ")
    assert 1 == found.returncode
    assert "`no-code`: none of " in found.stdout
    assert "specs/capitals.evalc:17" in found.stdout


def test_a_judge_of_the_policy_tells_of_judged_checks(workspace: Workspace) -> None:
    """A scripted judge knows the examples alone, and cannot tell of the rest."""
    done = workspace.evalc("prove", "--judge", "scripted", "--format", "json")
    (proof,) = json.loads(done.stdout)
    kept = json.loads((workspace.folder / "build/proofs/atlas/capitals.json").read_text("utf-8"))

    assert "scripted" == proof["judge"]["name"]
    assert proof == kept


def test_a_judge_that_is_not_there_is_told(workspace: Workspace) -> None:
    """A slip in its name must not end in a proof without a judge."""
    done = workspace.evalc("prove", "--judge", "scriptd")

    assert (2, "") == (done.returncode, done.stdout)
    assert "evalc: evalc.toml has no judge `scriptd`; did you mean `scripted`?\n" == done.stderr
