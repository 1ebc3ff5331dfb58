"""A git repository, asked by git itself.

Git is on every machine that has revisions to compare, and it alone knows all that a repository can be: worktrees,
packs, SHA-256, alternates, partial clones. A library would be one more dependency, and lag behind it. Only commands
that run no hook, filter, pager or text conversion are used, and none that fetches.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from evalc.base.suggest import closest
from evalc.history.errors import GitFailed, NoCommonAncestor, NoGit, NoRepository, NoSuchRevision

# Nothing is asked of a person, fetched from a promisor, or written in passing; messages are in the words known here.
_ENVIRONMENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_SETTINGS = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false")

_MOST_NAMES = 2_000


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository by the top of its work tree, or its own folder where it has none."""

    git: str
    top: Path

    @classmethod
    def around(cls, folder: Path) -> Self:
        """The repository that a folder lies in.

        Raises:
            NoGit, NoRepository: there is none to ask or to read.
        """
        git = shutil.which("git")
        if git is None:
            raise NoGit
        asked = cls(git, folder)._ask("rev-parse", "--show-toplevel")
        if asked.returncode:
            raise NoRepository(str(folder), _last_line(asked.stderr))
        return cls(git, Path(os.fsdecode(asked.stdout.removesuffix(b"\n"))))

    def commit(self, name: str) -> str:
        """The id of the commit that a branch, a tag, `HEAD~2` or the like names.

        Raises:
            NoSuchRevision: it names none.
        """
        asked = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if asked.returncode:
            raise NoSuchRevision(name, near=closest(name, self._names()) or "", is_shallow=self.is_shallow)
        return asked.stdout.decode("ascii").strip()

    def merge_base(self, base: str, head: str) -> str:
        """The id of the last commit that two revisions have in common.

        Raises:
            NoSuchRevision, NoCommonAncestor: there is none.
        """
        asked = self._ask("merge-base", self.commit(base), self.commit(head))
        if asked.returncode:
            raise NoCommonAncestor(base, head, is_shallow=self.is_shallow)
        return asked.stdout.decode("ascii").strip()

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks older commits."""
        return self._ask("rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def listing(self, commit: str, folder: str) -> bytes:
        """What `ls-tree` says of everything below a folder of a commit, nothing where there is no such folder.

        Raises:
            GitFailed: git cannot read the tree.
        """
        tree = f"{commit}:{folder}" if folder else f"{commit}^{{tree}}"
        kind = self._ask("cat-file", "-t", tree)
        if kind.returncode or kind.stdout.strip() != b"tree":
            return b""
        asked = self._ask("ls-tree", "-r", "-z", "--full-tree", tree)
        if asked.returncode:
            raise GitFailed(_last_line(asked.stderr))
        return asked.stdout

    def commits_of(self, folder: str, *, most: int) -> tuple[str, ...]:
        """The ids of the last commits that changed something below a folder, newest first; merges count as one step.

        Raises:
            GitFailed: git cannot read the history, as where nothing was committed yet.
        """
        place = ["--", f":(top,literal){folder}"] if folder else []
        asked = self._ask("rev-list", "--first-parent", f"--max-count={most}", "HEAD", *place)
        if asked.returncode:
            raise GitFailed(_last_line(asked.stderr))
        return tuple(asked.stdout.decode("ascii").split())

    def facts_of(self, commit: str) -> tuple[str, str, str]:
        """Author, day (YYYY-MM-DD) and subject of a commit.

        Raises:
            GitFailed: git cannot read it.
        """
        asked = self._ask("show", "--no-patch", "--no-show-signature", "--format=%an%x00%as%x00%s", commit)
        if asked.returncode:
            raise GitFailed(_last_line(asked.stderr))
        author, day, subject = asked.stdout.decode("utf-8", "replace").removesuffix("\n").split("\0")
        return author, day, subject

    def tags_of_head(self, *, most: int) -> tuple[tuple[str, str], ...]:
        """The newest tags that `HEAD` follows on, newest first, each with the day (YYYY-MM-DD) when it was made."""
        form = "--format=%(refname:short)%00%(creatordate:short)"
        # The last key counts first; versions tell those apart that were made in one second.
        order = ("--sort=-version:refname", "--sort=-creatordate")
        asked = self._ask("for-each-ref", "--merged=HEAD", *order, form, f"--count={most}", "refs/tags")
        lines = asked.stdout.decode("utf-8", "replace").splitlines()
        return tuple((name, day) for name, _, day in (line.partition("\0") for line in lines))

    def command(self, *words: str) -> list[str]:
        """The command line that asks this repository."""
        return [self.git, "-C", str(self.top), *_SETTINGS, *words]

    def _ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # noqa: S603  # git, found on the path, with words of our own before any name
            self.command(*words), env=environment(), stdin=subprocess.DEVNULL, capture_output=True, check=False
        )

    def _names(self) -> Sequence[str]:
        words = ("for-each-ref", "--format=%(refname:short)", f"--count={_MOST_NAMES}")
        return self._ask(*words).stdout.decode("utf-8", "replace").split("\n")[:-1]


def environment() -> Mapping[str, str]:
    """What git is given of our environment, and what is set for it."""
    return {**os.environ, **_ENVIRONMENT}


def _last_line(output: bytes) -> str:
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if line.strip()]
    return lines[-1].strip() if lines else "without a reason"
