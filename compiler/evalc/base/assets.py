"""Files that ship with evalc: the grammar and the site's theme."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def asset_folder(name: str, *, loose: str | None = None) -> Traversable:
    """A folder of assets: `_data/NAME` of an installed package, or in a checkout the folder at its top.

    Args:
        name: The folder's name in the package, such as `grammar`.
        loose: Its path in a checkout where that differs from its name, such as `site/theme`.

    Raises:
        FileNotFoundError: This installation lacks the folder.
    """
    packed = files("evalc") / "_data" / name
    if packed.is_dir():
        return packed
    # Only a checkout has `compiler/` above the package, so an installed copy never reads the working folder.
    found = _PACKAGE.parents[1] / (loose or name)
    if _PACKAGE.parent.name == "compiler" and found.is_dir():
        return found
    raise FileNotFoundError(f"evalc: the folder {name!r} is missing from this installation")
