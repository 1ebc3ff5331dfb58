"""The rule `blurred-example`."""

from collections.abc import Iterator

from evalc.base.diagnostic import Edit, Fix
from evalc.base.source import Span
from evalc.lint._examples import ShownExample, shown_examples
from evalc.lint._written import WrittenCase, WrittenCatalog
from evalc.lint.contract import LintRule, Remark
from evalc.syntax.nodes.brackets import labels_in


class BlurredExample(LintRule):
    """A bad answer breaks another check too, which its label does not name.

    A bad answer that breaks one check alone proves that check. One that breaks others as well would be found bad
    without it, so it proves nothing about the check that it names.

    Wrong:
        case window: The window for returns
          severity: high
          input: How long may I return a hat?
          must contain "30 days" as names-the-days
          must contain "receipt" as asks-for-the-receipt
          bad (breaks names-the-days): Bring it back.

    Right:
        case window: The window for returns
          severity: high
          input: How long may I return a hat?
          must contain "30 days" as names-the-days
          must contain "receipt" as asks-for-the-receipt
          bad (breaks names-the-days): Bring it back with the receipt.
    """

    level = "warning"
    message = "this bad answer breaks {others} too, and names only {named}"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each example that breaks more than it names, once for all rows."""
        for case in catalog.cases:
            told: set[int] = set()
            # The scores of a rubric follow from what else is wrong, so they are not looked at.
            for shown in shown_examples(case, {}):
                others = [name for name in shown.failed if name not in shown.example.breaks]
                if shown.example.breaks and others and shown.example.place.line not in told:
                    told.add(shown.example.place.line)
                    yield _remark(case, shown, others)


def _remark(case: WrittenCase, shown: ShownExample, others: list[str]) -> Remark:
    names = shown.example.breaks
    qualifier = case.example(shown.example).qualifier
    assert qualifier, "what an example breaks stands in its brackets"
    end = max(label.span.end for label in labels_in(qualifier) if label.text.split()[-1] == names[-1])
    fix = Fix("name it too", (Edit(Span(end, end), "".join(f", {name}" for name in others)),), is_safe=False)
    return Remark(
        case.source,
        case.place_of(shown.example),
        {"others": _listed(others), "named": _listed(names)},
        help=f"`{others[0]}` says: {shown.failed[others[0]]}",
        fix=fix,
    )


def _listed(names: list[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
