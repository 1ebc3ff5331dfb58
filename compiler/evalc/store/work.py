"""What is left to do of a run, read from its log piece by piece."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from evalc.model.catalog import Case, Eval
from evalc.model.plan import Panel, Plan, TargetCard, Trial
from evalc.store.index import LogIndex
from evalc.store.read import LogReader, read_evals, read_plan

# Repeats of a case follow each other, and are asked at once.
_CASES_AT_HAND = 256


class LoggedWork:
    """What is left to do of a run: of its trials only the ids are in memory, and a case is read when it is asked."""

    def __init__(self, index: LogIndex, *, left: Sequence[str]) -> None:
        self._index = index
        self._left = left
        self._cases: _LoggedCases | None = None
        self.canaries = tuple(canary for canary in index.head.plan.canaries if canary.id not in index.canaries)
        """What was not put to the judge yet."""

    @property
    def targets(self) -> tuple[TargetCard, ...]:
        """Who is asked."""
        return self._index.head.plan.targets

    @property
    def judge(self) -> TargetCard | None:
        """Who judges, or what stands for the whole panel."""
        return self._index.head.plan.judge

    @property
    def panel(self) -> Panel | None:
        """The judges where there are several, or one that is asked several times."""
        return self._index.head.plan.panel

    def trials_of(self, target: str) -> Iterator[Trial]:
        """The trials of one target, in their order."""
        return (Trial.from_id(id) for id in self._left if id.startswith(f"{target}:"))

    def cases_by_id(self) -> "_LoggedCases":
        """All cases of the run.

        Raises:
            StorageError: The log cannot be read any more.
        """
        if self._cases is None:
            self._cases = _LoggedCases(self._index)
        return self._cases

    def plan(self) -> Plan:
        """All of it in memory, with no more cases than it needs.

        Raises:
            StorageError: A part of the log cannot be read any more.
        """
        plan = read_plan(self._index, self._left)
        # A canary is judged as an answer to its case, which may have all of its results already.
        wanted = {trial.case_id for trial in plan.trials} | {canary.case_id for canary in self.canaries}
        evals = tuple(read_evals(self._index, wanted=wanted)) if self.canaries else plan.evals
        return plan.model_copy(update={"evals": evals, "canaries": self.canaries})

    def close(self) -> None:
        """Nothing more is read, and the ids of the run are not kept any longer."""
        if self._cases is not None:
            self._cases.close()
        self._left = ()
        self._index.cases.clear()
        self._index.results.clear()


class _LoggedCases:
    """The cases of a run by their ids, each with its eval, which has no cases."""

    def __init__(self, index: LogIndex) -> None:
        self._places = index.cases
        self._evals = {eval_.id: eval_ for eval_ in index.head.plan.evals}
        self._reader = LogReader(index.path)
        self._at_hand = lru_cache(_CASES_AT_HAND)(self._read)

    def __getitem__(self, id: str, /) -> tuple[Case, Eval]:
        return self._at_hand(id)

    def close(self) -> None:
        """Nothing more is read."""
        self._reader.close()

    def _read(self, id: str) -> tuple[Case, Eval]:
        place = self._places[id]
        return self._reader.case(place), self._evals[place.eval_id]
