"""How long a review of a large catalog takes, for a small change and for one that touches every eval."""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import EVALC, Cost, Figure, interleave, run_command
from bench.specs import as_specs, make_content

_CASES = 10_000
_GIT = ["git", "-c", "user.name=bench", "-c", "user.email=bench@evalc.example", "-c", "commit.gpgsign=false"]


def measure() -> Iterator[Figure]:
    """Wall time of `evalc diff` over 10,000 cases in git, beside a check of one side that keeps nothing."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        small, large = _history(root)
        fresh = iter(range(100))

        def diff(revision: str, *, kept: bool) -> Cost:
            cache = "kept" if kept else f"fresh-{next(fresh)}"
            call = [*EVALC, "diff", "start", revision, "--specs", str(root / "specs")]
            return run_command(call, environment={"XDG_CACHE_HOME": f"{folder}/{cache}"})

        def check() -> Cost:
            environment = {"XDG_CACHE_HOME": f"{folder}/fresh-{next(fresh)}"}
            return run_command([*EVALC, "check", str(root / "specs")], environment=environment)

        diff(large, kept=True)
        one, every, again, read = interleave(
            [
                lambda: diff(small, kept=False),
                lambda: diff(large, kept=False),
                lambda: diff(large, kept=True),
                check,
            ],
            rounds=3,
        )
    name = f"evalc diff, {_CASES:,} cases"
    yield Figure(f"{name}, one eval changed, nothing kept, wall", one.wall_s, "s", target=1.0)
    side = "check of one side"
    yield Figure(f"{name}, all evals changed, nothing kept, wall", every.wall_s, "s", side, read.wall_s, target=3.0)
    yield Figure(f"{name}, all evals changed, all kept, wall", again.wall_s, "s", side, read.wall_s, target=1.0)


def _history(root: Path) -> tuple[str, str]:
    """A repository with a commit `start`, and the names of one that changes an eval and one that changes them all."""
    texts = as_specs(make_content(_CASES))
    _write(root, texts)
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=root, check=True)
    _commit(root, "start")
    path = max(texts, key=lambda name: texts[name].count("\ncase "))
    _write(root, {path: _weakened(texts[path])})
    _commit(root, "small")
    _write(root, {name: _weakened(text) for name, text in texts.items()})
    _commit(root, "large")
    return "small", "large"


def _weakened(text: str) -> str:
    return re.sub("^  must ", "  should ", text, count=1, flags=re.MULTILINE)


def _write(root: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = root / "specs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _commit(root: Path, name: str) -> None:
    subprocess.run([*_GIT, "add", "--all"], cwd=root, check=True)
    subprocess.run([*_GIT, "commit", "--quiet", "--message", name], cwd=root, check=True)
    subprocess.run([*_GIT, "tag", name], cwd=root, check=True)
