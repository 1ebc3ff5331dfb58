"""The rule `redundant-check`."""

from collections.abc import Iterator

from evalc.lint._pairs import Opened, deciding_pairs
from evalc.lint._written import WrittenCase, WrittenCatalog
from evalc.lint.contract import LintRule, Remark


class RedundantCheck(LintRule):
    """A check says less than another one of the same answer, so it never fails alone.

    It looks like a demand of its own and is none: whatever fails it fails the stronger one as well. Mostly it is
    left over from an earlier version, and one of the two is not what was meant.

    Wrong:
        case limits: The limits of an export
          severity: high
          input: How many rows can I export?
          must contain "10,000 rows"
          must contain "10,000"

    Right:
        case limits: The limits of an export
          severity: high
          input: How many rows can I export?
          must contain "10,000 rows"
          must contain "as CSV"
    """

    level = "warning"
    message = "this says nothing that line {line} does not say"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each check that follows from another one, once for all rows."""
        for case in catalog.cases:
            told: set[int] = set()
            for one, other in deciding_pairs(case):
                found = _weaker(one, other)
                if found and found[0].check.place.line not in told:
                    told.add(found[0].check.place.line)
                    yield _remark(case, *found)


def _weaker(one: Opened, other: Opened) -> tuple[Opened, Opened] | None:
    """The one of two checks that follows from the other, and that other."""
    if one.check.is_negated != other.check.is_negated:
        return None
    strength = one.member.strength_against(other.member)
    if strength in ("unknown", "equal"):
        return (other, one) if strength == "equal" else None
    # What forbids more is said by the weaker words.
    is_first = (strength == "weaker") != one.check.is_negated
    return (one, other) if is_first else (other, one)


def _remark(case: WrittenCase, weaker: Opened, stronger: Opened) -> Remark:
    values: dict[str, object] = {"line": stronger.check.place.line}
    return Remark(case.source, case.place_of(weaker.check), values, label=f"follows from `{stronger.check.name}`")
