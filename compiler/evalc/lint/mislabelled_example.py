"""The rule `mislabelled-example`."""

from collections.abc import Iterator

from evalc.lint._examples import ShownExample, shown_examples
from evalc.lint._written import WrittenCatalog, WrittenEval
from evalc.lint.contract import LintRule, Remark


class MislabelledExample(LintRule):
    """An example contradicts its label: a good answer fails a check, or a bad one passes what it is said to break.

    Examples show that a check can pass and can fail, and judges are calibrated by them. Where one contradicts its
    label, either the label or the check is wrong, and whoever reads results cannot know which. Checks that need no
    judge are tried on the text; of a rubric, the scores in the brackets are put into its rule.

    Wrong:
        case window: The window for returns
          severity: high
          input: How long may I return a hat?
          must contain "30 days" as names-the-days
          bad (breaks names-the-days): You have 30 days.

    Right:
        case window: The window for returns
          severity: high
          input: How long may I return a hat?
          must contain "30 days" as names-the-days
          bad (breaks names-the-days): You have some days.
    """

    level = "error"
    message = "this {label} answer {problem}"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each example that contradicts its label, once for all rows."""
        for eval_ in catalog.evals:
            yield from _remarks(eval_)


def _remarks(eval_: WrittenEval) -> Iterator[Remark]:
    rubrics = {rubric.name: rubric for rubric in eval_.eval.rubrics}
    for case in eval_.cases:
        told: set[int] = set()
        for shown in shown_examples(case, rubrics):
            found = None if shown.example.place.line in told else _problem(shown)
            if found:
                told.add(shown.example.place.line)
                row = f" in row `{shown.row.name.rpartition('/')[2]}`" if len(case.rows) > 1 else ""
                values: dict[str, object] = {"label": shown.example.label, "problem": found[0] + row}
                yield Remark(case.source, case.place_of(shown.example), values, help=found[1])


def _problem(shown: ShownExample) -> tuple[str, str] | None:
    """What is wrong with the label, and why."""
    example = shown.example
    if example.label == "good":
        name, *others = shown.failed or [""]
        more = f" and {len(others)} more" if others else ""
        return (f"fails `{name}`{more}", f"`{name}` says: {shown.failed[name]}") if name else None
    for name in example.breaks:
        if shown.said[name].is_passed:
            return f"passes `{name}`, which it is said to break", f"`{name}` says: {shown.said[name].reason}"
    deciding = [check.name for check in shown.row.checks if check.level == "must"]
    if not example.breaks and all(shown.said[name].is_passed for name in deciding):
        return "passes every check of its case", ""
    return None
