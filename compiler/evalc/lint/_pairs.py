"""Pairs of checks of one answer that code decides by the same verb."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evalc.checks._evaluation import open_check
from evalc.checks.contract import CheckType
from evalc.lint._written import WrittenCase
from evalc.model.catalog import Check

_MOST_OF_A_VERB = 40
"""Of more checks with one verb in one case, the first are compared: the time of pairs grows with their square."""


class Opened(NamedTuple):
    """A check with its member."""

    check: Check
    member: CheckType


def deciding_pairs(case: WrittenCase) -> Iterator[tuple[Opened, Opened]]:
    """Pairs of checks that decide and have one verb, each pair of lines once for all rows, in the order written."""
    told: set[tuple[str, ...]] = set()
    for row in case.tried:
        for checks in (row.checks, *(reply.checks for reply in row.replies)):
            deciding = [check for check in checks if check.level == "must" and not check.is_judged]
            key = tuple([f"{check.place.line} {check.fingerprint}" for check in deciding])
            if key not in told:
                told.add(key)
                yield from _pairs(deciding)


def _pairs(checks: list[Check]) -> Iterator[tuple[Opened, Opened]]:
    by_verb: defaultdict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_verb[check.verb].append(check)
    for found in by_verb.values():
        if len(found) > 1:
            yield from combinations([Opened(check, open_check(check)) for check in found[:_MOST_OF_A_VERB]], 2)
