"""The rule `missing-negative-control`."""

from collections.abc import Iterator

from evalc.lint._written import WrittenCatalog
from evalc.lint.contract import LintRule, Remark

_LEAST_CASES = 5


class MissingNegativeControl(LintRule):
    """An eval that is relied on has no case in which doing nothing or refusing is right.

    A model that always acts, always helps or always finds something passes all of its cases. A negative control is
    a case that such a model fails: a question that cannot be answered, a request that has to be declined, a text in
    which there is nothing to find. It is marked by `control: negative`.

    Wrong:
        eval extraction: Names from letters
          for: acme
          category: Extraction
          version: 1.0.0
          status: stable

        case letter: A letter with one name
          severity: high
          each:
            | id     | name   |
            | first  | Ann    |
            | second | Bob    |
            | third  | Chloe  |
            | fourth | Dinesh |
            | fifth  | Edda   |
          input: Who signed "Best wishes, {{name}}"? Write it in capitals, and nothing else.
          must match /^[A-Z]+$/

    Right:
        eval extraction: Names from letters
          for: acme
          category: Extraction
          version: 1.0.0
          status: stable

        case letter: A letter with one name
          severity: high
          each:
            | id     | name   |
            | first  | Ann    |
            | second | Bob    |
            | third  | Chloe  |
            | fourth | Dinesh |
            | fifth  | Edda   |
          input: Who signed "Best wishes, {{name}}"? Write it in capitals, and nothing else.
          must match /^[A-Z]+$/

        case unsigned: A letter without a name
          severity: high
          control: negative
          input: Who signed "Best wishes"? Write it in capitals, or "nobody", and nothing else.
          must equal "nobody"
    """

    level = "advice"
    message = "no case of this eval is a negative control"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each eval of five cases or more that is beta or stable and has none."""
        for eval_ in catalog.evals:
            cases = eval_.eval.cases
            is_relied_on = eval_.eval.status in ("beta", "stable")
            if is_relied_on and len(cases) >= _LEAST_CASES and not any(case.is_negative_control for case in cases):
                help = "add a case with `control: negative`, in which doing nothing or refusing is right"
                yield Remark(eval_.source, eval_.block.name.span, help=help)
