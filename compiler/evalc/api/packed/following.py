"""A catalog and its results followed while they change: read anew is only what a change can touch."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import DiskLoader, MemoryLoader
from evalc.api.catalogs import CatalogFolder
from evalc.api.packed.packing import pack_catalog
from evalc.api.packed.reports import Keeping, load_report, state_of_run
from evalc.base.diagnostic import Diagnostic
from evalc.base.reading import file_paths
from evalc.history.narrow import touched_specs
from evalc.history.sides import Side
from evalc.pages._packed import PackedCatalog, PackedReport, pack_eval
from evalc.store.read import list_runs

Stamps = Mapping[str, str]
"""Size and time of change of each file, by its path."""


class FollowedCatalog:
    """The specs of a folder, compiled whole at first, and later as far as files that changed can touch them.

    What only the whole catalog shows, such as a name that two files take, is found by the first reading alone.
    """

    def __init__(self, folder: CatalogFolder, *, keeping: Keeping | None = None) -> None:
        self.folder = folder
        self._keeping = keeping
        self._stamps: Stamps = {}
        self._catalog = PackedCatalog.of((), ())
        self._findings: Sequence[Diagnostic] = ()

    def read(self) -> tuple[PackedCatalog, Sequence[Diagnostic]]:
        """What the specs mean now, and everything found wrong with them."""
        loader = DiskLoader(self.folder.root)
        stamps = {path: _stamp(self.folder.root / path) for path in file_paths(self.folder.root)}
        if not self._stamps:
            self._catalog, self._findings = pack_catalog(self.folder, keeping=self._keeping)
        elif stamps != self._stamps:
            before = Side("before", MemoryLoader(dict.fromkeys(self._stamps, "")), self._stamps)
            gone, touched = touched_specs(before, Side("now", loader, stamps))
            self._replace(gone, touched, loader)
        self._stamps = stamps
        return self._catalog, self._findings

    def _replace(self, gone: Sequence[str], touched: Sequence[str], loader: DiskLoader) -> None:
        start = f"{self.folder.prefix.rstrip('/')}/" if self.folder.prefix else ""
        old = {start + path for path in (*gone, *touched)}
        compiled = compile_loaded(loader, touched, prefix=self.folder.prefix)
        fresh = compiled.catalog
        names = {vendor.name for vendor in fresh.vendors}
        vendors = [each for each in self._catalog.vendors if each.place.path not in old and each.name not in names]
        evals = [each for each in self._catalog.packed() if each[0].spec not in old]
        self._catalog = PackedCatalog.of((*vendors, *fresh.vendors), (*evals, *map(pack_eval, fresh.evals)))
        read = {source.name for source in compiled.sources.values()} | old
        kept = [finding for finding in self._findings if finding.source.name not in read]
        self._findings = (*kept, *compiled.findings)


class FollowedReport:
    """The report of a folder of runs, read again when a log came, went or grew, or a person said something of it."""

    def __init__(self, folder: Path, *, keeping: Keeping | None = None) -> None:
        self.folder = folder
        self._keeping = keeping
        self._stamps: Stamps | None = None
        self._found: tuple[PackedReport, tuple[str, ...]] | None = None

    def read(self) -> tuple[PackedReport, tuple[str, ...]]:
        """What all runs say, and what is wrong with their logs."""
        stamps = {str(run): state_of_run(run) for run in list_runs(self.folder)}
        if self._found is None or stamps != self._stamps:
            self._found = load_report(self.folder, keeping=self._keeping)
            self._stamps = stamps
        return self._found


def _stamp(path: Path) -> str:
    try:
        found = path.lstat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"
