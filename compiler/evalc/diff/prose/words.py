"""Which words of a text changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evalc.model.change import Piece

MOST_EDITS = 100
"""Beyond so many words removed or added, what lies between the first and the last of them is shown as replaced."""

# Texts that share less are shown as replaced: what they have in common is mostly articles.
_LEAST_SHARED = 0.45
_ALWAYS_ALIGNED = 12

# Scripts without spaces between words are compared character by character.
_UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_UNSPACED}]|\d+(?:[.,]\d+)+|[^\W{_UNSPACED}]+(?:['\u2019._/:@-][^\W{_UNSPACED}]+)*|[^\w\s]")

_LONGEST_SAME = 240
_KEPT_AT_AN_END = 110

Mark = Literal["same", "removed", "added"]


@dataclass(frozen=True, slots=True)
class WordChange:
    """Two texts aligned: runs of words in reading order. Words are without the white space around them."""

    runs: tuple[tuple[Mark, tuple[str, ...]], ...]
    pieces: tuple[Piece, ...]

    def words(self, mark: Mark) -> list[str]:
        """All words of one mark."""
        return [word for kind, run in self.runs if kind == mark for word in run]


def split_words(text: str) -> list[str]:
    """The words and signs of a text, in order."""
    return _TOKEN.findall(text)


def compare_words(before: str, after: str) -> WordChange:
    """What to take out of a text and put in so that it becomes the other; the time grows with size, not its square."""
    left, right = _Text(before), _Text(after)
    runs: list[tuple[Mark, tuple[str, ...]]] = []
    pieces: list[Piece] = []
    for mark, start, end in _align(left.words, right.words):
        text = left if mark == "removed" else right
        runs.append((mark, tuple(text.words[start:end])))
        pieces.append(Piece(kind=mark, text=text.slice(start, end, shortens=mark == "same")))
    return WordChange(tuple(runs), tuple(pieces))


class _Text:
    """A text with the places of its words."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [found.span() for found in _TOKEN.finditer(text)]
        self.words = [text[start:end] for start, end in self._spans]

    def slice(self, start: int, end: int, *, shortens: bool) -> str:
        """Some words as they are written, with one space for each run of white space, also behind the last."""
        stop = self._spans[end][0] if end < len(self._spans) else len(self._text)
        raw = self._text[self._spans[start][0] : stop]
        text = " ".join(raw.split()) + (" " if raw[-1:].isspace() and end < len(self._spans) else "")
        if shortens and len(text) > _LONGEST_SAME:
            return f"{text[:_KEPT_AT_AN_END].rsplit(' ', 1)[0]} … {text[-_KEPT_AT_AN_END:].split(' ', 1)[-1]}"
        return text


def _align(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[Mark, int, int]]:
    """Runs that lead from one sequence to the other, as ranges of the left for `removed`, else of the right."""
    head = 0
    while head < len(left) and head < len(right) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    if head:
        yield "same", 0, head
    yield from _middle(left[head : len(left) - tail], right[head : len(right) - tail], head)
    if tail:
        yield "same", len(right) - tail, len(right)


def _middle(left: Sequence[str], right: Sequence[str], offset: int) -> Iterator[tuple[Mark, int, int]]:
    at_left = at_right = 0
    for match_left, match_right, length in _matches(left, right):
        yield from _replaced(at_left, match_left, at_right=at_right, until_right=match_right, offset=offset)
        if length:
            yield "same", offset + match_right, offset + match_right + length
        at_left, at_right = match_left + length, match_right + length


def _replaced(
    at_left: int, until_left: int, *, at_right: int, until_right: int, offset: int
) -> Iterator[tuple[Mark, int, int]]:
    if until_left > at_left:
        yield "removed", offset + at_left, offset + until_left
    if until_right > at_right:
        yield "added", offset + at_right, offset + until_right


def _matches(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs that both have, in order, with an empty one at both ends; of too different ones that one alone.

    Source: Myers 1986, "An O(ND) difference algorithm and its variations", Algorithmica 1, 251-266.
    """
    ends = (len(left), len(right), 0)
    size = len(left) + len(right)
    # At least so many words are in one of them alone, wherever they stand.
    least = size - 2 * (Counter(left) & Counter(right)).total()
    if least > MOST_EDITS or (size > _ALWAYS_ALIGNED and size - least < _LEAST_SHARED * size):
        return [ends]
    reached = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(size, MOST_EDITS) + 1):
        trace.append(dict(reached))
        for diagonal in range(-edits, edits + 1, 2):
            goes_down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
            x = reached[diagonal + 1] if goes_down else reached[diagonal - 1] + 1
            y = x - diagonal
            while x < len(left) and y < len(right) and left[x] == right[y]:
                x, y = x + 1, y + 1
            reached[diagonal] = x
            if x >= len(left) and y >= len(right):
                return [*_walk_back(trace, len(left), len(right)), ends]
    return [ends]


def _walk_back(trace: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for edits in range(len(trace) - 1, -1, -1):
        reached, diagonal = trace[edits], x - y
        goes_down = diagonal == -edits or (
            diagonal != edits and reached.get(diagonal - 1, -1) < reached.get(diagonal + 1, -1)
        )
        before = diagonal + 1 if goes_down else diagonal - 1
        from_x = reached[before] if edits else 0
        start = (from_x if goes_down else from_x + 1) if edits else 0
        if x > start:
            runs.append((start, start - diagonal, x - start))
        x, y = (from_x, from_x - before) if edits else (0, 0)
    return runs[::-1]
