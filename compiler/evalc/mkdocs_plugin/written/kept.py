"""What the last build wrote into a site and from what, so that the next one leaves it where nothing changed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from evalc.base.digest import digest
from evalc.model.stored import Stored
from evalc.pages._address import COMPARISONS_PATH, LIBRARY_PATH, RUNS_PATH
from evalc.pages._card import CARDS_PATH

_TOPS = (LIBRARY_PATH, COMPARISONS_PATH, RUNS_PATH, CARDS_PATH)
"""The folders whose files stay from build to build."""

# MkDocs empties the folder of a site but for what is hidden.
_HIDDEN = ".evalc"


class Written(Stored):
    """What was written for one owner of pages: files by path with size and time, and what the search was told.

    `inputs` is a digest of all that they were made from.
    """

    inputs: str
    files: dict[str, tuple[int, int]]
    entries: tuple[dict[str, str], ...]


class _Manifest(Stored):
    """What a build has written by owner, and the files that MkDocs made between ours."""

    owners: dict[str, Written]
    others: tuple[str, ...]


class KeptSite:
    """The files of the last build in the folder of a site; without a record of them there are none.

    The record lies in the user's cache, since one in a repository could pass anything off for what was built.
    """

    def __init__(self, site: Path, folder: Path) -> None:
        self._site = site
        self._record = folder / f"site-{digest(str(site.resolve()), length=32)}.json"
        self._before = _Manifest(owners={}, others=())
        self._others: list[str] = []

    def hide(self) -> None:
        """Take the files out of the way of MkDocs; if the build ends here, the next one begins anew."""
        shutil.rmtree(self._site / _HIDDEN, ignore_errors=True)
        found = self._read()
        if found is None or not found.owners:
            return
        try:
            self._record.unlink()
        except OSError:
            return
        self._before = found
        for path in self._before.others:
            (self._site / path).unlink(missing_ok=True)
        for top in _TOPS:
            if (self._site / top).is_dir() and not (self._site / top).is_symlink():
                self._hidden(top).parent.mkdir(exist_ok=True)
                (self._site / top).rename(self._hidden(top))

    def restore(self) -> None:
        """Put the files back, below those that MkDocs has made in the meantime."""
        for top in _TOPS:
            fresh, hidden = self._site / top, self._hidden(top)
            for file in _files(fresh):
                self._others.append(file.relative_to(self._site).as_posix())
                if hidden.is_dir():
                    target = hidden / file.relative_to(fresh)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    file.replace(target)
            if hidden.is_dir():
                shutil.rmtree(fresh, ignore_errors=True)
                fresh.parent.mkdir(parents=True, exist_ok=True)
                hidden.rename(fresh)
        shutil.rmtree(self._site / _HIDDEN, ignore_errors=True)

    def find(self, owner: str, inputs: str) -> Written | None:
        """What was written for an owner, if it was made from the same and is there as it was written."""
        found = self._before.owners.get(owner)
        return found if found and inputs and found.inputs == inputs and self._is_intact(found) else None

    def finish(self, owners: dict[str, Written]) -> None:
        """Remove what nobody writes any more, and note what is there now."""
        now = {path for written in owners.values() for path in written.files} | set(self._others)
        for path in [path for written in self._before.owners.values() for path in written.files if path not in now]:
            self._remove(self._site / path)
        text = _Manifest(owners=owners, others=tuple(self._others)).model_dump_json()
        partial = self._record.with_suffix(f".{os.getpid()}")
        # Where nothing can be kept, the next build begins anew.
        with suppress(OSError):
            self._record.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial.write_text(text, "utf-8")
            partial.replace(self._record)

    def drop(self) -> None:
        """Let go of what a build that failed has not put back."""
        shutil.rmtree(self._site / _HIDDEN, ignore_errors=True)

    def _hidden(self, top: str) -> Path:
        return self._site / _HIDDEN / top.strip("/").replace("/", "--")

    def _read(self) -> _Manifest | None:
        try:
            with self._record.open("rb") as file:
                if os.fstat(file.fileno()).st_uid != os.getuid():
                    return None
                return _Manifest.model_validate_json(file.read())
        except (OSError, ValueError):
            return None

    def _is_intact(self, written: Written) -> bool:
        return all(state_of(self._site / path) == state for path, state in written.files.items())

    def _remove(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        for folder in file.parents:
            try:
                folder.rmdir()
            except OSError:
                # It holds something else.
                return


def state_of(file: Path) -> tuple[int, int] | None:
    """The size of a file and when it was written; None where there is none."""
    try:
        found = os.lstat(file)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file()) if folder.is_dir() else iter(())
