"""A new catalog on disk."""

from pathlib import Path
from typing import NamedTuple

from evalc.base.reading import spec_paths
from evalc.starter.files import StarterFile, starter_files, title_of


class Started(NamedTuple):
    """What was written, and what was left as it is since something is there already."""

    written: tuple[StarterFile, ...]
    kept: tuple[StarterFile, ...]


def write_starter(folder: Path) -> Started:
    """The files of a new catalog in a folder; a file that is there stays, and beside specs no example is put.

    Raises:
        OSError: Something cannot be written. What was written before that stays.
    """
    specs = folder / "specs"
    has_specs = specs.is_dir() and bool(spec_paths(specs))
    written, kept = [], []
    for file in starter_files(title_of(folder)):
        if file.path.startswith("specs/") and has_specs:
            continue
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as opened:
                opened.write(file.text)
        except FileExistsError:
            is_ours = path.is_file() and path.read_bytes() == file.text.encode()
            kept.append(file._replace(otherwise="") if is_ours else file)
        else:
            written.append(file)
    return Started(tuple(written), tuple(kept))
