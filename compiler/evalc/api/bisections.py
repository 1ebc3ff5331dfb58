"""When a case flipped, and what made it: from stored runs and from git."""

from bisect import bisect_left
from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from evalc.analysis.compilation import compile_loaded
from evalc.analysis.loader import DiskLoader, Loader
from evalc.api.catalogs import CatalogFolder
from evalc.api.reviews import review_specs
from evalc.history.errors import HistoryError
from evalc.history.timeline import Timeline, open_timeline
from evalc.model.catalog import Case
from evalc.model.change import Change
from evalc.model.flip import CaseHistory, Flip, Look, SpecChange
from evalc.model.result import RunResult
from evalc.report.decide import case_outcome
from evalc.report.flips import Sighting, find_flips
from evalc.store.errors import StorageError
from evalc.store.read import list_runs, read_run

# A case that changed more often between two runs is read best in git itself.
_MOST_CHANGES = 10


class Histories(NamedTuple):
    """One history of a case for each target, by name, and a sentence for all that could not be read for them."""

    found: tuple[CaseHistory, ...]
    problems: tuple[str, ...]


def case_histories(case_id: str, *, results: Path, folder: CatalogFolder) -> Histories:
    """What all runs below `results` found of a case, and which commits of its specs made it flip last."""
    by_target: dict[str, list[Sighting]] = {}
    problems: list[str] = []
    names = {case_id}
    # The newest run that knows the case tells its former names; no run is held longer than it is looked at.
    for place in reversed(list_runs(results)):
        try:
            run = read_run(place)[0]
        except StorageError as failure:
            problems.append(str(failure))
            continue
        if case := _case_in(run, names):
            names.update((case.id, *case.formerly))
            for sighting in _sightings(run, case):
                by_target.setdefault(sighting.look.target.name, []).append(sighting)
    found = []
    for target, sightings in sorted(by_target.items()):
        sightings.sort(key=lambda sighting: (sighting.look.started_at, sighting.look.run_id))
        flips = find_flips(sightings)
        traced: tuple[SpecChange, ...] = ()
        if flips and "spec" in flips[-1].causes:
            case = next(sighting.case for sighting in sightings if sighting.look == flips[-1].after)
            try:
                traced = _trace(flips[-1], case, folder)
            except HistoryError as problem:
                problems.append(str(problem))
        looks = tuple(sighting.look for sighting in sightings)
        found.append(CaseHistory(case_id=case_id, target=target, looks=looks, flips=flips, spec_changes=traced))
    return Histories(tuple(found), tuple(dict.fromkeys(problems)))


def _trace(flip: Flip, case: Case, folder: CatalogFolder) -> tuple[SpecChange, ...]:
    """The commits that turned the case of the earlier run into that of the later one, newest first.

    Empty where they are not in this history, as after a rebase. The work tree counts as a commit without a name.
    """
    with open_timeline(folder.root) as timeline:
        return tuple(_SpecTrace(timeline, case, folder).changes_between(flip))


class _SpecTrace:
    """The fingerprints of one case along a history."""

    def __init__(self, timeline: Timeline, case: Case, folder: CatalogFolder) -> None:
        self._timeline = timeline
        self._case = case
        self._folder = folder
        self._path = case.place.path.removeprefix(f"{folder.prefix}/" if folder.prefix else "")
        self.fingerprint_at = cache(self._fingerprint_at)

    def changes_between(self, flip: Flip) -> Iterator[SpecChange]:
        commits = self._timeline.commits
        wanted = flip.after.fingerprint
        at = next((number for number, commit in enumerate(commits) if self.fingerprint_at(commit) == wanted), None)
        if at is None:
            if self._fingerprint_in(DiskLoader(self._folder.root)) != wanted:
                return
            yield SpecChange(commit=None, changes=self._changes("HEAD", None))
            at = 0
            wanted = self.fingerprint_at(commits[0]) if commits else ""
        for _ in range(_MOST_CHANGES):
            if wanted == flip.before.fingerprint:
                return
            at = self._first_with(wanted, at)
            commit = commits[at]
            has_parent = at + 1 < len(commits)
            yield SpecChange(
                commit=self._timeline.facts_of(commit),
                changes=self._changes(f"{commit}^", commit) if has_parent else (),
            )
            if not has_parent:
                return
            at += 1
            wanted = self.fingerprint_at(commits[at])

    def _first_with(self, fingerprint: str, at: int) -> int:
        """The number of the commit that made the case so, from that of one where it is so; higher numbers are older.

        A case that was so, then otherwise, and then so again may lead to the older of the two commits.
        """
        older = self._timeline.commits[at + 1 :]
        return at + bisect_left(range(len(older)), True, key=lambda n: self.fingerprint_at(older[n]) != fingerprint)

    def _fingerprint_at(self, commit: str) -> str:
        return self._fingerprint_in(self._timeline.specs_at(commit))

    def _fingerprint_in(self, loader: Loader) -> str:
        """That of the case in some specs, empty where it is not there."""
        paths = [self._path] if loader.has(self._path) else None
        names = {self._case.id, *self._case.formerly}
        catalog = compile_loaded(loader, paths, prefix=self._folder.prefix).catalog
        return next((case.fingerprint for eval_ in catalog.evals for case in eval_.cases if case.id in names), "")

    def _changes(self, base: str, head: str | None) -> tuple[Change, ...]:
        """What a commit did to the case."""
        words = [base] if head is None else [base, head]
        changes = review_specs(words, self._folder).review.changes
        return tuple(change for change in changes if any(case.case_id == self._case.id for case in change.reaches))


def _case_in(run: RunResult, names: Container[str]) -> Case | None:
    return next((case for eval_ in run.plan.evals for case in eval_.cases if case.id in names), None)


def _sightings(run: RunResult, case: Case) -> Iterator[Sighting]:
    found = {result.trial.id: result for result in run.results}
    for target in run.plan.targets:
        trials = [trial for trial in run.plan.trials if trial.case_id == case.id and trial.target == target.name]
        results = [found.get(trial.id) for trial in trials]
        given = tuple(result for result in results if result)
        if not given:
            continue
        look = Look(
            run_id=run.run_id,
            started_at=run.started_at,
            outcome=case_outcome(case, [result.outcome if result else "skipped" for result in results]),
            passes=sum(result.outcome == "passed" for result in given),
            trials=len(given),
            fingerprint=case.fingerprint,
            target=target,
            judge=run.plan.judge,
        )
        yield Sighting(look, case, given)
