"""Pictures of evals in a built site: at the addresses that pages name, drawn once, and gone with their evals."""

import re
from dataclasses import replace
from pathlib import Path

from evalc.model.catalog import Catalog
from evalc.pages.contract import Library
from tests.pages.example import example_library
from tests.site.building import build_site

_BASE = "https://evals.example.org/"
_PICTURE = re.compile(rf'<meta property="og:image" content="{_BASE}([^"]+)">')


def test_each_page_names_a_picture_that_is_there_and_was_drawn_once(tmp_path: Path) -> None:
    """Who shows a link fetches it without looking at the page again."""
    library = replace(example_library(), has_cards=True)
    site = _build(library, tmp_path)
    pages = {page: page.read_text("utf-8") for page in (site / "evals").rglob("index.html")}
    named = {page: _PICTURE.findall(text) for page, text in pages.items() if 'http-equiv="refresh"' not in text}
    kept = {file: file.stat().st_mtime_ns for file in (tmp_path / ".cache" / "evalc" / "cards").glob("*.png")}

    assert {1} == {len(found) for found in named.values()}
    assert [] == [path for [path] in named.values() if not (site / path).is_file()]
    assert len(library.catalog.evals) == len(kept)
    _build(library, tmp_path)
    assert kept == {file: file.stat().st_mtime_ns for file in kept}


def test_pictures_of_evals_that_are_gone_are_not_kept(tmp_path: Path) -> None:
    """Each run would leave one an eval behind."""
    library = replace(example_library(), has_cards=True)
    _build(library, tmp_path)
    [first, *_] = library.catalog.evals
    fewer = Catalog(vendors=library.catalog.vendors, evals=(first,))
    site = _build(replace(library, catalog=fewer), tmp_path)
    kept = [file.name for file in (tmp_path / ".cache" / "evalc" / "cards").glob("*.png")]

    assert 1 == len(kept)
    assert kept == [file.name for file in (site / "assets" / "evalc" / "cards").iterdir()]


def _build(library: Library, folder: Path) -> Path:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs" / "index.md").write_text("# x\n", "utf-8")
    settings = folder / "mkdocs.yml"
    settings.write_text("site_name: x\ntheme:\n  name: material\n  font: false\n", "utf-8")
    return build_site(library, folder, settings=settings)
