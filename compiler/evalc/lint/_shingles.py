"""Texts that are nearly the same, found without comparing each with each."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil

Shingle = tuple[str, str, str]

_COMPARED_AT_MOST = 8
"""How many earlier texts are compared for each telling shingle; a hundred copies are still all seen as copies."""


def shingles(text: str) -> frozenset[Shingle]:
    """All runs of three words, without regard to letter case and signs around words."""
    words = [word.strip(".,;:!?\"'()[]") for word in text.casefold().split()]
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def likeness(one: frozenset[Shingle], other: frozenset[Shingle]) -> float:
    """The share of all shingles that both have, 0 to 1; 1 where there are none at all."""
    together = len(one | other)
    return len(one & other) / together if together else 1.0


def like_pairs(texts: Sequence[frozenset[Shingle]], *, least: float) -> Iterator[tuple[int, int]]:
    """Pairs of an earlier and a later text that have at least such a share of their shingles in common.

    Texts that are so alike share one of their rarest shingles, so only holders of those are compared.

    Source: Chaudhuri, Ganti, Kaushik 2006, "A primitive operator for similarity joins in data cleaning", ICDE.
    """
    counts = Counter(chain.from_iterable(texts))
    holders: defaultdict[Shingle, list[int]] = defaultdict(list)
    for later, text in enumerate(texts):
        rarest = sorted(text, key=lambda shingle: (counts[shingle], shingle))
        telling = rarest[: len(text) - ceil(least * len(text)) + 1]
        near = {earlier for shingle in telling for earlier in holders[shingle]}
        for earlier in sorted(near):
            if likeness(texts[earlier], text) >= least:
                yield earlier, later
        for shingle in telling:
            if len(holders[shingle]) < _COMPARED_AT_MOST:
                holders[shingle].append(later)
