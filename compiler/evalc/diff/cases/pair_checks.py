"""Which check of a case is which one after."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from evalc.base.digest import canonical_json
from evalc.diff.cases.strength import strength_of
from evalc.diff.draft import CasePair
from evalc.model.catalog import Case, Check

# Beyond this many comparisons of what is left over, checks count as gone and new.
_MOST_COMPARISONS = 2_500
_LEAST_ALIKE = 0.6
_LONGEST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Placed:
    """A check with the answer that it reads: the name of a `reply`, or nothing for the last one.

    `demand` is what it asks for, without `not`: its verb and arguments, with rubrics as they are called now.
    """

    check: Check
    reply: str
    demand: str

    @property
    def clause(self) -> str:
        """The check as it is written, without its name."""
        return f"{self.check.level}{' not' if self.check.is_negated else ''} {self.check.words}"

    @property
    def asked(self) -> str:
        """The words behind the verb."""
        return self.check.words.removeprefix(self.check.verb.replace("-", " ")).strip(' "/')

    @property
    def answer(self) -> str:
        """The answer that it reads, for people."""
        return f"the answer `{self.reply}`" if self.reply else "the last answer"


@dataclass(frozen=True, slots=True)
class CheckPairs:
    """What became of the checks of a case."""

    pairs: list[tuple[Placed, Placed]]
    removed: list[Placed]
    added: list[Placed]

    @property
    def present_names(self) -> dict[str, str]:
        """The names of the checks that are still there, from before to after."""
        return {before.check.name: after.check.name for before, after in self.pairs}


def pair_checks(pair: CasePair, present_rubrics: Mapping[str, str]) -> CheckPairs:
    """The checks of a case paired by name, then by what they demand, then by what they constrain, then by words.

    Args:
        present_rubrics: Rubrics that have another name now, from before to after.
    """
    found = CheckPairs([], _placed(pair.before, present_rubrics), _placed(pair.after, {}))
    keys: tuple[Callable[[Placed], Hashable], ...] = (
        lambda placed: (placed.reply, placed.check.name, placed.check.verb, placed.check.is_negated),
        lambda placed: (placed.reply, placed.check.name, placed.demand),
        lambda placed: (placed.reply, placed.demand, placed.check.is_negated),
        lambda placed: (placed.demand, placed.check.is_negated),
    )
    for key in keys:
        _take_equal(found, key)
    if len(found.removed) * len(found.added) <= _MOST_COMPARISONS:
        _take_related(found)
    return found


def _placed(case: Case, present_rubrics: Mapping[str, str]) -> list[Placed]:
    found = [("", check) for check in case.checks]
    found += [(reply.name, check) for reply in case.replies for check in reply.checks]
    return [Placed(check, reply, _demand(check, present_rubrics)) for reply, check in found]


def _demand(check: Check, present_rubrics: Mapping[str, str]) -> str:
    rubric = check.arguments.get("rubric")
    if check.is_judged and isinstance(rubric, str) and rubric in present_rubrics:
        return canonical_json([check.verb, check.arguments | {"rubric": present_rubrics[rubric]}])
    return canonical_json([check.verb, check.arguments])


def _take_equal(found: CheckPairs, key: Callable[[Placed], Hashable]) -> None:
    holders: dict[Hashable, list[Placed]] = {}
    for placed in found.added:
        holders.setdefault(key(placed), []).append(placed)
    for before in [*found.removed]:
        same = holders.get(key(before))
        if same:
            _take(found, before, same.pop(0))


def _take_related(found: CheckPairs) -> None:
    """Pair what is left where one setting is known to be weaker than the other, else where the words are alike."""
    ranked = sorted(
        (-score, left, right)
        for left, before in enumerate(found.removed)
        for right, after in enumerate(found.added)
        if (score := _relation(before, after)) > 0
    )
    removed, added = [*found.removed], [*found.added]
    taken: tuple[set[int], set[int]] = set(), set()
    for _, left, right in ranked:
        if left not in taken[0] and right not in taken[1]:
            taken[0].add(left)
            taken[1].add(right)
            _take(found, removed[left], added[right])


def _relation(before: Placed, after: Placed) -> float:
    """How near two checks are: 1 to 2 where one is known to be the weaker, up to 1 by their words, 0 for not at all."""
    is_same_verb = before.check.verb == after.check.verb and before.check.is_negated == after.check.is_negated
    if not is_same_verb or before.reply != after.reply:
        return 0.0
    words = before.asked[:_LONGEST_COMPARED], after.asked[:_LONGEST_COMPARED]
    ratio = SequenceMatcher(None, *words, autojunk=False).ratio()
    if strength_of(after.check, before.check) != "unknown":
        return 1.0 + ratio
    return ratio if ratio >= _LEAST_ALIKE else 0.0


def _take(found: CheckPairs, before: Placed, after: Placed) -> None:
    found.pairs.append((before, after))
    found.removed.remove(before)
    found.added.remove(after)
