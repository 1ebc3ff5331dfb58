"""What runs gave, read from their logs."""

from pathlib import Path

from evalc.model.report import Report
from evalc.report.summarize import summarize
from evalc.store.errors import StorageError
from evalc.store.read import list_runs, read_run


def load_report(results: Path) -> tuple[Report, tuple[str, ...]]:
    """What all runs below a folder say, and a sentence for each log that is damaged or cannot be read."""
    runs, problems = [], []
    for folder in list_runs(results):
        try:
            run, findings = read_run(folder)
        except StorageError as failure:
            problems.append(str(failure))
            continue
        runs.append(run)
        problems += [f"{folder}: {finding.message}" for finding in findings]
    return summarize(runs), tuple(problems)
