"""The catalog's entries in the index that Material's search loads on every view."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict


class SearchEntry(TypedDict):
    """One page in the index; its texts are HTML."""

    location: str
    title: str
    text: str


def add_entries(site: Path, entries: Sequence[SearchEntry]) -> None:
    """Puts entries into the index of a site, where it has one; they take the place of those of the same pages."""
    index = site / "search" / "search_index.json"
    if index.is_file():
        content = json.loads(index.read_text("utf-8"))
        ours = {entry["location"] for entry in entries}
        content["docs"] = [entry for entry in content["docs"] if entry["location"] not in ours] + list(entries)
        index.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
