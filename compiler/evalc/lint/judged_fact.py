"""The rule `judged-fact`."""

from collections.abc import Iterator

from evalc.base.diagnostic import Edit, Fix
from evalc.base.source import Span
from evalc.lint._claims import Claim, claims
from evalc.lint._facts import check_for
from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark


class JudgedFact(LintRule):
    """A judge is asked what code can tell: a length, a word that is there, a form.

    Code costs nothing, gives the same verdict each time, and counts better than a model does. A judge is for what
    needs a reader.

    Wrong:
        case summary: A summary of the meeting
          severity: high
          input: Sum up the meeting.
          must satisfy "Has at most 100 words"
          must satisfy "Names the decision that was taken"

    Right:
        case summary: A summary of the meeting
          severity: high
          input: Sum up the meeting.
          must have words <= 100
          must satisfy "Names the decision that was taken"
    """

    level = "warning"
    message = "a judge is asked what code can tell"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each claim and criterion that a check of code can say as a whole."""
        for claim in claims(catalog):
            words = check_for(claim.text)
            if words:
                yield _remark(claim, words)


def _remark(claim: Claim, words: str) -> Remark:
    if claim.clause is None or claim.check is None:
        return Remark(claim.source, claim.span, help=f"write `must {words}` in the cases that need it")
    is_negated = claim.check.is_negated != words.startswith("not ")
    instead = f"{claim.check.level} {'not ' if is_negated else ''}{words.removeprefix('not ')}"
    # The name of the check stays, and with it its history.
    span = Span(claim.clause.span.start, claim.clause.words[-1].span.end)
    fix = Fix(f"write `{instead}`", (Edit(span, instead),), is_safe=False)
    return Remark(claim.source, claim.span, label=f"`{instead}` tells", fix=fix)
