"""From a log to the run that it holds."""

from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from evalc.model.catalog import Case, Eval
from evalc.model.plan import Plan, Trial
from evalc.model.result import RunResult, TrialResult
from evalc.store.disk import reason_of
from evalc.store.errors import CannotRead, NoRun
from evalc.store.index import CasePlace, LogIndex, index_log
from evalc.store.people import read_people
from evalc.store.record import CaseRecord, Record, ResultRecord, decode_record, intact_json
from evalc.store.scan import LOG_NAME, LogFinding


def read_run(folder: Path, *, has_answers: bool = True) -> tuple[RunResult, tuple[LogFinding, ...]]:
    """The run in a folder, results in the order of its plan, and what is wrong in its log.

    Of several results for one trial the last counts. A run that has not come to its end has no `finished_at`.

    Args:
        has_answers: Otherwise only what answers cost and took is in memory, and not what was said.

    Raises:
        StorageError: There is no log, or it holds no run that this version can read.
    """
    index = index_log(folder)
    plan = read_plan(index, index.results)
    results = read_results(index) if has_answers else _without_answers(index, plan)
    read = RunResult(
        run_id=index.head.run_id,
        started_at=index.head.started_at,
        finished_at=index.finished_at,
        plan=plan,
        results=tuple(results),
        canaries=tuple(index.canaries.values()),
        people=read_people(folder),
    )
    return read, tuple(index.findings)


def _without_answers(index: LogIndex, plan: Plan) -> Iterator[TrialResult]:
    trials = {trial.id: trial for trial in plan.trials}
    for result in read_results(index):
        figures = tuple(response.in_figures() for response in result.responses)
        yield result.model_copy(update={"trial": trials[result.trial.id], "responses": figures})


def read_plan(index: LogIndex, trials: Iterable[str]) -> Plan:
    """The plan of these trials, with no more evals and cases than they need.

    Raises:
        StorageError: A part of it cannot be read any more.
    """
    chosen = tuple(Trial.from_id(id) for id in trials)
    evals = read_evals(index, wanted={trial.case_id for trial in chosen})
    return index.head.plan.model_copy(update={"evals": tuple(evals), "trials": chosen})


def read_evals(index: LogIndex, *, wanted: Container[str] | None = None) -> Iterator[Eval]:
    """The evals of a plan with all their cases, or those that are wanted by their ids; one at a time.

    Raises:
        StorageError: One of them cannot be read any more.
    """
    places: dict[str, list[CasePlace]] = {}
    for id, place in index.cases.items():
        if wanted is None or id in wanted:
            places.setdefault(place.eval_id, []).append(place)
    with LogReader(index.path) as reader:
        for eval_ in index.head.plan.evals:
            if eval_.id in places:
                cases = tuple(reader.case(place) for place in places[eval_.id])
                yield eval_.model_copy(update={"cases": cases})


def read_results(index: LogIndex, trials: Iterable[str] | None = None) -> Iterator[TrialResult]:
    """The results that count, of all trials or of these, one at a time and in their order.

    A record that this version cannot read is left out, and becomes a finding of the index.

    Raises:
        StorageError: The log cannot be read any more.
    """
    with LogReader(index.path) as reader:
        for id in index.results if trials is None else trials:
            if result := read_result(reader, index, trial_id=id):
                yield result


def read_result(reader: "LogReader", index: LogIndex, *, trial_id: str) -> TrialResult | None:
    """The result of a trial that counts, or None where there is none; for the rest see `read_results`."""
    place = index.results[trial_id]
    if not place:
        return None
    found = reader.record(place.start)
    if isinstance(found, ResultRecord):
        return found.result
    message = f"the result of {trial_id} (from byte {place.start} on) is none that this evalc can read"
    index.findings.append(LogFinding("damaged-record", 0, place.start, message))
    return None


def list_runs(results: Path) -> tuple[Path, ...]:
    """The folders of all runs below a folder, oldest first; none where there is no such folder."""
    return tuple(sorted(path.parent for path in results.glob(f"*/{LOG_NAME}")))


class LogReader:
    """Reads single records of a log by the byte where they start."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise CannotRead(path, reason_of(error)) from error

    def record(self, start: int) -> Record | None:
        """The record at a place, or None where it is not one that this version can read.

        Raises:
            CannotRead: The system does not let us.
        """
        try:
            self._file.seek(start)
            json = intact_json(self._file.readline()[:-1])
        except OSError as error:
            raise CannotRead(self._path, reason_of(error)) from error
        try:
            return decode_record(json) if json is not None else None
        except ValidationError:
            return None

    def case(self, place: CasePlace) -> Case:
        """The case at a place.

        Raises:
            StorageError: It cannot be read any more.
        """
        if isinstance(place.found, Case):
            return place.found
        record = self.record(place.found)
        if not isinstance(record, CaseRecord):
            raise NoRun(self._path, f"a case of its plan (from byte {place.found} on) is none that this evalc can read")
        return record.case

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
