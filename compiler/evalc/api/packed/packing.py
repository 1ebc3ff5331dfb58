"""A catalog of any size compiled in little memory."""

from collections.abc import Mapping, Sequence

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import DiskLoader
from evalc.api.catalogs import CatalogFolder
from evalc.api.packed.reports import Keeping
from evalc.base.diagnostic import Diagnostic
from evalc.base.digest import Content, digest
from evalc.base.memory.packed import pack, unpack
from evalc.base.memory.pile import read_pile, write_pile
from evalc.pages._packed import PackedCatalog, pack_eval

_SPECS_AT_ONCE = 250


class _PackedShelf:
    """What evals mean, by what that depends on."""

    def __init__(self, kept: Mapping[str, bytes]) -> None:
        self._kept = kept
        self.used: dict[str, bytes] = {}

    def get(self, key: Content) -> str | None:
        name = digest(key, length=32)
        found = self.used.get(name) or self._kept.get(name)
        if found is None:
            return None
        self.used[name] = found
        return unpack(found).decode()

    def put(self, key: Content, text: str) -> None:
        self.used[digest(key, length=32)] = pack(text.encode())


def pack_catalog(
    folder: CatalogFolder, *, keeping: Keeping | None = None
) -> tuple[PackedCatalog, Sequence[Diagnostic]]:
    """What the specs of a folder mean, packed, with everything found wrong with them.

    A tree takes many times the memory of what it means. So of a large catalog some specs at a time are compiled for
    their meaning, and then all of them for what only the whole shows. What a spec means is not worked out again where
    it was kept.
    """
    pile = keeping and keeping.folder / f"specs-{digest([str(folder.root), folder.prefix])}.pile"
    kept = (read_pile(pile, identity=keeping.identity) if keeping and pile else None) or {}
    loader, shelf = DiskLoader(folder.root), _PackedShelf(kept)
    paths = loader.spec_paths()
    if len(paths) > _SPECS_AT_ONCE and len(kept) < len(paths) // 2:
        for at in range(0, len(paths), _SPECS_AT_ONCE):
            compile_loaded(loader, paths[at : at + _SPECS_AT_ONCE], prefix=folder.prefix, shelf=shelf)
    compiled = compile_loaded(loader, prefix=folder.prefix, shelf=shelf)
    if keeping and pile and shelf.used.keys() != kept.keys():
        write_pile(pile, shelf.used, identity=keeping.identity)
    catalog = PackedCatalog.of(compiled.catalog.vendors, map(pack_eval, compiled.catalog.evals))
    return catalog, tuple(compiled.findings)
