"""Which rubric and which criterion before is which one after."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from evalc.model.catalog import Criterion, Rubric

Item = TypeVar("Item", bound=Rubric | Criterion)

_LEAST_SHARED_CRITERIA = 0.5


@dataclass(frozen=True, slots=True)
class Pairs(Generic[Item]):
    """What became of things with names."""

    pairs: list[tuple[Item, Item]]
    removed: list[Item]
    added: list[Item]

    @property
    def present_names(self) -> dict[str, str]:
        """The names that changed, from before to after."""
        return {before.name: after.name for before, after in self.pairs if before.name != after.name}


def pair_rubrics(before: Sequence[Rubric], after: Sequence[Rubric]) -> Pairs[Rubric]:
    """Rubrics paired by name, then by content, then by the names of most of their criteria."""
    found: Pairs[Rubric] = Pairs([], [*before], [*after])
    _take_equal(found, lambda rubric: rubric.name)
    _take_equal(found, lambda rubric: rubric.fingerprint)
    for left in [*found.removed]:
        for right in [*found.added]:
            if left in found.removed and _shared(left, right) >= _LEAST_SHARED_CRITERIA:
                _take(found, left, right)
    return found


def pair_criteria(before: Sequence[Criterion], after: Sequence[Criterion]) -> Pairs[Criterion]:
    """Criteria paired by name, then by their texts."""
    found: Pairs[Criterion] = Pairs([], [*before], [*after])
    _take_equal(found, lambda criterion: criterion.name)
    _take_equal(found, lambda criterion: (criterion.title, criterion.about, criterion.anchors))
    return found


def _take_equal(found: Pairs[Item], key: Callable[[Item], Hashable]) -> None:
    holders: dict[Hashable, list[Item]] = {}
    for item in found.added:
        holders.setdefault(key(item), []).append(item)
    for before in [*found.removed]:
        same = holders.get(key(before))
        if same:
            _take(found, before, same.pop(0))


def _take(found: Pairs[Item], before: Item, after: Item) -> None:
    found.pairs.append((before, after))
    found.removed.remove(before)
    found.added.remove(after)


def _shared(before: Rubric, after: Rubric) -> float:
    left, right = ({criterion.name for criterion in rubric.criteria} for rubric in (before, after))
    return len(left & right) / max(len(left | right), 1)
