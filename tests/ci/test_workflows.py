"""What CI of others takes from here holds against those who send pull requests."""

import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.house.modules import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = [ROOT / "action.yml", *sorted((ROOT / ".github/actions").glob("*/action.yml"))]
_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}|\$/[\w./-]+")


def test_zizmor_finds_nothing() -> None:
    """It knows the ways in which workflows were taken over; nothing is asked over the network."""
    call = [
        _tool("zizmor"),
        "--offline",
        "--quiet",
        "--strict-collection",
        str(ROOT / ".github"),
        str(ROOT / "action.yml"),
    ]
    done = subprocess.run(call, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


def test_actionlint_finds_nothing() -> None:
    """A slip in a workflow shows up only when somebody needs it."""
    call = [_tool("actionlint"), "-shellcheck=", "-pyflakes=", *map(str, WORKFLOWS)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


def test_actions_are_pinned_by_their_commit() -> None:
    """A tag can be moved to other code."""
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS, *ACTIONS)]
    used = [name for text in texts for name in re.findall(r"^ +(?:- )?uses: (\S+)", text, re.MULTILINE)]

    assert used
    assert [] == [name for name in used if not _PINNED.fullmatch(name)]


def test_no_script_has_an_expression_in_it() -> None:
    """The title of a pull request would be a part of the script."""
    texts = [path.read_text("utf-8") for path in (*WORKFLOWS, *ACTIONS)]
    scripts = [step["run"] for text in texts for step in _steps(yaml.safe_load(text)) if "run" in step]

    assert scripts
    assert [] == [script for script in scripts if "${{" in script]


def _steps(read: object) -> list[dict[str, str]]:
    """All steps of a workflow or an action."""
    if isinstance(read, dict):
        steps = read.get("steps", [])
        return [*steps, *(step for value in read.values() if not isinstance(value, str) for step in _steps(value))]
    return []


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
