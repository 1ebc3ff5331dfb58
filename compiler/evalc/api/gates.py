"""Runs that are decided, and baselines on disk."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from evalc.api.results import NamedRun
from evalc.model.settings import GateSettings
from evalc.model.verdicts.gate import Baseline, GateReport
from evalc.report.gating.baseline import WrongBaseline, read_baseline, renew, write_baseline
from evalc.report.gating.run import gate_run
from evalc.report.scores import ScoredRun
from evalc.store.errors import CannotRead, StorageError

_SUFFIX = ".txt"


class BrokenBaseline(Exception):
    """A file holds no baseline."""


class BaselineNotWritten(StorageError):
    """The disk did not take a baseline."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be written: {reason}; it is as it was")


class Blessed(NamedTuple):
    """What accepting a run did to the baseline of one target, in numbers of cases.

    `kept` are in the baseline and not in the run, and `undecided` in the run without a verdict.
    """

    path: Path
    added: int
    changed: int
    same: int
    kept: int
    undecided: int


def gate_named(
    named: NamedRun, settings: GateSettings, *, folder: Path, doubts: Mapping[str, Sequence[str]] | None = None
) -> GateReport:
    """The decision about a run, or about one target of it, against the baselines in a folder.

    Args:
        doubts: By the id of an eval, sentences on why its judge's word should not count yet, where that is known.

    Raises:
        BrokenBaseline: A file there is none.
        StorageError: A file there cannot be read.
    """
    run = named.run
    if named.target:
        trials = tuple(trial for trial in run.plan.trials if trial.target == named.target)
        targets = tuple(target for target in run.plan.targets if target.name == named.target)
        plan = run.plan.model_copy(update={"trials": trials, "targets": targets})
        results = tuple(result for result in run.results if result.trial.target == named.target)
        run = run.model_copy(update={"plan": plan, "results": results})
    found = {target.name: load_baseline(folder, target.name) for target in run.plan.targets}
    baselines: Mapping[str, Baseline] = {name: baseline for name, baseline in found.items() if baseline}
    return gate_run(run, settings=settings, baselines=baselines, doubts=doubts or {})


def bless(run: ScoredRun, folder: Path, *, replaces: bool) -> list[Blessed]:
    """Accept how the cases of a run did: the baseline of each target is renewed on disk.

    Args:
        replaces: The baseline holds the run's cases and no others from now on.

    Raises:
        BrokenBaseline: There is a file that is none.
        StorageError: The disk does not give or take it.
    """
    blessed = []
    for target in run.targets:
        name = target.side.target.name
        before = load_baseline(folder, name)
        new = Baseline(name=name, scores=tuple(target.scores.values()))
        after = renew(None if replaces else before, new)
        path = _path(folder, name)
        if after.scores:
            _write(path, write_baseline(after))
        earlier = {score.case_id: score for score in before.scores} if before else {}
        renewed = [score for score in new.scores if score.share is not None]
        same = sum(earlier.get(score.case_id) == score for score in renewed)
        added = sum(score.case_id not in earlier for score in renewed)
        blessed.append(
            Blessed(
                path=path,
                added=added,
                changed=len(renewed) - added - same,
                same=same,
                kept=len(after.scores) - len(renewed),
                undecided=len(new.scores) - len(renewed),
            )
        )
    return blessed


def load_baseline(folder: Path, target: str) -> Baseline | None:
    """The baseline of a target, or None where there is no file for it.

    Raises:
        BrokenBaseline: The file is none.
        StorageError: It cannot be read.
    """
    path = _path(folder, target)
    if not path.exists():
        return None
    try:
        return read_baseline(path.read_text("utf-8"), name=target)
    except (WrongBaseline, UnicodeDecodeError) as problem:
        reason = problem if isinstance(problem, WrongBaseline) else "is no UTF-8"
        raise BrokenBaseline(f"{path} is no baseline: {reason}") from problem
    except OSError as error:
        raise CannotRead(path, str(error.strerror).lower()) from error


def _path(folder: Path, target: str) -> Path:
    # The name comes from a log, and a log from anywhere.
    if Path(target).name != target:
        raise BrokenBaseline(f"a target called `{target}` cannot have a baseline: its name is no name of a file")
    return folder / f"{target}{_SUFFIX}"


def _write(path: Path, text: str) -> None:
    """The file with a new text, or with its old one where the disk fails."""
    draft = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise BaselineNotWritten(path, str(error.strerror).lower()) from error
