"""What a command imports: heavy packages wait for the command that needs them."""

import subprocess
import sys

import pytest

from tests.house.modules import ROOT

_HEAVY = frozenset({"asyncio", "httpx", "jinja2", "jsonschema_rs", "mkdocs", "pygments", "rich"})
_PARSING = frozenset({"lark", "pydantic", "re2"})


@pytest.mark.parametrize(
    ("command", "unwanted"),
    [(["--version"], _HEAVY | _PARSING), (["--help"], _HEAVY), (["check", "specs"], _HEAVY)],
    ids=["version", "help", "check"],
)
def test_a_quick_command_imports_nothing_heavy(command: list[str], unwanted: frozenset[str]) -> None:
    """Start-up is part of the interface: an editor runs `check` at every save."""
    call = [sys.executable, "-X", "importtime", "-m", "evalc", *command]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}

    assert 0 == done.returncode, done.stdout + done.stderr[-2000:]
    assert set() == unwanted & imported
