"""A compiled catalog on disk."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from evalc.emitters._build import MANIFEST_NAME, emit_catalog, read_manifest
from evalc.emitters.contract import EmittedFile
from evalc.model.catalog import Catalog


class Written(NamedTuple):
    """What a build wrote and removed, as paths below its folder."""

    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def write_build(catalog: Catalog, folder: Path, *, is_whole: bool) -> Written:
    """The compiled catalog on disk: what differs is written, and what an earlier build left of these evals removed.

    Args:
        is_whole: The catalog holds all evals of the workspace, so that evals which it lacks are gone from the build.
    """
    files, manifest = emit_catalog(catalog)
    path = folder / MANIFEST_NAME
    earlier = read_manifest(path.read_text("utf-8") if path.is_file() else "").evals
    kept = {} if is_whole else {id_: entry for id_, entry in earlier.items() if id_ not in manifest.evals}
    manifest = manifest.model_copy(update={"evals": dict(sorted((kept | manifest.evals).items()))})
    listed = {file for entry in manifest.evals.values() for file in entry.files}
    gone = {file for entry in earlier.values() for file in entry.files} - listed
    removed = _remove(folder, sorted(gone))
    changed = [file.path for file in files if _write(folder, file)]
    unchanged = sorted({file.path for file in files} - set(changed))
    _write(folder, EmittedFile(MANIFEST_NAME, manifest.model_dump_json(indent=2) + "\n"))
    return Written(tuple(changed), tuple(unchanged), tuple(removed))


def _write(folder: Path, file: EmittedFile) -> bool:
    path = folder / file.path
    content = file.text.encode("utf-8")
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if file.is_executable:
        path.chmod(0o755)
    return True


def _remove(folder: Path, paths: Sequence[str]) -> list[str]:
    removed = []
    for path in paths:
        # The manifest lies in a folder that others may write to: nothing outside the build is ever removed.
        if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or not (folder / path).is_file():
            continue
        (folder / path).unlink()
        removed.append(path)
        for parent in (folder / path).parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    return removed
