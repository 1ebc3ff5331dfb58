"""Another generator's site: Zensical, which Material's makers work on, with the pages that `--plain` writes."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evalc.pages._files import page_types, write_pages
from tests.pages.example import example_library
from tests.pages.reading import parse

_SETTINGS = """\
site_name: Our evals
site_url: https://evals.example.org/
theme:
  name: material
plugins:
  - search
  - evalc
"""
_HOME = """\
# Our evals

[The library](evals/index.html), and [its results](evals/harborline/deployments/index.html#results).
"""


@dataclass(frozen=True)
class Built:
    """What was given, the site that was made of it, and what was said."""

    pages: Path
    site: Path
    told: str

    def files(self) -> list[Path]:
        """All files of the catalog by their paths below both."""
        return sorted(file.relative_to(self.pages) for file in self.pages.rglob("*") if file.is_file())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site of the library made by hand and one page of somebody's own, made by Zensical in strict mode."""
    folder = tmp_path_factory.mktemp("zensical")
    docs = folder / "docs"
    write_pages(example_library(), docs)
    pages = folder / "pages"
    write_pages(example_library(), pages)
    (docs / "index.md").write_text(_HOME, "utf-8")
    return Built(pages, folder / "site", _build(folder))


def test_every_page_and_file_of_the_catalog_arrives_as_it_was_written(built: Built) -> None:
    """Of every kind: nothing of an answer is read as Markdown, and no policy is lost."""
    library = example_library()
    paths = {f"{kind.path(subject)}index.html" for kind in page_types() for subject in kind.subjects(library)}

    assert paths <= {file.as_posix() for file in built.files()}
    assert len(paths) > 30
    assert [] == [file for file in built.files() if (built.pages / file).read_bytes() != _content(built.site / file)]


def test_pages_of_somebodys_own_lead_to_the_catalog(built: Built) -> None:
    """Their links stay as they were written, and end at a page and at a part of it."""
    home = parse((built.site / "index.html").read_text("utf-8"))
    links = [link for each in home.iter("a") if (link := each.get("href", "")).startswith("evals/")]

    assert ["evals/index.html", "evals/harborline/deployments/index.html#results"] == links
    assert 'id="results"' in (built.site / "evals/harborline/deployments/index.html").read_text("utf-8")


def test_what_the_guide_says_does_not_work_there_does_not(built: Built) -> None:
    """When this fails, the guide can promise more: its search and its map of the site lack the catalog."""
    places = ElementTree.parse(built.site / "sitemap.xml").iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")

    assert "harborline" not in (built.site / "search.json").read_text("utf-8")
    assert ["https://evals.example.org/"] == [each.text for each in places]
    assert "md-header" not in (built.site / "evals/index.html").read_text("utf-8")


def test_the_plug_in_is_passed_over_without_a_word(tmp_path: Path) -> None:
    """So pages are written first: settings that have a catalog in MkDocs have none here."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Our evals\n", "utf-8")
    told = _build(tmp_path)

    assert "evalc" not in told
    assert not (tmp_path / "site" / "evals").exists()


def _build(folder: Path) -> str:
    (folder / "mkdocs.yml").write_text(_SETTINGS, "utf-8")
    call = [str(Path(sys.executable).with_name("zensical")), "build", "--strict"]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "CI": "1"})
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout + done.stderr


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None
