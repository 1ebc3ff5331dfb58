"""Which eval and which case before is which one after."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from evalc.diff.pairing.scenarios import Scenario, by_id, scenarios_of
from evalc.diff.pairing.similarity import pair_similar
from evalc.model.catalog import Catalog, Eval, Retired

_LEAST_SHARED_CASES = 0.5


@dataclass(frozen=True, slots=True)
class EvalPair:
    """An eval before and after; `is_declared` tells that it kept its id or says what it was called."""

    before: Eval
    after: Eval
    is_declared: bool = True


@dataclass(frozen=True, slots=True)
class ScenarioPair:
    """A case as written, before and after; `why` tells how another name was seen through, if it has one."""

    before: Scenario
    after: Scenario
    why: str = ""
    is_declared: bool = True


@dataclass
class Pairing:
    """What became of all evals and cases."""

    evals: list[EvalPair] = field(default_factory=list)
    evals_removed: list[Eval] = field(default_factory=list)
    evals_added: list[Eval] = field(default_factory=list)
    scenarios: list[ScenarioPair] = field(default_factory=list)
    removed: list[Scenario] = field(default_factory=list)
    retired: list[tuple[Scenario, Retired]] = field(default_factory=list)
    added: list[Scenario] = field(default_factory=list)

    @cached_property
    def _present(self) -> dict[str, str]:
        return {pair.before.id: pair.after.id for pair in self.evals}

    @cached_property
    def _by_eval(self) -> dict[str, list[ScenarioPair]]:
        found: dict[str, list[ScenarioPair]] = defaultdict(list)
        for pair in self.scenarios:
            found[pair.after.eval_id].append(pair)
        return found

    def present_eval(self, eval_id: str) -> str | None:
        """What an eval from before is called now, None where it is gone."""
        return self._present.get(eval_id)

    def scenarios_of(self, eval_id: str) -> list[ScenarioPair]:
        """The paired cases that an eval has now."""
        return self._by_eval.get(eval_id, [])


def pair(before: Catalog, after: Catalog) -> Pairing:
    """What became of all evals and cases: paired by id, then `formerly`, then content, then words."""
    found = Pairing()
    found.evals = _pair_evals(before.evals, after.evals)
    paired_before = {pair.before.id for pair in found.evals}
    paired_after = {pair.after.id for pair in found.evals}
    found.evals_removed = [eval_ for eval_ in before.evals if eval_.id not in paired_before]
    found.evals_added = [eval_ for eval_ in after.evals if eval_.id not in paired_after]
    _pair_scenarios(found, before, after)
    return found


def retirements(evals: Iterable[Eval]) -> dict[str, Retired]:
    """The `retired` lines of all evals by the full ids that they speak of."""
    found = {}
    for eval_ in evals:
        for retired in eval_.retired:
            found[retired.id if retired.id.startswith(f"{eval_.id}/") else f"{eval_.id}/{retired.id}"] = retired
            found.setdefault(retired.id, retired)
    return found


def _pair_evals(before: Sequence[Eval], after: Sequence[Eval]) -> list[EvalPair]:
    gone, new = by_id(before), by_id(after)
    pairs = [EvalPair(gone.pop(id_), new.pop(id_)) for id_ in [*gone] if id_ in new]
    for eval_ in [*new.values()]:
        for name in eval_.formerly:
            old = gone.pop(name, None) or gone.pop(f"{eval_.vendor}/{name}", None)
            if old:
                pairs.append(EvalPair(old, new.pop(eval_.id)))
                break
    for old_id, new_id in _evals_with_same_cases(gone, new):
        if old_id in gone and new_id in new:
            pairs.append(EvalPair(gone.pop(old_id), new.pop(new_id), is_declared=False))
    return sorted(pairs, key=lambda pair: pair.after.id)


def _evals_with_same_cases(gone: Mapping[str, Eval], new: Mapping[str, Eval]) -> list[tuple[str, str]]:
    holders: dict[str | tuple[str, ...], set[str]] = defaultdict(set)
    for eval_ in new.values():
        for scenario in scenarios_of(eval_):
            holders[scenario.name].add(eval_.id)
            holders[scenario.fingerprint].add(eval_.id)
    ranked = []
    for old in gone.values():
        scenarios = scenarios_of(old)
        shared = Counter(
            id_ for found in scenarios for id_ in holders.get(found.name, set()) | holders.get(found.fingerprint, set())
        )
        for id_, count in shared.items():
            share = count / max(len(scenarios), len({case.cluster for case in new[id_].cases}))
            if share >= _LEAST_SHARED_CASES:
                ranked.append((-share, old.id, id_))
    return [(old_id, new_id) for _, old_id, new_id in sorted(ranked)]


class _Open:
    """The cases that are not paired yet, by their ids; those before under the names that their evals have now."""

    def __init__(self, evals: Iterable[Eval], renamed: Mapping[str, str]) -> None:
        self.all = [scenario for eval_ in evals for scenario in scenarios_of(eval_)]
        self._keys = {
            scenario.id: f"{renamed.get(scenario.eval_id, scenario.eval_id)}/{scenario.name}" for scenario in self.all
        }
        self.by_id = {self._keys[scenario.id]: scenario for scenario in self.all}

    def take(self, id_: str) -> Scenario | None:
        """The case of this id, written with its eval's present name or as it was, which is then no longer open."""
        return self.by_id.pop(id_, None) or self.by_id.pop(self._keys.get(id_, ""), None)


