"""What the features look at: one document in the light of its catalog."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types
from pygls import uris

from evalc.analysis.compilation import Compilation
from evalc.analysis.files import OddPath, resolve_path
from evalc.analysis.loader import Loader
from evalc.base.source import Source, Span
from evalc.lsp.convert import Ruler
from evalc.model.catalog import Eval, Rubric
from evalc.syntax.tree import BlockDecl, Tree


@dataclass(frozen=True, slots=True)
class View:
    """One document and what was compiled with it; all paths are from the catalog's folder, with `/`.

    `root` is that folder, None for a document that lies nowhere. `uris` holds the open documents by their paths, as the
    editor names them.
    """

    path: str
    compilation: Compilation
    loader: Loader
    root: Path | None
    uris: Mapping[str, str]
    encoding: str = "utf-16"

    @property
    def source(self) -> Source:
        """The document's text; an empty one where it could not be read."""
        return self.compilation.sources.get(self.path) or Source(self.path, "")

    @property
    def tree(self) -> Tree:
        """What the document says."""
        return self.compilation.trees.get(self.path) or Tree(self.source)

    @property
    def ruler(self) -> Ruler:
        """Counts in the document."""
        return Ruler(self.source, self.encoding)

    def ruler_of(self, path: str) -> Ruler:
        """Counts in another spec that was compiled with the document."""
        return Ruler(self.compilation.sources.get(path) or Source(path, ""), self.encoding)

    def uri(self, path: str) -> str:
        """How the editor names a file of the catalog."""
        known = self.uris.get(path)
        if known is None and self.root is not None:
            known = uris.from_fs_path(str(self.root / path))
        return known or path

    def location(self, path: str, span: Span) -> types.Location:
        """A place in a spec."""
        return types.Location(self.uri(path), self.ruler_of(path).range(span))

    def target(self, spec: str, written: str) -> str | None:
        """The file that a path in a spec leads to, None where there is none."""
        try:
            path = resolve_path(spec, written)
        except OddPath:
            return None
        return path if self.loader.has(path) else None

    def block_at(self, offset: int) -> BlockDecl | None:
        """The block at the left margin that an offset is in or behind."""
        before = [block for block in self.tree.blocks if block.span.start <= offset]
        return before[-1] if before else None

    @property
    def eval(self) -> Eval | None:
        """The document's eval, None where it has mistakes."""
        return next((eval_ for eval_ in self.compilation.catalog.evals if eval_.place.path == self.path), None)

    def rubric(self, name: str) -> Rubric | None:
        """A rubric that an eval without mistakes is graded by, None where there is none."""
        found = (rubric for eval_ in self.compilation.catalog.evals for rubric in eval_.rubrics)
        return next((rubric for rubric in found if rubric.name == name), None)
