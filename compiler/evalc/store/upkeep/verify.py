"""A log checked record by record."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from evalc.model.result import Outcome
from evalc.store.index import LogIndex, index_log
from evalc.store.record import FinishedRecord, RepairedRecord, ResultRecord
from evalc.store.scan import LogFinding, scan_log


@dataclass(frozen=True, slots=True)
class Verification:
    """What a log holds and what is wrong with it.

    `outcomes` counts the planned trials by the result that counts; `unasked` are those without one.
    """

    run_id: str
    version: int
    records: int
    planned: int
    outcomes: Counter[Outcome]
    unasked: int
    is_finished: bool
    findings: tuple[LogFinding, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether something that was written is not there as it was."""
        return any(finding.kind not in ("repeated-result", "unplanned-result") for finding in self.findings)


def verify_log(folder: Path) -> Verification:
    """What every record of a log says of itself and of the others.

    Raises:
        StorageError: There is no log, or it holds no run that this version can read.
    """
    index = index_log(folder)
    records, more = _read_all(index)
    known = {(finding.line, finding.kind) for finding in index.findings}
    findings = [*index.findings, *(finding for finding in more if (finding.line, finding.kind) not in known)]
    outcomes = Counter(place.outcome for place in index.results.values() if place)
    planned = len(index.results)
    return Verification(
        run_id=index.head.run_id,
        version=index.head.format_version,
        records=records,
        planned=planned,
        outcomes=outcomes,
        unasked=planned - outcomes.total(),
        is_finished=bool(index.finished_at),
        findings=tuple(sorted(findings, key=lambda finding: finding.offset)),
    )


def _read_all(index: LogIndex) -> tuple[int, list[LogFinding]]:
    """How many records are intact, and what is wrong with those that were decoded whole."""
    intact = 0
    damaged: list[LogFinding] = []
    lost: list[LogFinding] = []
    seen: set[str] = set()
    for line in scan_log(index.path):
        record = line.record()
        match record:
            case LogFinding():
                damaged.append(record)
                continue
            case ResultRecord(result=result) if result.trial.id in index.results:
                seen.add(result.trial.id)
            case FinishedRecord(results=results, ending="complete") if results > len(seen) + len(damaged):
                message = f"line {line.number} says that there are {results} results, and {len(seen)} stand before it"
                lost.append(LogFinding("lost-record", line.number, line.start, message))
            case RepairedRecord():
                # What was lost by then has been told of.
                lost.clear()
        intact += 1
    return intact, [*damaged, *lost]
