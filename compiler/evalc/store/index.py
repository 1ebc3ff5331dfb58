"""Where everything in a log lies, so that only what is needed is read whole."""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from pathlib import Path
from sys import intern
from typing import NamedTuple, get_args

from evalc.model.catalog import Case
from evalc.model.result import CanaryResult, Outcome
from evalc.store.errors import NoRun
from evalc.store.planned import plan_records
from evalc.store.record import (
    CanaryRecord,
    CaseRecord,
    FinishedRecord,
    PlannedRecord,
    ResultRecord,
    ResumedRecord,
    RunRecord,
    TrialsRecord,
)
from evalc.store.scan import LOG_NAME, Line, LogFinding, scan_log

# What most lines are, and all that has to be known of them: decoding them whole takes ten times as long. A line that
# is written in another way is decoded.
_RESULT = re.compile(rb'\{"kind":"result","result":\{"trial":\{"id":"([^"\\]+)",[^{}]*\},"outcome":"([a-z]+)"')
_CASE = re.compile(rb'\{"kind":"case","eval_id":"([^"\\]+)","case":\{"id":"([^"\\]+)"')

# One text for each outcome, not one for each line.
_OUTCOMES: dict[str, Outcome] = {outcome: outcome for outcome in get_args(Outcome)}


class CasePlace(NamedTuple):
    """The eval of a case, and where its record starts; the case itself where an older log has no such record."""

    eval_id: str
    found: int | Case


class ResultPlace(NamedTuple):
    """Where the record of a result starts, and its outcome."""

    start: int
    outcome: Outcome


@dataclass(slots=True)
class LogIndex:
    """A log as it was when it was read: its plan, and where the result that counts of each trial lies.

    `results` has all planned trials in the order of the plan, with None for those without a result. `end` is the byte
    behind the last intact record.
    """

    path: Path
    head: RunRecord
    cases: dict[str, CasePlace] = field(default_factory=dict)
    results: dict[str, ResultPlace | None] = field(default_factory=dict)
    canaries: dict[str, CanaryResult] = field(default_factory=dict)
    findings: list[LogFinding] = field(default_factory=list)
    finished_at: str = ""
    end: int = 0

    def open_trials(self, rerun: Container[Outcome] = ()) -> list[str]:
        """The ids of the trials without a result, or whose result has one of these outcomes."""
        return [id for id, place in self.results.items() if place is None or place.outcome in rerun]


def index_log(folder: Path) -> LogIndex:
    """What lies where in the log of a run, and what is wrong with it. No more than that is in memory.

    Raises:
        StorageError: There is no log, or it holds no run that this version can read.
    """
    path = folder / LOG_NAME
    lines = scan_log(path)
    first = next(lines)
    head = first.record()
    assert isinstance(head, RunRecord), "a scan begins with the record of the run"
    reading = _Reading(LogIndex(path, head, end=first.end))
    if head.format_version == 1:
        reading.take_whole_plan(head)
    for line in lines:
        reading.take(line)
    if not reading.is_planned:
        raise NoRun(path, "it ends before its plan is whole, so nothing was asked; remove it and start a new run")
    if None in reading.index.results.values():
        # It was complete, and lost a result since.
        reading.index.finished_at = ""
    return reading.index


class _Reading:
    """An index while it grows."""

    def __init__(self, index: LogIndex) -> None:
        self.index = index
        self.is_planned = False
        self._rerun: tuple[Outcome, ...] = ()

    def take_whole_plan(self, head: RunRecord) -> None:
        """Upgrade a plan that an older version wrote as one record."""
        frame, *records = plan_records(head.plan, run_id=head.run_id, started_at=head.started_at)
        assert isinstance(frame, RunRecord), "a plan begins with its frame"
        self.index.head = head.model_copy(update={"plan": frame.plan})
        for record in records:
            if isinstance(record, CaseRecord):
                self.index.cases[record.case.id] = CasePlace(record.eval_id, record.case)
            elif isinstance(record, TrialsRecord):
                self.index.results |= dict.fromkeys(record.ids)
        self.is_planned = True

    def take(self, line: Line) -> None:
        """Take note of one line."""
        if isinstance(line.found, LogFinding):
            self._find(line.found)
            return
        if (result := _RESULT.match(line.found)) and (outcome := _OUTCOMES.get(result[2].decode())):
            self._take_result(result[1].decode(), outcome, line=line)
        elif case := _CASE.match(line.found):
            # The eval of many cases is one text.
            self.index.cases[case[2].decode()] = CasePlace(intern(case[1].decode()), line.start)
        else:
            self._take_rare(line)
        self.index.end = line.end

    def _take_rare(self, line: Line) -> None:
        match line.record():
            case LogFinding() as finding:
                self._find(finding)
            case ResultRecord(result=result):
                self._take_result(result.trial.id, result.outcome, line=line)
            case CaseRecord(eval_id=eval_id, case=case):
                self.index.cases[case.id] = CasePlace(eval_id, line.start)
            case TrialsRecord(ids=ids):
                self.index.results |= dict.fromkeys(ids)
            case CanaryRecord(result=canary):
                self.index.canaries[canary.canary.id] = canary
            case PlannedRecord(cases=cases, trials=trials):
                self.is_planned = (cases, trials) == (len(self.index.cases), len(self.index.results))
            case FinishedRecord(at=at, ending=ending):
                self.index.finished_at = at if ending == "complete" else ""
            case ResumedRecord(rerun=rerun):
                self.index.finished_at = ""
                self._rerun = rerun
            case RunRecord():
                message = f"line {line.number} begins a second run in the same log"
                self._find(LogFinding("damaged-record", line.number, line.start, message))

    def _find(self, finding: LogFinding) -> None:
        if not self.is_planned:
            raise NoRun(self.index.path, f"its plan is damaged: {finding.message}")
        self.index.findings.append(finding)

    def _take_result(self, id: str, outcome: Outcome, *, line: Line) -> None:
        results = self.index.results
        if id not in results:
            message = f"line {line.number} holds a result of {id}, which was not planned"
            self.index.findings.append(LogFinding("unplanned-result", line.number, line.start, message))
            return
        earlier = results[id]
        if earlier and earlier.outcome not in self._rerun:
            message = f"line {line.number} holds another result of {id}; it counts instead of the earlier one"
            self.index.findings.append(LogFinding("repeated-result", line.number, line.start, message))
        results[id] = ResultPlace(line.start, outcome)
