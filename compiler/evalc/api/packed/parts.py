"""A run read from its log one eval at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evalc.model.catalog import Eval
from evalc.model.plan import Trial
from evalc.model.result import RunResult
from evalc.store.index import LogIndex, index_log
from evalc.store.people import read_people
from evalc.store.read import read_evals, read_results
from evalc.store.scan import LogFinding


class RunParts:
    """The parts of a run, each with one eval. It takes memory for one of them and for where all lies in the log.

    Raises:
        StorageError: The log cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        self._index: LogIndex = index_log(folder)
        self._people = read_people(folder)
        self._trials: dict[str, list[str]] = {}
        for id in self._index.results:
            self._trials.setdefault(self._index.cases[Trial.from_id(id).case_id].eval_id, []).append(id)

    @property
    def findings(self) -> Sequence[LogFinding]:
        """What is wrong in the log, as far as it was read."""
        return self._index.findings

    def read(self) -> Iterator[RunResult]:
        """The part of the run that is about each eval of the plan, with whole results.

        Raises:
            StorageError: The log cannot be read any more.
        """
        return map(self._part, read_evals(self._index))

    def _part(self, eval_: Eval) -> RunResult:
        trials = self._trials[eval_.id]
        index = self._index
        plan = index.head.plan.model_copy(update={"evals": (eval_,), "trials": tuple(map(Trial.from_id, trials))})
        return RunResult(
            run_id=index.head.run_id,
            started_at=index.head.started_at,
            finished_at=index.finished_at,
            plan=plan,
            results=tuple(read_results(index, trials)),
            canaries=tuple(index.canaries.values()),
            people=self._people,
        )
