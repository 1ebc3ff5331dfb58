"""What commands on specs take: paths, and the form of findings. Imports nothing that a warm check does without."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from evalc.api.catalogs import CatalogFolder, find_catalog
from evalc.base.reading import SPEC_SUFFIX

Format = Literal["text", "json", "github", "sarif"]

_DEFAULT = "specs"


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


def find_folders(paths: Sequence[Path]) -> list[CatalogFolder] | None:
    """The catalogs that paths belong to; None, after saying so, where a path is not there, or holds no spec.

    To find nothing wrong with nothing would let a job pass that looks into the wrong folder.
    """
    folders = []
    for path in paths:
        try:
            folder = find_catalog(path)
        except FileNotFoundError as missing:
            print(f"evalc: {missing}; name a spec or a folder of specs", file=sys.stderr)
            return None
        if not path.is_dir() and path.suffix != SPEC_SUFFIX:
            print(f"evalc: {path} is no spec: their names end in `{SPEC_SUFFIX}`", file=sys.stderr)
            return None
        if not _has_spec(folder):
            print(f"evalc: there is no spec in {path}; `evalc init` begins a catalog", file=sys.stderr)
            return None
        folders.append(folder)
    return folders


def _has_spec(folder: CatalogFolder) -> bool:
    if folder.paths is not None:
        return bool(folder.paths)
    for _, names, files in os.walk(folder.root):
        names[:] = [name for name in names if not name.startswith(".")]
        if any(file.endswith(SPEC_SUFFIX) for file in files):
            return True
    return False
