"""Which cases a selection means."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

_WILD = frozenset("*?[")


def matches(pattern: str, case_id: str) -> bool:
    """Whether a selection means a case.

    A pattern without `*`, `?` and `[` is an id or what ids begin with up to a `/`: a vendor, an eval, a case with
    all of its rows. Others are globs over whole ids, in which `*` crosses `/`.
    """
    if _WILD.isdisjoint(pattern):
        wanted = pattern.rstrip("/")
        return case_id == wanted or case_id.startswith(wanted + "/")
    return fnmatchcase(case_id, pattern)


def select(case_ids: Sequence[str], patterns: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The ids that at least one pattern means, and the patterns that mean none. No pattern at all means every id."""
    patterns = tuple(patterns)
    if not patterns:
        return frozenset(case_ids), ()
    by_pattern = {pattern: [case_id for case_id in case_ids if matches(pattern, case_id)] for pattern in patterns}
    selected = frozenset(case_id for found in by_pattern.values() for case_id in found)
    return selected, tuple(pattern for pattern, found in by_pattern.items() if not found)
