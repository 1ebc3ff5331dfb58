"""How one setting of a check stands to another."""

from typing import assert_never

from evalc.checks._evaluation import open_check
from evalc.checks.contract import Strength
from evalc.model.catalog import Check


def strength_of(after: Check, before: Check) -> Strength:
    """How what a check demands stands to what another one demanded, `not` included; levels do not matter."""
    if after.verb != before.verb or after.is_negated != before.is_negated:
        return "unknown"
    try:
        found = open_check(after).strength_against(open_check(before))
    except (LookupError, ValueError):
        # A verb of a package that is not installed here, or arguments of another version of it.
        return "unknown"
    return _turned(found) if after.is_negated else found


def _turned(strength: Strength) -> Strength:
    match strength:
        case "weaker":
            return "stronger"
        case "stronger":
            return "weaker"
        case "equal" | "unknown":
            return strength
        case _:
            assert_never(strength)
