"""Near names, for "did you mean"."""

from collections.abc import Iterable


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a word is probably a slip of, or None where none is near; never the word itself.

    Near means at most a third of the longer one's letters put in, left out, replaced, or swapped with a neighbour.
    Case and `-` against `_` cost nothing. Of equally near ones the first is taken.

    Source: optimal string alignment, after Damerau 1964, "A technique for computer detection and correction of
    spelling errors", CACM 7 (3), 171-176.
    """
    best, best_cost = None, float("inf")
    folded = _fold(word)
    for candidate in candidates:
        limit = max(len(word), len(candidate)) // 3
        if candidate == word or abs(len(word) - len(candidate)) > limit:
            continue
        cost = _distance(folded, _fold(candidate))
        if cost <= limit and cost < best_cost:
            best, best_cost = candidate, cost
    return best


def _fold(word: str) -> str:
    return word.casefold().replace("_", "-")


def _distance(left: str, right: str) -> int:
    """How many letters must be put in, left out, replaced, or swapped with a neighbour to make one from the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, 1):
        before, above, row = row, before, [i]
        for j, other in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
