"""The rule `near-duplicate-case`."""

from collections.abc import Iterator

from evalc.lint._shingles import like_pairs, likeness, shingles
from evalc.lint._written import WrittenCase, WrittenCatalog, WrittenEval
from evalc.lint.contract import LintRule, Remark
from evalc.model.catalog import Case

_ASK_ALIKE = 0.7
_EXPECT_ALIKE = 0.8
# Of shorter questions, those about two different things share as much: "What is the capital of ...?"
_LEAST_SHINGLES = 6


class NearDuplicateCase(LintRule):
    """Two cases ask nearly the same and expect nearly the same.

    The eval then counts one skill twice: its rates move as if there were more evidence than there is. Cases that
    differ in a detail on purpose are no duplicates if what they expect differs as well; where only a value varies,
    one case with rows says so.

    Wrong:
        case export-limit: How many rows an export may have
          severity: high
          input:
            I want to export my whole customer list today.
            How many rows can such a file have at most?
          must contain "10,000"

        case export-rows: How large an export may be
          severity: high
          input:
            I want to export my whole customer list today.
            How many rows can such a file have at the most?
          must contain "10,000"

    Right:
        case export-limit: How many rows an export may have
          severity: high
          input:
            I want to export my whole customer list today.
            How many rows can such a file have at most?
          must contain "10,000"
    """

    level = "warning"
    message = "`case {name}` asks and expects nearly the same as `case {other}` on line {line}"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """The later one of each two such cases of an eval; rows of one case may be alike."""
        for eval_ in catalog.evals:
            yield from _remarks(eval_)


def _remarks(eval_: WrittenEval) -> Iterator[Remark]:
    asked = [shingles(_asked(case.first)) for case in eval_.cases]
    exact: dict[str, int] = {}
    told: set[int] = set()
    pairs = []
    for later, case in enumerate(eval_.cases):
        earlier = exact.setdefault(case.first.fingerprint, later)
        if earlier != later:
            pairs.append((earlier, later))
    pairs += [
        (earlier, later)
        for earlier, later in like_pairs(asked, least=_ASK_ALIKE)
        if len(asked[later]) >= _LEAST_SHINGLES and _expect_alike(eval_.cases[earlier], eval_.cases[later])
    ]
    for earlier, later in sorted(pairs, key=lambda pair: pair[1]):
        if later not in told:
            told.add(later)
            yield _remark(eval_.cases[earlier], eval_.cases[later])


def _asked(case: Case) -> str:
    """What is said to the target; the system turn is mostly the same for all cases of an eval."""
    return "\n".join(turn.text for turn in case.turns if turn.role != "system")


def _expect_alike(one: WrittenCase, other: WrittenCase) -> bool:
    first, second = one.first, other.first
    if {check.fingerprint for check in first.checks} == {check.fingerprint for check in second.checks}:
        return likeness(shingles(first.expect), shingles(second.expect)) >= _EXPECT_ALIKE
    return likeness(shingles(_expected(first)), shingles(_expected(second))) >= _EXPECT_ALIKE


def _expected(case: Case) -> str:
    checks = [check for found in (case.checks, *(reply.checks for reply in case.replies)) for check in found]
    clauses = [f"{'not ' if check.is_negated else ''}{check.words}" for check in checks]
    return "\n".join([case.expect, *clauses])


def _remark(earlier: WrittenCase, later: WrittenCase) -> Remark:
    values: dict[str, object] = {
        "name": later.block.name.text,
        "other": earlier.block.name.text,
        "line": later.source.line_of(earlier.block.span.start),
    }
    return Remark(later.source, later.block.name.span, values)
