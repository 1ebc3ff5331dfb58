"""What evals meant in earlier compilations, for those that nothing has changed since."""

from typing import Protocol

from pydantic import ValidationError

from evalc.analysis.files import FileStore, NeedKind
from evalc.base.digest import Content, digest
from evalc.base.reading import ReadProblem
from evalc.base.record import record
from evalc.model.catalog import Eval, Vendor
from evalc.model.stored import Stored


class Shelf(Protocol):
    """Texts by what they were made from. A text that was put there may be gone at any time."""

    def get(self, key: Content) -> str | None:
        """The text kept for a key, None where there is none."""

    def put(self, key: Content, text: str) -> None:
        """Keep a text, if that is possible."""


class Need(Stored):
    """Something beside its own text that an eval was made from, and the digest of what it was then."""

    kind: NeedKind
    path: str
    digest: str


class Page(Stored):
    """All that a compilation takes from the file of an eval in which nothing was found.

    `vendors` are those that it declares, `declared` everything by kind and name. `uses` are the specs that it uses
    itself, `used` the names that it takes, by file, kind and name.
    """

    eval: Eval
    vendors: tuple[Vendor, ...]
    uses: tuple[str, ...]
    declared: tuple[tuple[str, str], ...]
    used: tuple[tuple[str, str, str], ...]
    needs: tuple[Need, ...]


@record
class KeptPages:
    """The pages of one catalog on a shelf; without one there are none."""

    store: FileStore
    shelf: Shelf | None

    def find(self, path: str, text: str) -> Page | None:
        """The page that a spec with this text gives, if it is kept and all that it needs is as it was."""
        kept = self.shelf.get(self._key(path, text)) if self.shelf is not None else None
        if kept is None:
            return None
        try:
            page = Page.model_validate_json(kept)
        except ValidationError:
            return None
        return page if all(map(self._is_met, page.needs)) else None

    def keep(self, path: str, text: str, *, page: Page) -> None:
        """Keep a page for later."""
        if self.shelf is not None:
            self.shelf.put(self._key(path, text), page.model_dump_json())

    def _key(self, path: str, text: str) -> Content:
        return [self.store.prefix, path, digest(text, length=32)]

    def _is_met(self, need: Need) -> bool:
        try:
            return self.store.digest_of(need.kind, need.path) == need.digest
        except ReadProblem:
            return False
