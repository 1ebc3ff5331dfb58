"""The rule `leaked-answer`."""

from collections.abc import Iterator

from evalc.base.source import Span
from evalc.lint._trials import Trials
from evalc.lint._written import WrittenCase, WrittenCatalog
from evalc.lint.contract import LintRule, Remark
from evalc.model.catalog import Case, Check


class LeakedAnswer(LintRule):
    """The question holds the words that the checks ask for, so an answer that only repeats it passes.

    Models often repeat a question before they answer it, or do nothing else. Where all that decides finds its words
    in the question, a pass says nothing about what the model knows. Checks that need a judge, a call of a tool or a
    figure of the run keep a case from this.

    Wrong:
        case france: The capital of France
          severity: high
          input: Is Paris or Lyon the capital of France?
          must contain "Paris"

    Right:
        case france: The capital of France
          severity: high
          input: Is Paris or Lyon the capital of France?
          must contain "Paris"
          must not contain "Lyon"
    """

    level = "warning"
    message = "an answer that only repeats the question passes"

    def remarks(self, catalog: WrittenCatalog) -> Iterator[Remark]:
        """Each case whose questions would be answers to themselves."""
        for case in catalog.cases:
            row = next((row for row in case.tried if _passes_repeated(row, case.trials)), None)
            if row:
                help = f"it does in row `{row.name.rpartition('/')[2]}`" if len(case.rows) > 1 else ""
                yield Remark(case.source, _place(case, row), label="stands in the question", help=help)


def _passes_repeated(row: Case, trials: Trials) -> bool:
    """Whether each answer passes if it is the question, and some would not pass if it said nothing."""
    answers = [(row.turns[reply.turn].text, reply.checks) for reply in row.replies]
    answers.append((row.turns[-1].text, row.checks))
    deciding = [(text, check) for text, checks in answers for check in checks if check.level == "must"]
    return all(trials.say(check, row, text=text).is_passed for text, check in deciding) and any(
        _asks_for_words(check, row, trials) for _, check in deciding
    )


def _asks_for_words(check: Check, row: Case, trials: Trials) -> bool:
    return not check.is_negated and trials.say(check, row, text="").is_passed is False


def _place(case: WrittenCase, row: Case) -> Span:
    checks = [check for found in (row.checks, *(reply.checks for reply in row.replies)) for check in found]
    asking = (check for check in checks if check.level == "must" and _asks_for_words(check, row, case.trials))
    return case.place_of(next(asking))
