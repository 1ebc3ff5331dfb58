"""How often a case is asked, and how many of those must pass."""

from collections.abc import Iterator
from math import ceil

from evalc.diff.draft import CasePair, Draft
from evalc.diff.kinds.cases import REPEATS_CHANGED, REPEATS_LOOSENED, REPEATS_TIGHTENED
from evalc.model.catalog import Case
from evalc.model.rule import Comparison


def compare_repeats(pair: CasePair) -> Iterator[Draft]:
    """What became of a case's repeats and its rule, taken together."""
    before, after = _needed(pair.before), _needed(pair.after)
    if before == after:
        return
    # Of two demands the easier one needs no more passes and allows no fewer failures: with each repeat more, a trial
    # that passes by luck has one chance more.
    more_needed, fewer_allowed = after[0] - before[0], (before[1] - before[0]) - (after[1] - after[0])
    if more_needed <= 0 and fewer_allowed <= 0:
        kind = REPEATS_LOOSENED
    elif more_needed >= 0 and fewer_allowed >= 0:
        kind = REPEATS_TIGHTENED
    else:
        kind = REPEATS_CHANGED
    words = _words(before), _words(after)
    yield Draft(kind, pair.spot, before=words[0], after=words[1], cause=(pair.home, *words))


def _needed(case: Case) -> tuple[int, int]:
    """How many of how many repeats must pass."""
    if case.rule is None:
        return case.repeat, case.repeat
    found = [condition for condition in case.rule.conditions if isinstance(condition, Comparison)]
    return max(_least(condition, case.repeat) for condition in found), case.repeat


def _least(condition: Comparison, repeat: int) -> int:
    bound = condition.bound * repeat if condition.unit == "share" else condition.bound
    return ceil(bound - 1e-9) + (condition.operator == ">" and float(bound).is_integer())


def _words(needed: tuple[int, int]) -> str:
    return f"{needed[0]} of {needed[1]}" if needed[1] > 1 else "the only answer"
