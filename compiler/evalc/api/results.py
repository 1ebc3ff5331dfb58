"""What runs gave, read from their logs."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evalc.base.suggest import closest
from evalc.model.plan import Plan
from evalc.model.result import RunResult
from evalc.store.errors import StorageError
from evalc.store.read import list_runs, read_run
from evalc.store.record import RunRecord
from evalc.store.scan import LOG_NAME, scan_log

LATEST = "latest"


class NoSuchRun(Exception):
    """Words name no run, or no target in it."""


class NamedRun(NamedTuple):
    """A run that words name, with what is wrong in its log; `target` is the one that they name, or empty."""

    run: RunResult
    target: str
    problems: tuple[str, ...]
    folder: Path


def load_run(words: str, results: Path, *, has_answers: bool = True) -> NamedRun:
    """The run that `RUN` or `RUN:TARGET` names, where RUN is an id or its beginning, a folder, or `latest`.

    Args:
        has_answers: Otherwise it takes less memory, and holds only what answers cost and took.

    Raises:
        NoSuchRun: There is none, or it has no such target.
        StorageError: Its log cannot be read.
    """
    name, target = split_words(words)
    folder = find_run(name, results, target=target)
    run, findings = read_run(folder, has_answers=has_answers)
    demand_target(target, run.plan, run_id=run.run_id)
    return NamedRun(run, target, tuple(f"{folder}: {finding.message}" for finding in findings), folder)


def split_words(words: str) -> tuple[str, str]:
    """The run and the target that `RUN:TARGET` names, each as it is written; without a target an empty text."""
    return (words, "") if Path(words).is_dir() else _split(words)


def demand_target(target: str, plan: Plan, *, run_id: str) -> None:
    """Return where a run has a target, or where none is named.

    Raises:
        NoSuchRun: It has none of this name.
    """
    known = [card.name for card in plan.targets]
    if target and target not in known:
        raise NoSuchRun(f"the run {run_id} has no target `{target}`, but {', '.join(known)}")


def find_run(name: str, results: Path, *, target: str = "") -> Path:
    """The folder of the run that is meant by an id or its beginning, a folder, or `latest`: the newest with a target.

    Raises:
        NoSuchRun: There is none, or there are several.
    """
    if (Path(name) / LOG_NAME).is_file():
        return Path(name)
    known = list_runs(results)
    if name == LATEST:
        return _latest(known, target, results)
    meant = [folder for folder in known if folder.name == name] or [
        folder for folder in known if folder.name.startswith(name)
    ]
    if len(meant) == 1:
        return meant[0]
    if meant:
        shown = ", ".join(folder.name for folder in meant[:3])
        raise NoSuchRun(f"{len(meant)} runs in {results} begin with `{name}`: {shown}{' ...' if meant[3:] else ''}")
    near = closest(name, [LATEST, *(folder.name for folder in known)])
    hint = f"did you mean `{near}`?" if near else f"`{LATEST}`, the id of a run, or its folder would fit"
    raise NoSuchRun(f"there is no run `{name}` in {results}; {hint}")


def _split(words: str) -> tuple[str, str]:
    name, _, target = words.rpartition(":") if ":" in words else (words, "", "")
    return name, target


def _latest(known: tuple[Path, ...], target: str, results: Path) -> Path:
    if not known:
        raise NoSuchRun(f"there is no run yet in {results}; `evalc run` makes one")
    if not target:
        return known[-1]
    for folder in reversed(known):
        if any(target in (card.name for card in plan.targets) for plan in _plan(folder)):
            return folder
    raise NoSuchRun(f"no run in {results} has a target `{target}`")


def _plan(folder: Path) -> Iterator[Plan]:
    """The plan of a run, unless its log cannot be read."""
    try:
        first = next(scan_log(folder / LOG_NAME)).record()
    except StorageError:
        return
    assert isinstance(first, RunRecord), "a scan begins with the record of the run"
    yield first.plan
