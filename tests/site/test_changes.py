"""What git knows of a catalog, as the plug-in reads it."""

import shutil
from pathlib import Path

from evalc.api.catalogs import CatalogFolder
from evalc.mkdocs_plugin.changelog import read_releases
from tests.histories.script import History


def history(tmp_path: Path) -> tuple[History, CatalogFolder]:
    """A repository with three releases, of which the second one changed nothing of the specs."""
    made = History(tmp_path / "work")
    made.begin()
    made.git("tag", "v1")
    list(made.run("write README.md\n+ words\ncommit\ntag v2\n"))
    list(
        made.run(
            "in specs/shop/desk.evalc\n-   must have words <= 180 as is-short\n+   must have words <= 300 as is-short\n"
        )
    )
    list(made.run("commit\ntag v3\n"))
    return made, CatalogFolder(made.root / "specs", "specs")


def test_a_release_tells_what_it_changed_since_the_one_before(tmp_path: Path) -> None:
    """A release without a change of specs is none of readers of evals."""
    _, folder = history(tmp_path)
    (release,) = read_releases(folder)

    assert ("v3", "v2", "2026-01-02") == (release.name, release.since, release.day)
    assert ["check-loosened"] == [change.kind for change in release.changes]


def test_what_was_found_is_kept_until_a_tag_moves(tmp_path: Path) -> None:
    """A site is built often, and a release is made once; a tag that was moved is looked at again."""
    made, folder = history(tmp_path)
    kept = tmp_path / "kept"
    first = read_releases(folder, kept=kept)
    files = set(kept.glob("*.json"))
    again = read_releases(folder, kept=kept)
    made.git("tag", "--force", "v2", "HEAD")

    assert first == again
    assert files == set(kept.glob("*.json"))
    assert ["v2"] == [release.name for release in read_releases(folder, kept=kept)]


def test_without_git_there_are_no_releases(tmp_path: Path) -> None:
    """A catalog that was unpacked from an archive builds all the same."""
    made, _ = history(tmp_path)
    plain = tmp_path / "plain"
    shutil.copytree(made.root / "specs", plain)

    assert () == read_releases(CatalogFolder(plain, "specs"))
