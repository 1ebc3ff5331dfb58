"""What the last commits did to the specs."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from evalc import __version__
from evalc.api.catalogs import CatalogFolder
from evalc.api.reviews import review_specs
from evalc.base.digest import digest
from evalc.history.errors import HistoryError
from evalc.history.timeline import Timeline, open_timeline
from evalc.model.flip import Release, SpecChange
from evalc.pages.contract import Past

COMMITS = 20
"""How many of the newest commits that changed something below the folder are looked at."""


RELEASES = 20
"""How many of the newest tags are looked at."""


def read_changelog(folder: CatalogFolder, *, kept: Path | None = None) -> tuple[SpecChange, ...]:
    """The newest commits that changed what specs mean, newest first; none where there is no history to read.

    A commit never changes, so what was found for it is kept in the folder `kept`, where there is one.
    """
    try:
        with open_timeline(folder.root) as timeline:
            return tuple(_changes(timeline, folder, kept))
    except HistoryError:
        return ()


def read_past(folder: CatalogFolder) -> Past:
    """How much this clone knows of what the specs were."""
    try:
        with open_timeline(folder.root) as timeline:
            is_cut = timeline.repository.is_shallow and len(timeline.commits) <= COMMITS
            return "cut" if is_cut else "whole"
    except HistoryError:
        return "none"


def read_releases(folder: CatalogFolder, *, kept: Path | None = None) -> tuple[Release, ...]:
    """What each of the newest releases changed in the specs, newest first; those that changed nothing are left out.

    A tag may be moved, so what was found is kept by the commits that it and the one before name.
    """
    try:
        with open_timeline(folder.root) as timeline:
            return tuple(found for found in _releases(timeline, folder, kept) if found.changes)
    except HistoryError:
        return ()


def _releases(timeline: Timeline, folder: CatalogFolder, kept: Path | None) -> Iterator[Release]:
    tags = timeline.repository.tags_of_head(most=RELEASES + 1)
    for (name, day), (since, _) in pairwise(tags):
        commits = [timeline.repository.commit(f"refs/tags/{tag}") for tag in (since, name)]
        file = kept / f"{digest([*commits, __version__, folder.prefix])}.json" if kept else None
        found = _read(file)
        if found is None:
            changes = review_specs(commits, folder).review.changes
            found = SpecChange(commit=None, changes=tuple(each for each in changes if each.direction != "cosmetic"))
            _keep(file, found)
        yield Release(name=name, day=day, since=since, changes=found.changes)


def _changes(timeline: Timeline, folder: CatalogFolder, kept: Path | None) -> Iterator[SpecChange]:
    for commit in timeline.commits[:COMMITS]:
        file = kept / f"{commit}-{digest([__version__, folder.prefix])}.json" if kept else None
        found = _read(file)
        if found is None:
            try:
                found = _review(timeline, folder, commit)
            except HistoryError:
                # The first commit, or the last that a shallow clone has: what was before it is not known.
                return
            _keep(file, found)
        if found.changes:
            yield found


def _review(timeline: Timeline, folder: CatalogFolder, commit: str) -> SpecChange:
    review = review_specs([f"{commit}^", commit], folder).review
    changes = tuple(change for change in review.changes if change.direction != "cosmetic")
    return SpecChange(commit=timeline.facts_of(commit), changes=changes)


def _read(file: Path | None) -> SpecChange | None:
    if file is None or not file.is_file():
        return None
    try:
        return SpecChange.model_validate_json(file.read_bytes())
    except ValidationError:
        return None


def _keep(file: Path | None, found: SpecChange) -> None:
    if file is None:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    # Like the caches of other tools, it keeps itself out of the repository.
    (file.parent / ".gitignore").write_text("*\n", "utf-8")
    # Another build may read at the same time, and must not find half of it.
    partial = file.with_suffix(".partial")
    partial.write_text(found.model_dump_json(), "utf-8")
    partial.replace(file)
