"""The rule `severity-inflation`."""

from collections.abc import Iterator

from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark

_LEAST_CASES = 5
_MOST_CRITICAL = 0.5


class SeverityInflation(LintRule):
    """More than half of the cases of an eval are critical.

    A rule such as `critical = 100%` then asks for nearly everything, so that any slip blocks a release, and nobody
    sees which failures would do harm. Critical are failures that must never reach a customer. Cases with rows count
    once.

    Wrong:
        case password: A forgotten password
          severity: critical
          input: I forgot my password.
          must contain "reset"

        case hours: Opening hours
          severity: critical
          input: When do you open?
          must contain "9:00"

        case colours: Colours of a hat
          severity: critical
          input: Which colours does the hat come in?
          must contain "red"

        case delivery: Delivery time
          severity: high
          input: How long does delivery take?
          must contain "2 days"

        case gift: Gift wrapping
          severity: low
          input: Do you wrap gifts?
          must contain "paper"

    Right:
        case password: A forgotten password
          severity: high
          input: I forgot my password.
          must contain "reset"

        case hours: Opening hours
          severity: medium
          input: When do you open?
          must contain "9:00"

        case colours: Colours of a hat
          severity: low
          input: Which colours does the hat come in?
          must contain "red"

        case delivery: Delivery time
          severity: high
          input: How long does delivery take?
          must contain "2 days"

        case gift: Gift wrapping
          severity: low
          input: Do you wrap gifts?
          must contain "paper"
    """

    level = "advice"
    message = "{critical} of {count} cases are critical"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each eval of five cases or more of which most are critical."""
        for eval_ in catalog.evals:
            count = len(eval_.cases)
            critical = sum(case.first.severity == "critical" for case in eval_.cases)
            if count >= _LEAST_CASES and critical > _MOST_CRITICAL * count:
                values: dict[str, object] = {"critical": critical, "count": count}
                help = "keep `critical` for failures that must never reach a customer"
                yield Remark(eval_.source, eval_.block.name.span, values, help=help)
