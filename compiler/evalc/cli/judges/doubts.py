"""What `evalc gate` knows of the judge of a run."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from evalc.api.catalogs import find_policy
from evalc.base.visible import visible
from evalc.cli.judges.figures import shown
from evalc.model.result import RunResult
from evalc.model.settings import CalibrationSettings
from evalc.planning.policy.read import read_policy
from evalc.report.judges.rates import corrected_rates
from evalc.report.judges.standing import judge_doubts
from evalc.store.calibrations import read_lock


def read_doubts(arguments: Namespace, run: RunResult) -> dict[str, tuple[str, ...]]:
    """By the id of an eval, why the judge of a run should not be believed on it, by the lock file beside the specs.

    Raises:
        UnreadableLock: The lock file holds a line that is none.
    """
    path = _policy_path(arguments)
    floors = read_policy(path)[0].calibration if path else CalibrationSettings()
    return judge_doubts(run.plan.evals, run.plan.judge, kept=read_lock(_specs(path)), floors=floors)


def corrected_lines(arguments: Namespace, run: RunResult) -> Iterator[str]:
    """A line for each rate of the judge that is told without its errors, by the lock file beside the specs.

    Raises:
        UnreadableLock: The lock file holds a line that is none.
    """
    for rate in corrected_rates(run, read_lock(_specs(_policy_path(arguments)))):
        yield (
            f"corrected  {visible(rate.rubric)} · {visible(rate.target)}: {shown(rate.corrected)} for the judge's "
            f"{rate.passed / rate.total:.0%} of {rate.total}, by what it got wrong on {rate.date}"
        )


def _policy_path(arguments: Namespace) -> Path | None:
    return Path(arguments.policy) if arguments.policy else find_policy(Path.cwd())


def _specs(policy: Path | None) -> Path:
    return (policy.parent if policy else Path()) / "specs"
