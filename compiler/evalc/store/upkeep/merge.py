"""The logs of the shards of one plan as the log of one run."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from operator import attrgetter
from pathlib import Path

from evalc.base.scrub import Scrubber
from evalc.model.catalog import Case, Eval
from evalc.model.plan import Plan, Trial
from evalc.model.result import TrialResult
from evalc.store.errors import DamagedLog
from evalc.store.index import LogIndex, index_log
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import LogReader, read_plan
from evalc.store.record import ResultRecord


class Unmergeable(Exception):
    """Logs do not belong together; the message says what differs and where."""


@dataclass(slots=True)
class _Moments:
    """The times of a run that is put together: it is made now, and ended when the last of its parts did."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


def merge_logs(folders: Sequence[Path], results: Path) -> Path:
    """The folder of a new run with everything that its shards hold; they stay as they are.

    Raises:
        Unmergeable: The logs are not those of all shards of one plan.
        StorageError: A log is damaged, or the disk fails.
    """
    indexes = [_sound(index_log(folder)) for folder in folders]
    plan = _whole_plan(indexes)
    moments = _Moments(datetime.now(UTC))
    started_at = min((index.head.started_at for index in indexes), key=datetime.fromisoformat)
    # What is in the shards has no secrets any more.
    context = LogContext(Scrubber({}), utc=moments)
    with create_log(results, plan, context=context, started_at=started_at) as log:
        for result in _results(indexes):
            log.write(result)
        for canary in {id: found for index in indexes for id, found in index.canaries.items()}.values():
            log.write_canary(canary)
        if all(index.finished_at for index in indexes):
            moments.now = max(datetime.fromisoformat(index.finished_at) for index in indexes)
            log.finish("complete")
        else:
            log.finish("interrupted", "not all shards were complete")
    return log.folder


def _sound(index: LogIndex) -> LogIndex:
    for finding in index.findings:
        if finding.kind == "damaged-record":
            raise DamagedLog(index.path, finding.message)
    return index


def _whole_plan(indexes: Sequence[LogIndex]) -> Plan:
    """The plan that was dealt out to the shards.

    Raises:
        Unmergeable: A shard is missing or there twice, or they are of several plans.
    """
    shards = [(index, index.head.plan.shard) for index in indexes]
    for index, shard in shards:
        if shard is None:
            raise Unmergeable(f"{index.head.run_id} is no shard of a run; `evalc run --shard 1/2` makes one")
    parts = [shard for _, shard in shards if shard]
    first = parts[0]
    for index, shard in shards[1:]:
        if shard and (shard.whole, shard.of) != (first.whole, first.of):
            raise Unmergeable(
                f"{index.head.run_id} is a shard of another plan than {indexes[0].head.run_id}: other cases, targets or"
                " judges, or dealt out to another number of shards"
            )
    numbers = [shard.number for shard in parts]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        same = ", ".join(index.head.run_id for index, shard in shards if shard and shard.number == twice[0])
        raise Unmergeable(f"shard {twice[0]} of {first.of} is there more than once: {same}")
    missing = sorted(set(range(1, first.of + 1)) - set(numbers))
    if missing:
        raise Unmergeable(f"shard {', '.join(map(str, missing))} of {first.of} is missing")
    plan = _joined([read_plan(index, index.results) for index in indexes])
    if plan.digest != first.whole:
        raise Unmergeable("the shards together are not the plan that was dealt out; one of them was changed")
    return plan


def _joined(plans: Sequence[Plan]) -> Plan:
    cases: dict[str, dict[str, Case]] = {}
    evals: dict[str, Eval] = {}
    for eval_ in chain.from_iterable(plan.evals for plan in plans):
        evals[eval_.id] = eval_
        cases.setdefault(eval_.id, {}).update({case.id: case for case in eval_.cases})
    whole = tuple(
        evals[id].model_copy(update={"cases": tuple(sorted(cases[id].values(), key=_place))}) for id in sorted(evals)
    )
    vendors = {vendor.name: vendor for plan in plans for vendor in plan.vendors}
    first = plans[0]
    return first.model_copy(
        update={
            "vendors": tuple(vendors[name] for name in sorted(vendors)),
            "evals": whole,
            "trials": tuple(_in_order(whole, first, [trial for plan in plans for trial in plan.trials])),
            "canaries": tuple({canary.id: canary for plan in plans for canary in plan.canaries}.values()),
            "shard": None,
        }
    )


def _place(case: Case) -> tuple[str, int, str]:
    return case.place.path, case.place.line, case.id


def _in_order(evals: Iterable[Eval], plan: Plan, trials: Iterable[Trial]) -> Iterator[Trial]:
    """Trials by eval, case, target and repeat, as a plan that was not dealt out has them."""
    by_case: dict[tuple[str, str], list[Trial]] = {}
    for trial in trials:
        by_case.setdefault((trial.case_id, trial.target), []).append(trial)
    for eval_ in evals:
        for case in eval_.cases:
            for target in plan.targets:
                yield from sorted(by_case.get((case.id, target.name), []), key=attrgetter("repeat"))


def _results(indexes: Iterable[LogIndex]) -> Iterator[TrialResult]:
    for index in indexes:
        with LogReader(index.path) as reader:
            for place in index.results.values():
                record = reader.record(place.start) if place else None
                if isinstance(record, ResultRecord):
                    yield record.result
