"""Cohen's kappa: agreement beyond chance."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Literal

from evalc.model.report import Figure, Interval
from evalc.report.statistics.intervals import Z_95, wilson_interval

Weights = Literal["none", "quadratic"]

Counts = Mapping[tuple[str, str], int]
"""How often one gave the first word and the other the second."""


def kappa(counts: Counts, words: Sequence[str], *, weights: Weights = "none") -> Figure:
    """Cohen's kappa of two raters with its 95 % interval, from -1 to 1; empty where only one word was used.

    The interval is the large-sample one, but never narrower than what the interval of the plain agreement leaves open:
    where all words are equal the former has no width, also after three of them.

    Args:
        words: All words that can be said.
        weights: `quadratic` takes the words as numbers, and counts those that lie close to each other as nearly equal.

    Source: Cohen 1960 and 1968; Fleiss, Cohen and Everitt 1969, "Large sample standard errors of kappa and weighted
    kappa", Psychological Bulletin 72 (5), 323-327.
    """
    found = moments(counts, words, weights=weights)
    if found is None:
        return Figure()
    value, error, chance = found
    total = sum(counts.values())
    plain = wilson_interval(sum(count for (left, right), count in counts.items() if left == right), total)
    low = value - Z_95 * error
    if weights == "none" or value > 1 - 1e-9:
        low = min(low, (plain.low - chance) / (1 - chance))
    return Figure(value=value, interval=Interval(low=max(-1.0, low), high=min(1.0, value + Z_95 * error)))


def moments(counts: Counts, words: Sequence[str], *, weights: Weights = "none") -> tuple[float, float, float] | None:
    """Kappa, its standard error, and the agreement by chance; None where that leaves nothing to agree on."""
    total = sum(counts.values())
    if not total:
        return None
    shares = {pair: count / total for pair, count in counts.items()}
    rows = {word: sum(share for (left, _), share in shares.items() if left == word) for word in words}
    columns = {word: sum(share for (_, right), share in shares.items() if right == word) for word in words}
    credit = _credits(words, weights)
    seen = sum(share * credit[pair] for pair, share in shares.items())
    chance = sum(rows[left] * columns[right] * credit[left, right] for left in words for right in words)
    if abs(1 - chance) < 1e-12:
        return None
    value = (seen - chance) / (1 - chance)
    by_row = {word: sum(columns[other] * credit[word, other] for other in words) for word in words}
    by_column = {word: sum(rows[other] * credit[other, word] for other in words) for word in words}
    spread = sum(
        share * (credit[left, right] - (by_row[left] + by_column[right]) * (1 - value)) ** 2
        for (left, right), share in shares.items()
    )
    variance = (spread - (value - chance * (1 - value)) ** 2) / (total * (1 - chance) ** 2)
    return value, sqrt(max(0.0, variance)), chance


def _credits(words: Sequence[str], weights: Weights) -> dict[tuple[str, str], float]:
    """How much two words count as agreement, 0 to 1."""
    if weights == "none":
        return {(left, right): float(left == right) for left in words for right in words}
    widest = max(map(float, words)) - min(map(float, words)) or 1
    return {(left, right): 1 - ((float(left) - float(right)) / widest) ** 2 for left in words for right in words}
