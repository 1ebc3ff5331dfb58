"""The catalog's entries in the index that Material's search loads on every view."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from mkdocs.config.defaults import MkDocsConfig

from evalc.mkdocs_plugin.files import page_url
from evalc.mkdocs_plugin.page import inert
from evalc.pages.contract import Page

SearchEntry: TypeAlias = dict[str, str]
"""One page in the index: `location`, and as HTML `title` and `text`."""


def entry_of(page: Page, config: MkDocsConfig) -> SearchEntry | None:
    """What the search may know of a page: one without a summary is found on another, as cases are in the library."""
    if not page.summary:
        return None
    return {"location": page_url(config, page.path), "title": inert(page.title), "text": inert(page.summary)}


def add_entries(site: Path, entries: Sequence[SearchEntry]) -> None:
    """Puts entries into the index of a site, where it has one; they take the place of those of the same pages."""
    index = site / "search" / "search_index.json"
    if index.is_file():
        content = json.loads(index.read_text("utf-8"))
        ours = {entry["location"] for entry in entries}
        content["docs"] = [entry for entry in content["docs"] if entry["location"] not in ours] + list(entries)
        index.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
