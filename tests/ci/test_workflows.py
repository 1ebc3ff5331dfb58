"""What CI of others takes from here holds against those who send pull requests."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from evalc.starter.files import starter_files
from tests.house.modules import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = [ROOT / "action.yml", *sorted((ROOT / ".github/actions").glob("*/action.yml"))]
_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}|\$/[\w./-]+")


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """The folder `.github` of a new catalog."""
    for file in starter_files("Evals"):
        if file.path.startswith(".github/"):
            (tmp_path / file.path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file.path).write_text(file.text, "utf-8")
    return tmp_path / ".github"


def test_zizmor_finds_nothing(starter: Path) -> None:
    """It knows the ways in which workflows were taken over; nothing is asked over the network."""
    places = (ROOT / ".github", ROOT / "action.yml", starter)
    call = [_tool("zizmor"), "--offline", "--quiet", "--strict-collection", *map(str, places)]
    done = subprocess.run(call, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


def test_actionlint_finds_nothing(starter: Path) -> None:
    """A slip in a workflow shows up only when somebody needs it."""
    workflows = [*WORKFLOWS, *starter.rglob("*.yml")]
    call = [_tool("actionlint"), "-shellcheck=", "-pyflakes=", *map(str, workflows)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


def test_actions_are_pinned_by_their_commit() -> None:
    """A tag can be moved to other code."""
    texts = list(_texts())
    used = [name for text in texts for name in re.findall(r"^ +(?:- )?uses: (\S+)", text, re.MULTILINE)]

    assert used
    assert [] == [name for name in used if not _PINNED.fullmatch(name)]


def test_no_script_has_an_expression_in_it() -> None:
    """The title of a pull request would be a part of the script."""
    scripts = [step["run"] for text in _texts() for step in _steps(yaml.safe_load(text)) if "run" in step]

    assert scripts
    assert [] == [script for script in scripts if "${{" in script]


def _texts() -> Iterator[str]:
    """All workflows and actions, those of a new catalog too."""
    yield from (path.read_text("utf-8") for path in (*WORKFLOWS, *ACTIONS))
    yield from (file.text for file in starter_files("Evals") if file.path.startswith(".github/"))


def _steps(read: object) -> list[dict[str, str]]:
    """All steps of a workflow or an action."""
    if isinstance(read, dict):
        steps = read.get("steps", [])
        return [*steps, *(step for value in read.values() if not isinstance(value, str) for step in _steps(value))]
    return []


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