def _pair_scenarios(found: Pairing, before: Catalog, after: Catalog) -> None:
    renamed = {pair.before.id: pair.after.id for pair in found.evals}
    gone, new = _Open(before.evals, renamed), _Open(after.evals, {})
    for id_ in [*new.by_id]:
        if id_ in gone.by_id:
            found.scenarios.append(ScenarioPair(gone.by_id.pop(id_), new.by_id.pop(id_)))
    _pair_declared(found, gone, new)
    _set_retired(found, gone, after)
    _pair_by_content(found, gone, new)
    _pair_by_words(found, gone, new)
    found.removed = [*gone.by_id.values()]
    found.added = [*new.by_id.values()]


def _pair_declared(found: Pairing, gone: _Open, new: _Open) -> None:
    for id_, scenario in [*new.by_id.items()]:
        for name in scenario.first.formerly:
            old = gone.take(f"{scenario.eval_id}/{name}") or gone.take(name)
            if old:
                found.scenarios.append(ScenarioPair(old, new.by_id.pop(id_), why="`formerly`"))
                break


def _set_retired(found: Pairing, gone: _Open, after: Catalog) -> None:
    lines = retirements(after.evals)
    for id_, scenario in [*gone.by_id.items()]:
        line = lines.get(id_) or lines.get(scenario.id)
        if line:
            found.retired.append((gone.by_id.pop(id_), line))


def _pair_by_content(found: Pairing, gone: _Open, new: _Open) -> None:
    for old, fresh in _same_content(gone, new):
        pair = ScenarioPair(gone.by_id.pop(old), new.by_id.pop(fresh), why="the same content", is_declared=False)
        found.scenarios.append(pair)


def _same_content(gone: _Open, new: _Open) -> Iterator[tuple[str, str]]:
    """The open ids with equal content; of several, those of one eval first."""
    for is_near in (True, False):
        holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for id_, scenario in new.by_id.items():
            holders[_content(id_, scenario, is_near=is_near)].append(id_)
        for id_, scenario in [*gone.by_id.items()]:
            same = holders.get(_content(id_, scenario, is_near=is_near))
            if same:
                yield id_, same.pop(0)


def _content(id_: str, scenario: Scenario, *, is_near: bool) -> tuple[str, ...]:
    eval_id = id_.removesuffix(f"/{scenario.name}")
    return (eval_id if is_near else "", *scenario.fingerprint)


def _pair_by_words(found: Pairing, gone: _Open, new: _Open) -> None:
    for old, fresh, share in pair_similar([*gone.by_id.values()], [*new.by_id.values()], sides=(gone.all, new.all)):
        gone.take(old.id)
        new.take(fresh.id)
        why = f"{share:.0%} of the words are the same"
        found.scenarios.append(ScenarioPair(old, fresh, why=why, is_declared=False))
