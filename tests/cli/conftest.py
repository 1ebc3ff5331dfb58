"""A workspace of its own for each test, and evalc as a command in it."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

CAPITALS = """\
vendor atlas: Atlas
  product: Atlas Assistant
  about:
    Atlas makes an assistant that knows the world.

eval capitals: Capitals
  for: atlas
  category: Search
  version: 1.0.0
  pass when overall >= 50%

case france: France
  severity: high
  input:
    What is the capital of France?
  must contain "Paris" as names-paris
  good:
    It is Paris.
  bad (breaks names-paris):
    It is Lyon.

case peru: Peru
  severity: low
  input:
    What is the capital of Peru?
  must contain "Lima" as names-lima
  must satisfy "Names one city only" as names-one
  good:
    It is Lima.
  bad (breaks names-lima):
    It is Cusco.
"""

POLICY = """\
[targets.good]
type = "scripted"
answers = "good"

[judges.scripted]
type = "scripted"
"""


class Workspace:
    """A folder with specs and a policy, and evalc run in it as a user would."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, path: str, text: str) -> Path:
        """A file in the workspace."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def start(self, arguments: Sequence[str], *, environment: Mapping[str, str]) -> "subprocess.Popen[str]":
        """A command that goes on while the test does."""
        return subprocess.Popen(
            arguments,
            cwd=self.folder,
            env={**os.environ, "NO_COLOR": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def evalc(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """`evalc` with these arguments, run to its end."""
        return self.run(sys.executable, "-m", "evalc", *arguments, **environment)

    def run(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """A command, run to its end."""
        process = self.start(arguments, environment=environment)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one eval of two cases, and a scripted target and judge."""
    made = Workspace(tmp_path)
    made.write("specs/capitals.evalc", CAPITALS)
    made.write("evalc.toml", POLICY)
    return made
