"""The hooks that other repositories take from this one."""

import shlex

import pytest
import yaml

from tests.cli.conftest import CAPITALS, Workspace
from tests.house.modules import ROOT

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}

SLIPS = {
    "evalc-check": (CAPITALS.replace("must contain", "must contains", 1), "did you mean `contain`?"),
    "evalc-fmt": (CAPITALS.replace("severity: high", "severity:   high", 1), "1 of 1 specs changed"),
    "evalc-lint": (CAPITALS.replace("It is Paris.", "It is Rome."), "mislabelled-example"),
}


def call(workspace: Workspace, name: str) -> tuple[int, str]:
    """How a hook ends, called as pre-commit does, and what it says."""
    hook = HOOKS[name]
    files = ["specs/capitals.evalc"] if hook.get("pass_filenames", True) else []
    program, *words = [*shlex.split(str(hook["entry"])), *map(str, hook.get("args", [])), *files]
    assert program == "evalc"
    ended = workspace.evalc(*words)
    return ended.returncode, ended.stdout + ended.stderr


def test_there_is_a_slip_for_each_hook() -> None:
    """A hook that nobody tries may name a command that is gone."""
    assert HOOKS.keys() == SLIPS.keys()


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_lets_a_clean_catalog_pass(workspace: Workspace, name: str) -> None:
    """A hook that stops what is right is switched off."""
    text = (workspace.folder / "specs" / "capitals.evalc").read_bytes()

    assert 0 == call(workspace, name)[0]
    assert text == (workspace.folder / "specs" / "capitals.evalc").read_bytes()


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_stops_a_slip(workspace: Workspace, name: str) -> None:
    """Pre-commit refuses a commit when a hook fails, or changes a file as `fmt` does."""
    text, words = SLIPS[name]
    workspace.write("specs/capitals.evalc", text)
    code, said = call(workspace, name)

    assert code != 0 or text != (workspace.folder / "specs" / "capitals.evalc").read_text("utf-8")
    assert words in said
