"""What is said of a run, said again elsewhere."""

from pathlib import Path

import pytest

from tests.cli.conftest import Workspace

SAID: tuple[tuple[str, ...], ...] = (
    ("gate",),
    ("gate", "--format", "json"),
    *(("export", "--format", name) for name in ("csv", "json", "junit", "markdown", "sarif")),
    ("verify",),
)


@pytest.mark.parametrize("words", SAID, ids=" ".join)
def test_one_log_gives_the_same_bytes_wherever_it_is_read(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, words: tuple[str, ...]
) -> None:
    """Two people who read one log must not come to two reports, by their clock, language, hashing or folder."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted", "--repeat", "2")
    (run,) = (workspace.folder / "results").iterdir()
    here = workspace.evalc(*words, run.name, PYTHONHASHSEED="1", TZ="Asia/Tokyo")
    moved = Workspace(tmp_path_factory.mktemp("moved"))
    moved.write("evalc.toml", (workspace.folder / "evalc.toml").read_text())
    Path(moved.folder, "results").mkdir()
    run.rename(moved.folder / "results" / run.name)
    there = moved.evalc(*words, PYTHONHASHSEED="2", TZ="America/Lima", LANG="C")

    assert 0 == here.returncode, here.stderr
    assert here.stdout
    assert (here.returncode, here.stdout) == (there.returncode, there.stdout)
