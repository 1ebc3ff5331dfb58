"""`evalc verify`, `repair` and `merge` as commands."""

from pathlib import Path

import pytest

from tests.cli.conftest import Workspace


@pytest.fixture
def run(workspace: Workspace) -> Path:
    """The folder of a run of two cases."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    (folder,) = (workspace.folder / "results").iterdir()
    return folder


def damage(run: Path) -> None:
    """Change a byte of the first result."""
    log = run / "events.jsonl"
    content = bytearray(log.read_bytes())
    content[content.index(b'"text":"It is', content.index(b'{"kind":"result"')) + 9] ^= 1
    log.write_bytes(content)


def test_a_whole_log_is_verified(workspace: Workspace, run: Path) -> None:
    """The sum of the outcomes is what was planned, as a person can see."""
    ended = workspace.evalc("verify")

    assert (0, "") == (ended.returncode, ended.stderr)
    assert "planned 2 = 2 passed + 0 failed + 0 errored + 0 unscored + 0 skipped" in ended.stdout


def test_a_damaged_log_is_told_repaired_and_goes_on(workspace: Workspace, run: Path) -> None:
    """Each step says what the next one is, and the run ends as it would have."""
    damage(run)
    verified = workspace.evalc("verify", run.name[:15])
    resumed = workspace.evalc("run", "--resume")
    repaired = workspace.evalc("repair")
    asked = workspace.evalc("run", "--resume")
    again = workspace.evalc("verify")

    assert [5, 5, 0, 0, 0] == [ended.returncode for ended in (verified, resumed, repaired, asked, again)], asked.stderr
    assert "line 6 (from byte " in verified.stderr
    assert f"evalc repair {run.name}" in verified.stderr
    assert "`evalc repair`" in resumed.stderr
    assert "left out: line 6 (from byte " in repaired.stdout
    assert "it held a result of good:atlas/capitals/" in repaired.stdout
    assert "2 of 2" in asked.stdout
    assert (run / "events.jsonl.damaged-1").is_file()


def test_a_run_is_named_by_its_folder_wherever_that_is(workspace: Workspace, run: Path, tmp_path: Path) -> None:
    """A log is sent to somebody who has neither the specs nor the policy."""
    moved = run.rename(tmp_path / "from a colleague")
    ended = workspace.evalc("verify", str(moved))

    assert 0 == ended.returncode, ended.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("verify", "2031"), 2, "there is no run `2031` in results"),
        (("verify", "--results", "elsewhere"), 2, "there is no run yet in elsewhere"),
        (("merge", "latest"), 2, "is no shard of a run"),
    ],
)
@pytest.mark.usefixtures("run")
def test_what_cannot_be_done_is_said(workspace: Workspace, arguments: tuple[str, ...], code: int, said: str) -> None:
    """Nothing is made or changed then."""
    ended = workspace.evalc(*arguments)

    assert code == ended.returncode
    assert said in ended.stderr
