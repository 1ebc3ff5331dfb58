"""What commands on specs share: compiling them, and printing what was found."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import assert_never

from evalc.analysis.compilation import Compilation
from evalc.analysis.loader import Loader
from evalc.api.catalogs import CatalogFolder, compile_catalog, find_catalog
from evalc.base.diagnostic import Diagnostic
from evalc.cli.cache import user_cache
from evalc.cli.console import wants_colour
from evalc.cli.paths import Format, find_folders
from evalc.model.catalog import Catalog, Eval, Vendor


@dataclass(frozen=True, slots=True)
class Compiled:
    """The specs of one or more paths together; `is_whole` where they are all of one catalog."""

    catalog: Catalog
    findings: tuple[Diagnostic, ...]
    is_whole: bool

    @property
    def has_errors(self) -> bool:
        """Whether a spec cannot be used as it is."""
        return any(finding.level == "error" for finding in self.findings)

    @property
    def size(self) -> str:
        """How much there is, such as `1 eval with 9 cases`."""
        evals, cases = len(self.catalog.evals), sum(len(eval_.cases) for eval_ in self.catalog.evals)
        return f"{evals} eval{'' if evals == 1 else 's'} with {cases} case{'' if cases == 1 else 's'}"


def compile_paths(paths: Sequence[Path]) -> Compiled | None:
    """The specs of all paths, each with what was found; None, after saying so, where a path is not there."""
    folders = find_folders(paths)
    return None if folders is None else compile_folders(folders)


def compile_folders(folders: Sequence[CatalogFolder], loaders: Sequence[Loader | None] = ()) -> Compiled:
    """The specs of several catalogs or parts of them together.

    Args:
        loaders: One for each folder, where somebody wants to know what is read.
    """
    pairs = zip(folders, loaders or [None] * len(folders), strict=True)
    shelf = user_cache("evals")
    return join_compilations(folders, [compile_catalog(folder, loader, shelf=shelf) for folder, loader in pairs])


def join_compilations(
    folders: Sequence[CatalogFolder], compilations: Sequence[Compilation], *, remarks: Sequence[Diagnostic] = ()
) -> Compiled:
    """Several catalogs or parts of them together, with more that was found about them."""
    vendors: dict[str, Vendor] = {}
    evals: dict[str, Eval] = {}
    findings: dict[tuple[str, int, str, str], Diagnostic] = {}
    for compilation in compilations:
        vendors |= {vendor.name: vendor for vendor in compilation.catalog.vendors}
        evals |= {eval_.id: eval_ for eval_ in compilation.catalog.evals}
    for found in chain(*(compilation.findings for compilation in compilations), remarks):
        # Two paths of one catalog meet the same used file twice; its mistakes are said once.
        findings.setdefault((found.source.name, found.span.start, found.code.name, found.message), found)
    catalog = Catalog(
        vendors=tuple(vendors[name] for name in sorted(vendors)), evals=tuple(evals[id_] for id_ in sorted(evals))
    )
    is_whole = len(folders) == 1 and folders[0].paths is None
    return Compiled(catalog, tuple(findings.values()), is_whole)


def compile_all_sound(paths: Sequence[Path]) -> Compiled | None:
    """The specs of all paths; None, after saying so, where one is not there or a spec has an error."""
    compiled = compile_paths(paths)
    if compiled is None:
        return None
    print_findings(compiled)
    return None if compiled.has_errors else compiled


def compile_sound(path: Path) -> Catalog | None:
    """The catalog of a path; None, after saying so, where it is not there or a spec has an error."""
    compiled = compile_all_sound([path])
    return compiled.catalog if compiled else None


def whole_catalog(path: Path) -> CatalogFolder:
    """The folder of the whole catalog that a path belongs to."""
    return find_catalog(path)._replace(paths=None)


def print_findings(compiled: Compiled) -> None:
    """The findings for people, on standard error."""
    print(render_findings(compiled, "text", colour=wants_colour(sys.stderr)), end="", file=sys.stderr)


def render_findings(compiled: Compiled, form: Format, *, colour: bool) -> str:
    """The findings in a format; only text for people has colours."""
    if form == "text" and not compiled.findings:
        return ""
    from evalc.base.render import render_github, render_json, render_sarif, render_text

    match form:
        case "text":
            return render_text(compiled.findings, colour=colour)
        case "json":
            return render_json(compiled.findings)
        case "github":
            return render_github(compiled.findings)
        case "sarif":
            return render_sarif(compiled.findings)
        case _:
            assert_never(form)
