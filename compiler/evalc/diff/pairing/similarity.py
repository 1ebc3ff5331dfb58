"""Which of the cases that went are those that came, by their words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from evalc.diff.pairing.scenarios import Scenario

LEAST_SHARED = 0.5
"""The share of 3-word shingles, of both texts together, that a renamed case keeps."""

# What stands in so many cases of one side is boilerplate, such as a system turn or the frame of a question.
_COMMON = 3

# Of fewer shingles, two unrelated cases may share half by chance.
_LEAST_SHINGLES = 6


def pair_similar(
    gone: Sequence[Scenario], new: Sequence[Scenario], *, sides: tuple[Iterable[Scenario], Iterable[Scenario]]
) -> list[tuple[Scenario, Scenario, float]]:
    """Pairs of a case that went and one that came with the share of words that they have in common, best first.

    Args:
        sides: All cases before and all after, which tell what is boilerplate.
    """
    if not gone or not new:
        return []
    common = _boilerplate(sides[0]) | _boilerplate(sides[1])
    left = {scenario.id: _shingles(scenario) - common for scenario in gone}
    right = {scenario.id: _shingles(scenario) - common for scenario in new}
    by_id = {scenario.id: scenario for scenario in gone}, {scenario.id: scenario for scenario in new}
    ranked = sorted((-share, old, fresh) for old, fresh, share in _shares(left, right) if share >= LEAST_SHARED)
    taken: tuple[set[str], set[str]] = set(), set()
    pairs = []
    for share, old, fresh in ranked:
        if old not in taken[0] and fresh not in taken[1]:
            taken[0].add(old)
            taken[1].add(fresh)
            pairs.append((by_id[0][old], by_id[1][fresh], -share))
    return pairs


def _shares(left: Mapping[str, set[int]], right: Mapping[str, set[int]]) -> Iterator[tuple[str, str, float]]:
    holders = defaultdict(list)
    for fresh, shingles in right.items():
        for shingle in shingles:
            holders[shingle].append(fresh)
    for old, shingles in left.items():
        shared = Counter(fresh for shingle in shingles for fresh in holders.get(shingle, ()))
        for fresh, count in shared.items():
            together = len(shingles) + len(right[fresh]) - count
            if together >= _LEAST_SHINGLES:
                yield old, fresh, count / together


def _boilerplate(scenarios: Iterable[Scenario]) -> set[int]:
    counts = Counter(shingle for scenario in scenarios for shingle in _shingles(scenario))
    return {shingle for shingle, count in counts.items() if count >= _COMMON}


def _shingles(scenario: Scenario) -> set[int]:
    """Hashes of all runs of three words of what is asked and expected."""
    case = scenario.first
    found: set[int] = set()
    for text in (*(turn.text for turn in case.turns if turn.role != "system"), case.expect):
        words = text.casefold().split()
        found.update(map(hash, zip(words, words[1:], words[2:], strict=False)))
    return found
