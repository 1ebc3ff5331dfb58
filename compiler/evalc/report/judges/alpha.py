"""Krippendorff's alpha: how far several judges agree, whoever of them gave no word."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import permutations

from evalc.base.digest import digest
from evalc.model.report import Figure, Interval

_RESAMPLES = 1000

Unit = Sequence[str]
"""The words that were given for one thing, in no order."""

_Coincidences = dict[tuple[str, str], float]


def alpha(units: Sequence[Unit], words: Sequence[str], *, is_ordered: bool) -> Figure:
    """Alpha with its 95 % interval: 1 where all words are equal, 0 where they fall as by chance; empty for one word.

    The interval is that of a bootstrap over the units, seeded by them, so that equal words give equal figures.

    Args:
        words: All words that can be said, in the order of the scale where `is_ordered`.

    Source: Krippendorff 2011, "Computing Krippendorff's alpha-reliability".
    """
    pairable = [unit for unit in units if len(unit) > 1]
    tables = [_coincidences(unit) for unit in pairable]
    value = _alpha(_sum(tables), words, is_ordered=is_ordered)
    if value is None:
        return Figure()
    drawn = random.Random(digest([list(unit) for unit in pairable]))  # noqa: S311  # resampling, no secret
    found = []
    for _ in range(_RESAMPLES):
        again = _alpha(_sum(drawn.choices(tables, k=len(tables))), words, is_ordered=is_ordered)
        found.append(1.0 if again is None else again)
    found.sort()
    cut = round(_RESAMPLES * 0.025)
    return Figure(value=value, interval=Interval(low=found[cut], high=found[-cut - 1]))


def _coincidences(unit: Unit) -> _Coincidences:
    """How often two words meet in a unit; each word counts once in all."""
    table: _Coincidences = {}
    for pair in permutations(unit, 2):
        table[pair] = table.get(pair, 0.0) + 1 / (len(unit) - 1)
    return table


def _sum(tables: Sequence[_Coincidences]) -> _Coincidences:
    total: _Coincidences = {}
    for table in tables:
        for pair, count in table.items():
            total[pair] = total.get(pair, 0.0) + count
    return total


def _alpha(table: _Coincidences, words: Sequence[str], *, is_ordered: bool) -> float | None:
    counts: Counter[str] = Counter()
    for (left, _), count in table.items():
        counts[left] += count  # type: ignore[assignment]  # A word that meets two others counts as halves.
    distance = _distances(counts, words, is_ordered=is_ordered)
    expected = sum(counts[left] * counts[right] * distance[left, right] for left in words for right in words)
    if not expected:
        return None
    observed = sum(count * distance[pair] for pair, count in table.items())
    return 1 - (sum(counts.values()) - 1) * observed / expected


def _distances(counts: Mapping[str, float], words: Sequence[str], *, is_ordered: bool) -> dict[tuple[str, str], float]:
    """How far two words lie apart: all alike, or in order by how many other words lie between them."""
    found = {}
    for row, left in enumerate(words):
        for column, right in enumerate(words):
            if is_ordered:
                between = words[min(row, column) : max(row, column) + 1]
                found[left, right] = (sum(counts[x] for x in between) - (counts[left] + counts[right]) / 2) ** 2
            else:
                found[left, right] = float(row != column)
    return found
