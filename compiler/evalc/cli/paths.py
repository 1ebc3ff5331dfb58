"""What commands on specs take: paths, and the form of findings. Imports nothing that a warm check does without."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from evalc.api.catalogs import CatalogFolder, find_catalog

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
    """The catalogs that paths belong to; None, after saying so, where a path is not there."""
    folders = []
    for path in paths:
        try:
            folders.append(find_catalog(path))
        except FileNotFoundError as missing:
            print(f"evalc: {missing}; name a spec or a folder of specs", file=sys.stderr)
            return None
    return folders
