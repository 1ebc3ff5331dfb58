"""What commands on specs share: their paths, compiling them, printing what was found."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, assert_never, get_args

from evalc import api
from evalc.base.diagnostic import Diagnostic
from evalc.cli.console import wants_colour
from evalc.model.catalog import Catalog, Eval, Vendor

Format = Literal["text", "json", "github", "sarif"]

_DEFAULT = "specs"


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


def add_paths(parser: ArgumentParser) -> None:
    """Add the specs to work on, by default the folder `specs`."""
    parser.add_argument(
        "paths", nargs="*", default=[_DEFAULT], metavar="PATH", help="specs or folders of specs (default: specs)"
    )


def add_format(parser: ArgumentParser) -> None:
    """Add the form in which findings are printed."""
    parser.add_argument(
        "--format", choices=get_args(Format), default="text", help="how findings are printed (default: text)"
    )


def compile_paths(paths: Sequence[Path]) -> Compiled | None:
    """The specs of all paths, each with what was found; None, after saying so, where a path is not there."""
    vendors: dict[str, Vendor] = {}
    evals: dict[str, Eval] = {}
    findings: dict[tuple[str, int, str, str], Diagnostic] = {}
    is_whole = False
    for path in paths:
        try:
            folder = api.find_catalog(path)
        except FileNotFoundError as missing:
            print(f"evalc: {missing}; name a spec or a folder of specs", file=sys.stderr)
            return None
        compilation = api.compile_catalog(folder)
        is_whole = folder.paths is None
        vendors |= {vendor.name: vendor for vendor in compilation.catalog.vendors}
        evals |= {eval_.id: eval_ for eval_ in compilation.catalog.evals}
        for found in compilation.findings:
            # Two paths of one catalog meet the same used file twice; its mistakes are said once.
            findings.setdefault((found.source.name, found.span.start, found.code.name, found.message), found)
    is_whole = is_whole and len(paths) == 1
    catalog = Catalog(
        vendors=tuple(vendors[name] for name in sorted(vendors)), evals=tuple(evals[id_] for id_ in sorted(evals))
    )
    return Compiled(catalog, tuple(findings.values()), is_whole)


def print_findings(compiled: Compiled, form: Format = "text") -> None:
    """The findings: for people on standard error, in a format for machines on standard output."""
    from evalc.base.render import render_github, render_json, render_sarif, render_text

    match form:
        case "text":
            text = render_text(compiled.findings, colour=wants_colour(sys.stderr))
            print(text, end="", file=sys.stderr)
        case "json":
            print(render_json(compiled.findings), end="")
        case "github":
            print(render_github(compiled.findings), end="")
        case "sarif":
            print(render_sarif(compiled.findings), end="")
        case _:
            assert_never(form)
