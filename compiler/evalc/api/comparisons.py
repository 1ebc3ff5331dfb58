"""What became of the cases from one run to another."""

from pathlib import Path
from typing import NamedTuple

from evalc.api.results import NamedRun, demand_target, find_run, split_words
from evalc.model.verdicts.comparison import RunComparison, Side
from evalc.report.compare import compare_runs
from evalc.report.scores import ScoredRun, score_outcomes, score_run
from evalc.store.index import index_log
from evalc.store.read import read_plan


class NamedScores(NamedTuple):
    """How the cases of a run did that words name, at the target that they name or at all, and what is wrong in its log.

    No answer is in memory, however many the log has.
    """

    scored: ScoredRun
    problems: tuple[str, ...]


def load_scores(words: str, results: Path) -> NamedScores:
    """How the cases of the run did that `RUN` or `RUN:TARGET` names.

    Raises:
        NoSuchRun: Words name no run, or no target in it.
        StorageError: Its log cannot be read.
    """
    name, target = split_words(words)
    folder = find_run(name, results, target=target)
    index = index_log(folder)
    plan = read_plan(index, index.results)
    demand_target(target, plan, run_id=index.head.run_id)
    sides = [
        Side(run_id=index.head.run_id, started_at=index.head.started_at, target=card, judge=plan.judge)
        for card in plan.targets
        if target in ("", card.name)
    ]
    outcomes = {id: place.outcome for id, place in index.results.items() if place}
    problems = tuple(f"{folder}: {finding.message}" for finding in index.findings)
    return NamedScores(score_outcomes(plan, outcomes, sides=sides), problems)


def scored(named: NamedRun) -> ScoredRun:
    """How the cases of a run did that is at hand, at the target that was named or at all."""
    found = score_run(named.run)
    if not named.target:
        return found
    chosen = tuple(target for target in found.targets if target.side.target.name == named.target)
    return ScoredRun(found.cases, chosen)


def compare_named(before: str, after: str, *, results: Path) -> tuple[RunComparison, tuple[str, ...]]:
    """The comparison of two runs or targets as people name them, and what is wrong in their logs.

    Raises:
        NoSuchRun: Words name no run, or no target in it.
        StorageError: A log cannot be read.
    """
    earlier, later = load_scores(before, results), load_scores(after, results)
    problems = dict.fromkeys((*earlier.problems, *later.problems))
    return compare_runs(earlier.scored, later.scored), tuple(problems)
