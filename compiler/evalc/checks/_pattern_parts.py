"""Patterns as parts, to see where one finds all that another one finds. What cannot be seen so is not known."""

import re
from collections.abc import Iterator, Sequence

from evalc.base.record import record

_FLAGS = re.compile(r"\(\?([a-zA-Z-]+)\)")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|\?<\w+>)?(?!\?)")
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|[pP]\{\^?\w+\}|[^QE])", re.DOTALL)
_TIMES = re.compile(r"(\*|\+|\?|\{(\d+)(,?)(\d*)\})(\??)")

_MOST_PARTS = 400
_MOST_BRANCHES = 64
_WITHOUT_LIMIT = 1_000_000


class _NotSeen(Exception):
    """The pattern has a part that is not known here."""


@record
class _Part:
    """A character, class or group, repeated some times. A group has `branches`, others have none."""

    text: str
    branches: "tuple[tuple[_Part, ...], ...]" = ()
    least: int = 1
    most: int = 1

    def implies(self, other: "_Part") -> bool:
        """Whether each text that this part takes can be taken by the other."""
        if not (other.least <= self.least and self.most <= other.most) or bool(self.branches) != bool(other.branches):
            return False
        return _all_taken(self.branches, other.branches) if self.branches else self.text == other.text


def pattern_implies(pattern: str, other: str) -> bool:
    """Whether the other pattern is found wherever this one is, by their parts; case and flags are taken to be equal.

    It is where each branch of this one holds, without a gap, what a branch of the other one asks for.
    """
    if pattern == other:
        return True
    try:
        (flags, mine), (other_flags, others) = _parse(pattern), _parse(other)
    except _NotSeen:
        return False
    wanted = _spread(others)
    return flags == other_flags and all(any(_holds(branch, one) for one in wanted) for branch in _spread(mine))


def _spread(branches: Sequence[Sequence[_Part]]) -> list[tuple[_Part, ...]]:
    """Branches without groups that stand once: `a (b|c)` is `a b` and `a c`. Groups stay where those are too many."""
    spread: list[tuple[_Part, ...]] = []
    for branch in branches:
        found: list[tuple[_Part, ...]] = [()]
        for part in branch:
            is_once = part.branches and part.least == part.most == 1
            inner = _spread(part.branches) if is_once else [(part,)]
            inner = inner if len(found) * len(inner) <= _MOST_BRANCHES else [(part,)]
            found = [before + after for before in found for after in inner]
        spread += found
    return spread if len(spread) <= _MOST_BRANCHES else [tuple(branch) for branch in branches]


def _all_taken(branches: Sequence[Sequence[_Part]], others: Sequence[Sequence[_Part]]) -> bool:
    return all(any(_is_taken(branch, other) for other in others) for branch in branches)


def _is_taken(branch: Sequence[_Part], other: Sequence[_Part]) -> bool:
    return len(branch) == len(other) and all(left.implies(right) for left, right in zip(branch, other, strict=True))


def _holds(branch: Sequence[_Part], wanted: Sequence[_Part]) -> bool:
    starts = range(len(branch) - len(wanted) + 1)
    return any(_is_taken(branch[start : start + len(wanted)], wanted) for start in starts)


def _parse(pattern: str) -> tuple[str, tuple[tuple[_Part, ...], ...]]:
    """The flags at the beginning of a pattern, and its branches."""
    flags = _FLAGS.match(pattern)
    start = flags.end() if flags else 0
    reader = _Reader(pattern, start)
    branches = reader.branches()
    if reader.at != len(pattern) or reader.count > _MOST_PARTS:
        raise _NotSeen
    return (flags[1] if flags else ""), branches


class _Reader:
    def __init__(self, pattern: str, at: int) -> None:
        self.pattern = pattern
        self.at = at
        self.count = 0

    def branches(self) -> tuple[tuple[_Part, ...], ...]:
        """Branches up to a closing bracket or the end."""
        found = [tuple(self._parts())]
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            found.append(tuple(self._parts()))
        return tuple(found)

    def _parts(self) -> Iterator[_Part]:
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            self.count += 1
            if self.count > _MOST_PARTS:
                raise _NotSeen
            yield self._repeated(self._single())

    def _single(self) -> _Part:
        sign = self.pattern[self.at]
        if sign == "(":
            return self._group()
        found = {"[": _CLASS, "\\": _ESCAPE}.get(sign, _SIGN).match(self.pattern, self.at)
        if found is None:
            raise _NotSeen
        self.at = found.end()
        return _Part(found[0])

    def _group(self) -> _Part:
        opening = _GROUP.match(self.pattern, self.at)
        if opening is None:
            raise _NotSeen
        self.at = opening.end()
        branches = self.branches()
        if self.pattern[self.at : self.at + 1] != ")":
            raise _NotSeen
        self.at += 1
        return _Part("(", branches)

    def _repeated(self, part: _Part) -> _Part:
        found = _TIMES.match(self.pattern, self.at)
        if found is None:
            return part
        self.at = found.end()
        least, most = _bounds(found)
        return _Part(part.text, part.branches, least, most)


_SIGN = re.compile(r"[^*+?]", re.DOTALL)


def _bounds(found: re.Match[str]) -> tuple[int, int]:
    match found[1]:
        case "*":
            return 0, _WITHOUT_LIMIT
        case "+":
            return 1, _WITHOUT_LIMIT
        case "?":
            return 0, 1
        case _:
            least = int(found[2])
            return least, int(found[4] or _WITHOUT_LIMIT) if found[3] else least
