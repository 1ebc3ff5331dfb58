"""Where a catalog lies, and what it compiles to."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from evalc.base.reading import spec_paths

if TYPE_CHECKING:
    # A warm `evalc check` needs none of these, and they take ten times as long as it does.
    from evalc.analysis.compilation import Compilation
    from evalc.analysis.kept import Shelf
    from evalc.analysis.loader import Loader

POLICY_NAME = "evalc.toml"


class CatalogFolder(NamedTuple):
    """Where specs lie: nothing outside `root` is read, and messages show paths behind `prefix`."""

    root: Path
    prefix: str
    paths: tuple[str, ...] | None = None


def find_policy(start: Path) -> Path | None:
    """The nearest `evalc.toml` in a folder or above it, or None."""
    here = start.resolve()
    return next((folder / POLICY_NAME for folder in (here, *here.parents) if (folder / POLICY_NAME).is_file()), None)


def find_catalog(path: Path) -> CatalogFolder:
    """The catalog that a folder or a spec belongs to: the workspace's `specs` above it, or else the folder itself.

    Raises:
        FileNotFoundError: There is neither a folder nor a file.
    """
    found = path.resolve()
    if not found.exists():
        raise FileNotFoundError(f"there is no {path}")
    policy = find_policy(found if found.is_dir() else found.parent)
    specs = policy.parent / "specs" if policy else None
    if specs and found.is_relative_to(specs) and found != specs:
        root = specs
    else:
        root = found if found.is_dir() else found.parent
    if found == root:
        return CatalogFolder(root=root, prefix=_shown(root, policy))
    below = found.relative_to(root).as_posix()
    paths = tuple(spec for spec in spec_paths(root) if spec.startswith(f"{below}/")) if found.is_dir() else (below,)
    return CatalogFolder(root=root, prefix=_shown(root, policy), paths=paths)


def compile_catalog(
    folder: CatalogFolder, loader: "Loader | None" = None, *, shelf: "Shelf | None" = None
) -> "Compilation":
    """What the specs of a folder mean, with everything found wrong with them.

    Args:
        loader: Reads the folder, where somebody wants to know what is read.
        shelf: Keeps what evals mean for the next time.
    """
    from evalc.analysis.compilation import compile_loaded
    from evalc.analysis.loader import DiskLoader

    return compile_loaded(loader or DiskLoader(folder.root), folder.paths, prefix=folder.prefix, shelf=shelf)


def _shown(root: Path, policy: Path | None) -> str:
    """What stands before the paths of a catalog: from the workspace, so that a build is the same wherever it is made.

    Without a policy there is no workspace, and paths start at the current folder.
    """
    start = policy.parent if policy and root.is_relative_to(policy.parent) else Path.cwd()
    shown = os.path.relpath(root, start).replace(os.sep, "/")
    return "" if shown == "." else shown
