"""What a command imports: heavy packages wait for the command that needs them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.modules import ROOT

_HEAVY = frozenset({"PIL", "asyncio", "httpx", "jinja2", "jsonschema_rs", "mkdocs", "pygments", "rich"})
_PARSING = frozenset({"lark", "pydantic", "re2"})
# Each takes a tenth of a check that has nothing to do.
_SLOW = frozenset({"dataclasses", "hashlib", "importlib.metadata", "inspect", "shutil", "textwrap"})
# What a judge is asked, and what runs give: compiling makes neither.
_RUNNING = frozenset({"evalc.judge.rubrics", "evalc.judge.visible", "evalc.model.plan", "evalc.model.result"})

_CHECK = ["check", "specs/baseten"]


@pytest.mark.parametrize(
    ("commands", "unwanted"),
    [
        ([["--version"]], _HEAVY | _PARSING),
        ([["--help"]], _HEAVY),
        ([_CHECK], _HEAVY | _RUNNING),
        ([_CHECK, _CHECK], _HEAVY | _PARSING | _SLOW | _RUNNING),
        ([["plan", "baseten", "--target", "good", "--judge", "scripted"]], frozenset({"httpx", "mkdocs", "rich"})),
    ],
    ids=["version", "help", "check", "check-again", "plan"],
)
def test_a_quick_command_imports_nothing_heavy(
    commands: list[list[str]], unwanted: frozenset[str], tmp_path: Path
) -> None:
    """Start-up is part of the interface: an editor runs `check` at every save."""
    imported = [_imported_by(command, cache=tmp_path) for command in commands]

    assert set() == unwanted & imported[-1]


def _imported_by(command: list[str], *, cache: Path) -> set[str]:
    call = [sys.executable, "-X", "importtime", "-m", "evalc", *command]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(call, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr[-2000:]
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
