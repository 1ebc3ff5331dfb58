"""What a repository and a clone of it are told about our files."""

import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from evalc.history.errors import GitFailed
from evalc.history.git import Repository, environment

ATTRIBUTES = (
    "*.evalc text eol=lf diff=evalc",
    "events.jsonl diff=evalc-log",
    "baselines/* text eol=lf merge=evalc-lines",
    "people.jsonl text eol=lf merge=evalc-lines",
)
"""Lines of `.gitattributes`. Where a clone does not know the drivers that they name, git does as it always does."""


class Taught(NamedTuple):
    """The file with the attributes, and the lines that it did not have before."""

    path: Path
    lines: tuple[str, ...]


def teach(folder: Path) -> Taught:
    """What was new to the repository around a folder; its clone is told in any case.

    Raises:
        HistoryError: There is no repository, or git does not take its settings.
    """
    repository = Repository.around(folder)
    path = repository.top / ".gitattributes"
    text = path.read_text("utf-8") if path.is_file() else ""
    new = tuple(line for line in ATTRIBUTES if line not in text.splitlines())
    if new:
        start = text if not text or text.endswith("\n") else f"{text}\n"
        path.write_text(start + "".join(f"{line}\n" for line in new), encoding="utf-8", newline="\n")
    for name, value in _settings():
        asked = subprocess.run(  # noqa: S603  # git, found on the path, with words of our own
            [repository.git, "-C", str(repository.top), "config", "--local", name, value],
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if asked.returncode:
            raise GitFailed(asked.stderr.decode("utf-8", "replace").strip() or "without a reason")
    return Taught(path, new)


def _settings() -> tuple[tuple[str, str], ...]:
    """The drivers, started with the Python that runs this, since git may be called where `evalc` is on no path."""
    evalc = f"{shlex.quote(sys.executable)} -m evalc git"
    return (
        ("diff.evalc.xfuncname", "^(vendor|rubric|eval|case|let) .*"),
        ("diff.evalc-log.textconv", f"{evalc} textconv"),
        ("merge.evalc-lines.name", "facts by their keys, one a line"),
        ("merge.evalc-lines.driver", f"{evalc} merge %O %A %B"),
    )
