"""A catalog and its results followed while they change: read anew is only what a change can touch."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import DiskLoader, MemoryLoader
from evalc.api.catalogs import CatalogFolder
from evalc.api.reports import load_report
from evalc.base.diagnostic import Diagnostic
from evalc.base.reading import file_paths
from evalc.history.narrow import touched_specs
from evalc.history.sides import Side
from evalc.model.catalog import Catalog
from evalc.model.report import Report
from evalc.store.read import list_runs
from evalc.store.scan import LOG_NAME

Stamps = Mapping[str, str]
"""Size and time of change of each file, by its path."""


class FollowedCatalog:
    """The specs of a folder, compiled whole at first, and later as far as files that changed can touch them.

    What only the whole catalog shows, such as a name that two files take, is found by the first reading alone.
    """

    def __init__(self, folder: CatalogFolder) -> None:
        self.folder = folder
        self._stamps: Stamps = {}
        self._catalog = Catalog(vendors=(), evals=())
        self._findings: tuple[Diagnostic, ...] = ()

    def read(self) -> tuple[Catalog, Sequence[Diagnostic]]:
        """What the specs mean now, and everything found wrong with them."""
        loader = DiskLoader(self.folder.root)
        stamps = {path: _stamp(self.folder.root / path) for path in file_paths(self.folder.root)}
        if not self._stamps:
            compiled = compile_loaded(loader, prefix=self.folder.prefix)
            self._catalog, self._findings = compiled.catalog, tuple(compiled.findings)
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
        evals = [each for each in self._catalog.evals if each.place.path not in old]
        self._catalog = Catalog(
            vendors=tuple(sorted((*vendors, *fresh.vendors), key=lambda vendor: vendor.name)),
            evals=tuple(sorted((*evals, *fresh.evals), key=lambda eval_: eval_.id)),
        )
        read = {source.name for source in compiled.sources.values()} | old
        kept = [finding for finding in self._findings if finding.source.name not in read]
        self._findings = (*kept, *compiled.findings)


class FollowedReport:
    """The report of a folder of runs, read again when a log came, went or grew."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stamps: Stamps | None = None
        self._found: tuple[Report, tuple[str, ...]] = (Report(evals=()), ())

    def read(self) -> tuple[Report, tuple[str, ...]]:
        """What all runs say, and what is wrong with their logs."""
        stamps = {str(run): _stamp(run / LOG_NAME) for run in list_runs(self.folder)}
        if stamps != self._stamps:
            self._found = load_report(self.folder)
            self._stamps = stamps
        return self._found


def _stamp(path: Path) -> str:
    try:
        found = path.lstat()
    except OSError:
        return ""
    return f"{found.st_size} {found.st_mtime_ns}"
