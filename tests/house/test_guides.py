"""The files that a guide has its reader write are a catalog that checks clean."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.modules import ROOT

_FILE = re.compile(r'^```(?:evalc|json|text) title="(specs/[^"\n]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
# What the tutorial has its reader write stands beside what `evalc init` writes; test_shown_commands.py runs all of it.
_OTHERS = {"tutorial.md"}
GUIDES = sorted(
    path
    for path in (ROOT / "site" / "docs").rglob("*.md")
    if path.name not in _OTHERS and _FILE.search(path.read_text("utf-8"))
)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_files_of_a_guide_fit_together(guide: Path, tmp_path: Path) -> None:
    """A reader who types all of a guide must end with a catalog without a single finding."""
    for name, text in _FILE.findall(guide.read_text("utf-8")):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    call = [sys.executable, "-m", "evalc", "check", "specs"]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (0, "") == (done.returncode, done.stdout), done.stdout + done.stderr
    assert "nothing to mend" in done.stderr


def test_there_is_a_guide_with_files() -> None:
    """Without one, the test above would pass by asking nothing."""
    assert GUIDES
