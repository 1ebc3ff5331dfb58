"""What the last commits did to specs, read from a real repository, and kept for the next time."""

import subprocess
from pathlib import Path

import pytest

from evalc.api.catalogs import CatalogFolder
from evalc.mkdocs_plugin.changelog import COMMITS, read_changelog, read_past

SPEC = """\
vendor desk: Desk

eval hours: Opening hours
  for: desk
  category: Search
  version: 1.0.0
  pass when overall >= 50%

case sunday: On a Sunday
  severity: low
  input:
    Are you open on Sundays?
  must contain "closed"
  must have words <= 20
"""


def git(folder: Path, *words: str) -> None:
    """A command of git, on a repository that knows nothing of this machine."""
    identity = ["-c", "user.name=Ann", "-c", "user.email=ann@desk.example", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def write(folder: Path, text: str, subject: str) -> None:
    """A commit with this spec."""
    (folder / "specs" / "hours.evalc").write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", subject)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of three commits, the second of which changes the layout alone."""
    (tmp_path / "specs").mkdir()
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    write(tmp_path, SPEC, "Begin")
    write(tmp_path, SPEC.replace("vendor desk: Desk\n", "# The desk.\nvendor desk: Desk\n"), "Say who")
    write(tmp_path, SPEC.replace("<= 20", "<= 40"), "Longer answers")
    return tmp_path


def test_the_changelog_has_the_commits_that_changed_what_specs_mean(folder: Path) -> None:
    """Newest first; comments and layout are nobody's news, and what was before the first is not known."""
    [found] = read_changelog(CatalogFolder(folder / "specs", "specs"))

    assert found.commit
    assert "Longer answers" == found.commit.subject
    assert ["weakened"] == [change.direction for change in found.changes]


def test_what_was_found_is_kept_and_keeps_itself_out_of_the_repository(folder: Path, tmp_path: Path) -> None:
    """A commit never changes, so it is looked at once; what cannot be read is found again."""
    catalog, kept = CatalogFolder(folder / "specs", "specs"), tmp_path / "kept"
    first = read_changelog(catalog, kept=kept)
    files = sorted(kept.glob("*.json"))
    files[0].write_text(files[0].read_text("utf-8").replace("Longer", "Much longer"), "utf-8")
    files[1].write_text("{", "utf-8")
    again = read_changelog(catalog, kept=kept)

    assert 2 == len(files)
    assert "*\n" == (kept / ".gitignore").read_text("utf-8")
    assert "{" != files[1].read_text("utf-8")
    assert {"Longer answers", "Much longer answers"} >= {found.commit.subject for found in again if found.commit}
    assert len(first) == len(again)


def test_a_folder_without_a_history_has_no_changelog(tmp_path: Path) -> None:
    """A catalog need not lie in a repository."""
    (tmp_path / "specs").mkdir()

    assert () == read_changelog(CatalogFolder(tmp_path / "specs", "specs"))


def test_a_page_can_tell_how_far_back_the_history_goes(folder: Path, tmp_path: Path) -> None:
    """CI clones one commit unless it is told otherwise, and silence would read as nothing changed."""
    shallow, deeper, plain = (tmp_path / name for name in ("shallow", "deeper", "plain"))
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{folder}", str(shallow))
    (plain / "specs").mkdir(parents=True)
    for number in range(COMMITS + 2):
        write(folder, SPEC.replace("<= 20", f"<= {41 + number}"), f"Longer still {number}")
    git(tmp_path, "clone", "--quiet", f"--depth={COMMITS + 1}", f"file://{folder}", str(deeper))
    # What lies around it is a repository, so it has to be told apart.
    git(plain, "init", "--quiet")
    found = {
        name: read_past(CatalogFolder(tmp_path / name / "specs", "specs")) for name in ("shallow", "deeper", "plain")
    }

    assert {"shallow": "cut", "deeper": "whole", "plain": "none"} == found
    assert "whole" == read_past(CatalogFolder(folder / "specs", "specs"))


def test_only_the_newest_commits_are_looked_at(folder: Path) -> None:
    """A build must not grow with the age of a repository."""
    for number in range(COMMITS + 2):
        write(folder, SPEC.replace("<= 20", f"<= {41 + number}"), f"Longer still {number}")
    found = read_changelog(CatalogFolder(folder / "specs", "specs"))

    assert COMMITS == len(found)
