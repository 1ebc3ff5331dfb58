"""The rule `passing-silence`."""

from collections.abc import Iterator

from evalc.lint._trials import Trials
from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark
from evalc.model.catalog import Case


class PassingSilence(LintRule):
    """An empty answer passes every check of the case.

    Checks that only forbid are met best by saying nothing, and so are upper limits. A target that crashes into
    empty answers would pass. In a `control: negative`, where doing nothing is right, this is as it should be.

    Wrong:
        case complaint: A complaint about the delivery
          severity: high
          input: My parcel is late again!
          must not contain "refund"
          must have words <= 100

    Right:
        case complaint: A complaint about the delivery
          severity: high
          input: My parcel is late again!
          must not contain "refund"
          must have words <= 100
          must satisfy "Says when the parcel will be there"
    """

    level = "warning"
    message = "an empty answer passes `case {name}`"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each case that asks for nothing."""
        for case in catalog.cases:
            if not case.first.is_negative_control and any(_passes_empty(row, case.trials) for row in case.tried):
                help = "check something that a good answer has, or mark the case with `control: negative`"
                yield Remark(case.source, case.block.name.span, {"name": case.block.name.text}, help=help)


def _passes_empty(row: Case, trials: Trials) -> bool:
    checks = [check for found in (row.checks, *(reply.checks for reply in row.replies)) for check in found]
    return all(trials.say(check, row, text="").is_passed for check in checks if check.level == "must")
