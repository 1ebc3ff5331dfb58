"""What became of the cases from one run to another."""

from pathlib import Path

from evalc.api.results import NamedRun, load_run
from evalc.model.verdicts.comparison import RunComparison
from evalc.report.compare import compare_runs
from evalc.report.scores import ScoredRun, score_run


def compare_named(before: str, after: str, *, results: Path) -> tuple[RunComparison, tuple[str, ...]]:
    """The comparison of two runs or targets as people name them, and what is wrong in their logs.

    Raises:
        NoSuchRun: Words name no run, or no target in it.
        StorageError: A log cannot be read.
    """
    earlier, later = load_run(before, results), load_run(after, results)
    problems = dict.fromkeys((*earlier.problems, *later.problems))
    return compare_runs(scored(earlier), scored(later)), tuple(problems)


def scored(named: NamedRun) -> ScoredRun:
    """How the cases of a run did, at the target that was named or at all."""
    found = score_run(named.run)
    if not named.target:
        return found
    chosen = tuple(target for target in found.targets if target.side.target.name == named.target)
    return ScoredRun(found.cases, chosen)
