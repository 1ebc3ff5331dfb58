"""The rule `unchecked-expectation`."""

import re
from collections.abc import Iterator

from evalc.lint._written import WrittenCase, WrittenCatalog
from evalc.lint.contract import LintRule, Remark

_LEAST_CLAIMS = 3

_ITEM = re.compile(r"^[ \t]*(?:[-*+•]|\d+[.)])\s+\S", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?](?=\s+[A-Z\"“(]|\s*\Z)")


class UncheckedExpectation(LintRule):
    """An expectation makes several claims, and no check of the case tries one of them.

    The rubric that grades the case gives one verdict on all of it. A judge overlooks things in a long list, and the
    result does not tell which of the claims failed. Those that an answer can be held to are better checks of their
    own.

    Wrong:
        case lost-card: A customer lost a card
          severity: high
          input: I lost my card, what now?
          expect:
            Says that the card can be blocked in the app. Names the telephone number 0555 0100. Asks for no card number.
          rubric: care

        rubric care: A careful answer
          scale: met
          criterion safe: The customer loses no more money
            met: The way to block the card comes first.

    Right:
        case lost-card: A customer lost a card
          severity: high
          input: I lost my card, what now?
          expect:
            Says that the card can be blocked in the app. Names the telephone number 0555 0100. Asks for no card number.
          must contain "0555 0100" as names-the-number
          must satisfy "Asks for no card number" as asks-for-no-number
          rubric: care

        rubric care: A careful answer
          scale: met
          criterion safe: The customer loses no more money
            met: The way to block the card comes first.
    """

    level = "advice"
    message = "this makes {count} claims, and no check of the case tries one of them"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each expectation of three claims or more in a case that only rubrics grade."""
        for case in catalog.cases:
            count = _count_claims(case.first.expect)
            if count >= _LEAST_CLAIMS and not any(clause.level == "must" for clause in case.clauses):
                yield from _remark(case, count)


def _remark(case: WrittenCase, count: int) -> Iterator[Remark]:
    for passage in case.passages():
        if passage.name == "expect":
            help = "write a check for each claim that an answer can be held to"
            yield Remark(case.source, passage.prose.span, {"count": count}, help=help)


def _count_claims(text: str) -> int:
    """The items of a list, or else the sentences."""
    return len(_ITEM.findall(text)) or len(_SENTENCE.findall(text))
