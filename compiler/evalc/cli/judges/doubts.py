"""What `evalc gate` knows of the judge of a run."""

from argparse import Namespace
from pathlib import Path

from evalc.api.catalogs import find_policy
from evalc.cli.judges.lock import read_lock
from evalc.model.result import RunResult
from evalc.model.settings import CalibrationSettings
from evalc.planning.policy.read import read_policy
from evalc.report.judges.standing import judge_doubts


def read_doubts(arguments: Namespace, run: RunResult) -> dict[str, tuple[str, ...]]:
    """By the id of an eval, why the judge of a run should not be believed on it, by the lock file beside the specs.

    Raises:
        UnreadableLock: The lock file holds a line that is none.
    """
    path = Path(arguments.policy) if arguments.policy else find_policy(Path.cwd())
    floors = read_policy(path)[0].calibration if path else CalibrationSettings()
    kept = read_lock((path.parent if path else Path()) / "specs")
    return judge_doubts(run.plan.evals, run.plan.judge, kept=kept, floors=floors)
