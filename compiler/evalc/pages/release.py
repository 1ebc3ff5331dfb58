"""The page of one release: what it changed, eval by eval."""

from collections.abc import Sequence

from evalc.model.change import DIRECTIONS, Change
from evalc.model.flip import Release
from evalc.pages._address import RELEASES_PATH, eval_path, release_path, root_of
from evalc.pages._changelog import Listing, evals_of, list_changes
from evalc.pages._environment import render
from evalc.pages._head import Head, render_head
from evalc.pages._words import say
from evalc.pages.contract import Anchor, Library, Page, PageType

EVALS_SHOWN, CHANGES_SHOWN = 200, 50
"""How many evals a page shows, and how many lines of changes of each; weakenings come first."""


class ReleasePage(PageType):
    """What a release changed in what evals mean, since the release before: a part an eval, weakenings first."""

    def subjects(self, library: Library) -> Sequence[str]:
        return [release.name for release in library.releases]

    def path(self, subject: str) -> str:
        return release_path(subject)

    def title(self, library: Library, subject: str) -> str:
        return say("release.title", name=subject)

    def render(self, library: Library, subject: str) -> Page:
        release = next(found for found in library.releases if found.name == subject)
        parts = _parts(library, release)
        path, title = self.path(subject), self.title(library, subject)
        description = say("release.description", n=len(release.changes), name=subject, since=release.since)
        head = render_head(library, Head(path, title, description, is_article=True))
        body = render(
            "release.html",
            root=root_of(path),
            releases_path=RELEASES_PATH,
            release=release,
            title=title,
            description=description,
            parts_shown=parts[:EVALS_SHOWN],
            left_out=max(0, len(parts) - EVALS_SHOWN),
        )
        anchors = tuple(Anchor(f"part-{number}", name) for number, (name, *_) in enumerate(parts[:EVALS_SHOWN], 1))
        return Page(path, title, description, head, body, summary="", anchors=anchors)


def _parts(library: Library, release: Release) -> list[tuple[str, str, Listing]]:
    """The title, the page and the changes of each eval, that with the worst change first; the last part is for all."""
    found: dict[str, list[Change]] = {}
    for change in sorted(release.changes, key=lambda change: DIRECTIONS.index(change.direction)):
        for id_ in dict.fromkeys(evals_of(change)) or [""]:
            found.setdefault(id_, []).append(change)
    rest = found.pop("", [])
    parts = []
    for id_, changes in found.items():
        eval_ = library.find_head(id_)
        listing = list_changes(library, changes, most=CHANGES_SHOWN)
        parts.append((eval_.title if eval_ else id_, eval_path(id_) if eval_ else "", listing))
    if rest:
        parts.append((say("release.others"), "", list_changes(library, rest, most=CHANGES_SHOWN)))
    return parts
