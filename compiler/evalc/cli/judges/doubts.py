"""What `evalc gate` knows of the judge of a run."""

from argparse import Namespace
from pathlib import Path

from evalc.api.catalogs import find_policy
from evalc.model.result import RunResult
from evalc.model.settings import CalibrationSettings
from evalc.model.verdicts.gate import GateReport
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


def with_corrected(report: GateReport, arguments: Namespace, *, run: RunResult) -> GateReport:
    """A decision with the rates of the run's judge without its errors, by the lock file beside the specs.

    Raises:
        UnreadableLock: The lock file holds a line that is none.
    """
    rates = corrected_rates(run, read_lock(_specs(_policy_path(arguments))))
    return report.model_copy(update={"corrected": tuple(rates)})


def _policy_path(arguments: Namespace) -> Path | None:
    return Path(arguments.policy) if arguments.policy else find_policy(Path.cwd())


def _specs(policy: Path | None) -> Path:
    return (policy.parent if policy else Path()) / "specs"
