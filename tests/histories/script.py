r"""Histories of a git repository, told as scripts: what people do between two looks at `evalc diff`.

A repository begins with the files of `tests/histories/shop`, committed on `main`. Then each line is a step:

- `in PATH` and below it lines of a file: `= kept`, `- gone`, `+ new`, which change the one place that has the kept and
  gone ones. `everywhere PATH` changes all such places.
- `write PATH` and below it `+ ` lines: the whole file. In a path, `\xNN` is a byte.
- `move PATH PATH`, `copy PATH PATH`, `delete PATH`, `link PATH TARGET`
- `commit`, `branch NAME`, `checkout NAME`, `merge NAME`, `tag NAME`, `clone DEPTH` (go on in a shallow clone)
- `diff WORDS`: what the comparison says.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from evalc.api.catalogs import CatalogFolder
from evalc.api.reviews import Reviewed, review_specs
from evalc.base.reading import ReadProblem
from evalc.base.render import render_text
from evalc.diff.render.terminal import render_terminal
from evalc.history.errors import HistoryError

START = Path(__file__).parent / "shop"

_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Ann",
    "GIT_AUTHOR_EMAIL": "ann@shop.example",
    "GIT_COMMITTER_NAME": "Ann",
    "GIT_COMMITTER_EMAIL": "ann@shop.example",
    "GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z",
    "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z",
}
_BYTE = re.compile(r"\\x([0-9a-f]{2})")


def play(script: str, folder: Path) -> str:
    """What each `diff` of a script says, one after the other."""
    history = History(folder / "work")
    history.begin()
    return "\n".join(history.run(script))


@dataclass(frozen=True, slots=True)
class _Step:
    """One line of a script with the marked lines below it."""

    words: tuple[str, ...]
    lines: tuple[str, ...]


def _steps(script: str) -> Iterator[_Step]:
    words: tuple[str, ...] = ()
    lines: list[str] = []
    for line in script.splitlines():
        if line[:2] in ("= ", "- ", "+ ") or line in ("=", "-", "+"):
            lines.append(line)
            continue
        if words:
            yield _Step(words, tuple(lines))
        words, lines = tuple(line.split()), []
    if words:
        yield _Step(words, tuple(lines))


@dataclass(slots=True)
class History:
    """A repository and the file that is being edited."""

    root: Path
    current: Path = field(default_factory=Path)

    def begin(self, *options: str) -> None:
        """The first commit, in a repository made with options of `git init`."""
        self.copy_files()
        self.git("init", "--quiet", "--initial-branch=main", *options)
        self.commit()

    def copy_files(self) -> None:
        """The files that all histories begin with."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(START, self.root)

    def run(self, script: str) -> Iterator[str]:
        """What each `diff` of a script says."""
        for step in _steps(script):
            verb, *words = step.words
            match verb:
                case "diff":
                    yield f"$ evalc diff {' '.join(words)}\n{self.diff(words)}"
                case "in" | "everywhere":
                    self.current = self.path(words[0]) if words else self.current
                    self.edit(step.lines, everywhere=verb == "everywhere")
                case "write":
                    self.write(self.path(words[0]), step.lines)
                case "clone":
                    self.clone(words[0])
                case "commit":
                    self.commit()
                case "branch":
                    self.git("checkout", "--quiet", "-b", words[0])
                case "merge":
                    self.git("merge", "--quiet", "--no-edit", words[0])
                case "checkout" | "tag":
                    self.git(verb, *words)
                case _:
                    self.change_files(verb, words)

    def change_files(self, verb: str, words: list[str]) -> None:
        """Files moved, copied, deleted or linked."""
        path = self.path(words[0])
        match verb:
            case "delete":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            case "move":
                self.path(words[1]).parent.mkdir(parents=True, exist_ok=True)
                path.rename(self.path(words[1]))
            case "copy":
                shutil.copy(path, self.path(words[1]))
            case "link":
                path.symlink_to(words[1])
            case _:
                raise ValueError(f"there is no step `{verb}`")

    def path(self, written: str) -> Path:
        """A path in the repository, with its bytes."""
        name = _BYTE.sub(lambda found: chr(0xDC00 + int(found[1], 16)), written)
        return self.root / name

    def write(self, path: Path, lines: tuple[str, ...]) -> None:
        """A whole file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line[2:]}\n" for line in lines), encoding="utf-8")

    def edit(self, lines: tuple[str, ...], *, everywhere: bool) -> None:
        """The current file with the marked lines changed."""
        before = "".join(f"{line[2:]}\n" for line in lines if line[0] in "=-")
        after = "".join(f"{line[2:]}\n" for line in lines if line[0] in "=+")
        text = "\n" + self.current.read_text(encoding="utf-8")
        count = text.count("\n" + before)
        if not lines:
            return
        assert count == 1 or (everywhere and count), f"{count} places in {self.current.name} read\n{before}"
        self.current.write_text(text.replace("\n" + before, "\n" + after)[1:], encoding="utf-8")

    def commit(self) -> None:
        """Everything as it is now."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=step")

    def clone(self, depth: str) -> None:
        """A shallow clone in place of the repository."""
        there = self.root.parent / f"clone-{depth}"
        source = (self.root.parent / "work").as_uri()
        self.git("clone", "--quiet", f"--depth={depth}", "--no-single-branch", source, str(there))
        self.root = there

    def diff(self, words: list[str]) -> str:
        """What the comparison of two sides says."""
        try:
            found = self.review(words)
        except (HistoryError, ReadProblem) as problem:
            return f"{problem}\n"
        wrong = [item for item in found.findings if item.level == "error"]
        idle = "".join(f"{line.place.path}:{line.place.line} accepts nothing\n" for line in found.idle)
        if wrong:
            return render_text(wrong, colour=False)
        return render_terminal(found.review, colour=False, whole=True) + idle

    def review(self, words: list[str]) -> Reviewed:
        """The comparison of two sides."""
        return review_specs(words, CatalogFolder(root=self.root / "specs", prefix="specs"))

    def git(self, *words: str) -> None:
        """One call of git."""
        environment: Mapping[str, str] = {**os.environ, **_ENVIRONMENT}
        done = subprocess.run(["git", *words], cwd=self.root, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr.decode('utf-8', 'replace')}"
