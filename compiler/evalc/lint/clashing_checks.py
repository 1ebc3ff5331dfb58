"""The rule `clashing-checks`."""

from collections.abc import Iterator

from evalc.lint._pairs import Opened, deciding_pairs
from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark


class ClashingChecks(LintRule):
    """Two checks of the same answer can never both pass.

    Every answer fails one of them, so the case fails whatever the model does, and its result says nothing.

    Wrong:
        case summary: A summary of the meeting
          severity: high
          input: Sum up the meeting.
          must have words >= 120
          must have words <= 100

    Right:
        case summary: A summary of the meeting
          severity: high
          input: Sum up the meeting.
          must have words >= 50
          must have words <= 100
    """

    level = "error"
    message = "no answer passes both this and line {line}"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """The second of each two checks that clash, once for all rows."""
        for case in catalog.cases:
            told: set[tuple[int, int]] = set()
            for one, other in deciding_pairs(case):
                lines = one.check.place.line, other.check.place.line
                if lines not in told and _clash(one, other):
                    told.add(lines)
                    label = f"clashes with `{one.check.name}`"
                    yield Remark(case.source, case.place_of(other.check), {"line": lines[0]}, label=label)


def _clash(one: Opened, other: Opened) -> bool:
    if one.check.is_negated and other.check.is_negated:
        return False
    if one.check.is_negated:
        return other.member.implies(one.member)
    if other.check.is_negated:
        return one.member.implies(other.member)
    return one.member.excludes(other.member)
