"""Digests of all that pages are made from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import jinja2
import mkdocs

from evalc.base.digest import Content, digest, digest_bytes
from evalc.base.memory.identity import code_identity
from evalc.mkdocs_plugin.written.wrapping import Wrapper
from evalc.pages._address import find_related
from evalc.pages._changelog import changelog_of, evals_of
from evalc.pages._packed import EvalHead, PackedCatalog, PackedReport
from evalc.pages.contract import RUNS, Library

_RELATED_LOOKED_AT = 8
"""How many evals of a vendor or a category can show on the page of another one, and one more."""


class Inputs:
    """What the pages of a library are made from, by their owners.

    It is not told where a hook or another plug-in has a hand in each page, or where the library is not packed: then all
    pages are made.

    Args:
        own: The folder of the site's own templates and words.
    """

    def __init__(self, library: Library, wrapper: Wrapper, *, own: Path | None) -> None:
        self._library = library
        self._catalog, self._report = library.catalog, library.report
        frames = wrapper.samples()
        self._is_known = bool(frames)
        facts: list[Content] = [library.address, library.repository, library.editing, library.past, library.has_cards]
        self._shared = digest([code_identity(), mkdocs.__version__, jinja2.__version__, *frames, *facts, *_texts(own)])
        self._changed = {id_ for step in library.changes for change in step.changes for id_ in evals_of(change)}

    def of(self, owner: str) -> str:
        """The digest of all that the pages of an owner are made from; empty where that is not told."""
        if not owner or not self._is_known or not isinstance(self._catalog, PackedCatalog):
            return ""
        parts = self._of_runs(self._catalog) if owner == RUNS else self._of_eval(owner, self._catalog)
        return digest([self._shared, *parts], length=32)

    def _of_runs(self, catalog: PackedCatalog) -> Iterator[str]:
        yield from (head.shown_by_runs for head in catalog.heads)
        yield from self._reports(range(len(self._library.keys)))
        yield from (change.model_dump_json() for change in self._library.changes)

    def _of_eval(self, id_: str, catalog: PackedCatalog) -> Iterator[str]:
        library = self._library
        at = library.place_of(id_)
        head = catalog.heads[at]
        yield digest_bytes(catalog.evals.packed[at], length=32)
        yield from self._reports(library.places_of(id_))
        yield library.vendor(head.vendor).model_dump_json()
        yield library.logos.get(head.vendor, "")
        yield from (line.model_dump_json() for line in library.measured_of(id_))
        yield library.proofs[id_].model_dump_json() if id_ in library.proofs else ""
        for other in self._related(head):
            yield "\n".join((other.id, other.title, library.vendor(other.vendor).title, str(len(other.case_ids))))
        if self._changed & {id_, *head.formerly}:
            yield repr(changelog_of(library, library.eval(id_)))

    def _related(self, head: EvalHead) -> Iterator[EvalHead]:
        library = self._library
        named = (library.find_head(find_related(name, head.vendor)) for name in head.related)
        yield from (found for found in named if found)
        yield from library.evals_of(head.vendor)[:_RELATED_LOOKED_AT]
        yield from library.categories[head.category][:_RELATED_LOOKED_AT]

    def _reports(self, places: Sequence[int]) -> Iterator[str]:
        assert isinstance(self._report, PackedReport), "a packed catalog has a packed report"
        return (digest_bytes(self._report.evals.packed[at], length=32) for at in places)


def _texts(own: Path | None) -> Iterator[str]:
    if own is None:
        return
    for file in sorted(own.rglob("*")):
        if file.is_file():
            yield f"{file.relative_to(own).as_posix()} {digest_bytes(file.read_bytes(), length=32)}"
