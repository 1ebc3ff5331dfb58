"""No catalog within the limits of the language takes much time or memory, whatever is in it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.analysis.hostile import ALONE, CATALOGS
from tests.house.modules import ROOT

_MB = 300
# A process that is started from one as large as that of the tests has that one's size for its own.
_SMALL = "import subprocess, sys; sys.exit(subprocess.call([sys.executable, *sys.argv[1:]]))"


@pytest.mark.parametrize("name", CATALOGS)
def test_a_hostile_catalog_is_told_within_limits(name: str, tmp_path: Path) -> None:
    """Specs come in pull requests of strangers; a check that hangs or dies stops everybody's work."""
    for path, text in CATALOGS[name]().items():
        (tmp_path / path).write_text(text, encoding="utf-8")
    call = [sys.executable, "-c", _SMALL, "-m", "tests.analysis.hostile", str(tmp_path)]
    call += ["a.evalc"] if name in ALONE else []
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stderr[-2000:]
    said, memory = done.stdout.splitlines()
    assert "nothing found" == said or re.search(r"in [0-9]+ files?$", said), said
    assert int(memory) < _MB
