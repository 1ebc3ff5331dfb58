"""The documents that are open in an editor, over the files on disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pygls import uris

from evalc.analysis.compilation import Compilation, compile_loaded
from evalc.analysis.loader import DiskLoader, Loader, MemoryLoader, OverlayLoader
from evalc.api.catalogs import find_catalog, find_policy
from evalc.base.diagnostic import Diagnostic
from evalc.base.reading import SPEC_SUFFIX
from evalc.lint._linting import lint
from evalc.lsp.convert import read_text
from evalc.lsp.view import View
from evalc.model.settings import LintLevel
from evalc.planning.policy.read import read_policy


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document lies: the folder of its catalog, None for a document of its own, and the path from there."""

    root: Path | None
    path: str


@dataclass(slots=True)
class Documents:
    """The open documents by their URIs, and what they meant when last asked; nothing is ever written."""

    encoding: str = "utf-16"
    _texts: dict[str, str] = field(default_factory=dict)
    _places: dict[str, _Place] = field(default_factory=dict)
    _compiled: dict[tuple[_Place | Path, bool], Compilation] = field(default_factory=dict)
    _found: dict[_Place | Path, tuple[Diagnostic, ...]] = field(default_factory=dict)

    def put(self, uri: str, text: str) -> None:
        """Keep a document's text as it is now."""
        self._texts[uri] = read_text(text)
        self._places.setdefault(uri, _place_of(uri))
        self.forget()

    def drop(self, uri: str) -> None:
        """Go by the file on disk again."""
        self._texts.pop(uri, None)
        self._places.pop(uri, None)
        self.forget()

    def forget(self) -> None:
        """Read everything anew at the next question, for a file has changed."""
        self._compiled.clear()
        self._found.clear()

    def open_uris(self) -> list[str]:
        """The open documents."""
        return list(self._texts)

    def view(self, uri: str, *, is_whole: bool = False) -> View | None:
        """A document as it is now, None where it is not open.

        Args:
            is_whole: See all specs of the catalog, and not only those that are open and those that they use.
        """
        place = self._places.get(uri)
        if place is None:
            return None
        beside = {other.path: known for known, other in self._places.items() if other.root == place.root}
        if place.root is None:
            beside = {place.path: uri}
        loader = _loader(place.root, {path: self._texts[known] for path, known in beside.items()})
        key = (place.root or place, is_whole and place.root is not None)
        if key not in self._compiled:
            paths = sorted({*loader.spec_paths(), *beside}) if key[1] else sorted(beside)
            self._compiled[key] = compile_loaded(loader, paths)
        return View(place.path, self._compiled[key], loader, place.root, beside, self.encoding)

    def whole_views(self) -> list[View]:
        """Each catalog that has a document open, with all of its specs."""
        first = {place.root or place: uri for uri, place in reversed(self._places.items())}
        views = (self.view(uri, is_whole=True) for uri in first.values())
        return [view for view in views if view]

    def findings(self, view: View) -> tuple[Diagnostic, ...]:
        """What is wrong with the documents of a view's catalog, and what the linter advises about them."""
        key = view.root or _Place(None, view.path)
        if key not in self._found:
            remarks = lint(view.compilation, _lint_levels(view.root))
            self._found[key] = (*view.compilation.findings, *remarks)
        return self._found[key]


def _lint_levels(root: Path | None) -> Mapping[str, LintLevel]:
    policy = root and find_policy(root)
    return read_policy(policy)[0].lint if policy else {}


def _loader(root: Path | None, texts: Mapping[str, str]) -> Loader:
    above = MemoryLoader(texts)
    return above if root is None else OverlayLoader(above, DiskLoader(root))


def _place_of(uri: str) -> _Place:
    written = uris.to_fs_path(uri) if uri.startswith("file:") else None
    if written is None or not Path(written).parent.is_dir():
        # A new document that was never saved uses nothing, and its name may be anything.
        return _Place(None, uri.rpartition(":")[2].strip("/").rpartition("/")[2] + SPEC_SUFFIX)
    path = Path(written)
    folder = path.parent.resolve()
    root = find_catalog(folder).root
    return _Place(root, (folder / path.name).relative_to(root).as_posix())
