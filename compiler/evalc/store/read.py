"""From a log to the run that it holds."""

from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from evalc.model.result import RunResult, TrialResult
from evalc.store.record import FinishedRecord, ResultRecord, ResumedRecord, RunRecord
from evalc.store.scan import LOG_NAME, LogFinding, scan_log


def read_run(folder: Path) -> tuple[RunResult, tuple[LogFinding, ...]]:
    """The run in a folder, results in the order of its plan, and what is wrong in its log.

    Of several results for one trial the last counts. A run that has not come to its end has no `finished_at`.

    Raises:
        StorageError: There is no log, or it holds no run that this version can read.
    """
    lines = scan_log(folder / LOG_NAME)
    run = next(lines).found
    assert isinstance(run, RunRecord), "a scan begins with the record of the run"
    planned = {trial.id for trial in run.plan.trials}
    results: dict[str, TrialResult] = {}
    findings: list[LogFinding] = []
    finished_at = ""
    for line in lines:
        match line.found:
            case LogFinding():
                findings.append(line.found)
            case ResultRecord(result=result):
                findings += _doubts(result, planned, before=results, line=(line.number, line.start))
                results[result.trial.id] = result
            case FinishedRecord(at=at, ending=ending):
                finished_at = at if ending == "complete" else ""
            case ResumedRecord() | RunRecord():
                finished_at = ""
    ordered = tuple(results[trial.id] for trial in run.plan.trials if trial.id in results)
    read = RunResult(
        run_id=run.run_id, started_at=run.started_at, finished_at=finished_at, plan=run.plan, results=ordered
    )
    return read, tuple(findings)


def list_runs(results: Path) -> tuple[Path, ...]:
    """The folders of all runs below a folder, oldest first; none where there is no such folder."""
    return tuple(sorted(path.parent for path in results.glob(f"*/{LOG_NAME}")))


def _doubts(
    result: TrialResult, planned: Set[str], *, before: Mapping[str, TrialResult], line: tuple[int, int]
) -> Iterator[LogFinding]:
    number, start = line
    if result.trial.id not in planned:
        message = f"line {number} holds a result of {result.trial.id}, which was not planned"
        yield LogFinding("unplanned-result", number, start, message)
    elif result.trial.id in before:
        message = f"line {number} holds another result of {result.trial.id}; it counts instead of the earlier one"
        yield LogFinding("repeated-result", number, start, message)
