"""From the specs of a catalog to what they mean, and everything found wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evalc.analysis.catalog import LoweredCatalog, lower_catalog
from evalc.analysis.files import FileStore
from evalc.analysis.kept import KeptPages, Shelf
from evalc.analysis.loader import DiskLoader, Loader
from evalc.analysis.uses import SpecFile, Workspace, read_workspace
from evalc.analysis.validate import validate
from evalc.base.diagnostic import Diagnostic, Findings
from evalc.base.memory.collecting import without_collecting
from evalc.base.record import record
from evalc.base.source import Source
from evalc.model.catalog import Catalog
from evalc.syntax.tree import Tree


@record
class Compilation:
    """Specs by their paths from the catalog's folder, what they mean, and the findings in the order of their places.

    The catalog holds the evals without errors in their own file and in the files that they use.
    """

    sources: Mapping[str, Source]
    trees: Mapping[str, Tree]
    catalog: Catalog
    findings: Findings


def compile_sources(root: Path, paths: Sequence[str] | None = None, *, prefix: str = "") -> Compilation:
    """What the specs of a folder mean.

    Args:
        paths: The specs to compile, from the folder, with `/`; those that they use are read too. None means all.
        prefix: What messages show before the path of a file, such as `specs`.
    """
    return compile_loaded(DiskLoader(root), paths, prefix=prefix)


def compile_loaded(
    loader: Loader, paths: Sequence[str] | None = None, *, prefix: str = "", shelf: Shelf | None = None
) -> Compilation:
    """What the specs of a catalog mean, wherever they are; otherwise as `compile_sources`.

    Args:
        shelf: Keeps what evals mean, so that those which nothing has changed since are read from it.
    """
    store = FileStore(loader, f"{prefix.rstrip('/')}/" if prefix else "")
    pages = KeptPages(store, shelf)
    with without_collecting():
        workspace = read_workspace(loader.spec_paths() if paths is None else paths, pages)
        lowered = lower_catalog(workspace, pages)
        validate(workspace, lowered, is_whole=paths is None)
        return Compilation(
            sources={path: file.reporter.source for path, file in workspace.files.items()},
            trees=_Trees(workspace.files),
            catalog=_sound(workspace, lowered),
            findings=_findings(workspace),
        )


@record
class _Trees(Mapping[str, Tree]):
    """The trees of files; that of a kept page is parsed when it is asked for."""

    files: Mapping[str, SpecFile]

    def __getitem__(self, path: str) -> Tree:
        return self.files[path].tree

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


def _sound(workspace: Workspace, lowered: LoweredCatalog) -> Catalog:
    """What may be used: nothing that comes from a file with an error."""
    broken = {path for path, file in workspace.files.items() if file.reporter.findings.has_errors}
    evals = [
        eval_ for path, eval_ in lowered.evals.items() if broken.isdisjoint(file.path for file in workspace.reach(path))
    ]
    vendors = [vendor for (path, _, _), vendor in lowered.vendors.items() if path not in broken]
    return Catalog(
        vendors=tuple(sorted(vendors, key=lambda vendor: vendor.name)),
        evals=tuple(sorted(evals, key=lambda eval_: eval_.id)),
    )


def _findings(workspace: Workspace) -> Findings:
    """The findings of all files, each once, in the order of their places."""
    reporters = [*(file.reporter for file in workspace.files.values()), *workspace.lost.values()]
    found: dict[tuple[str, int, int, str, str], Diagnostic] = {}
    for reporter in reporters:
        for item in reporter.findings:
            # Two evals may use the same file, and then both say what is wrong with it.
            found.setdefault((item.source.name, item.span.start, item.span.end, item.code.name, item.message), item)
    return Findings([found[key] for key in sorted(found)])
