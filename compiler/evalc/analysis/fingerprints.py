"""Fingerprints: equal for what means the same, however it is written and wherever it stands.

Left out are comments, layout, order, places, ids, titles of cases and evals, and everything that only readers see.
"""

from collections.abc import Sequence

from pydantic import JsonValue

from evalc.base.digest import Content, digest
from evalc.judge.templates import templates_digest
from evalc.model.catalog import Case, Check, Eval, Example, Rubric
from evalc.model.rule import Rule


def rubric_fingerprint(rubric: Rubric) -> str:
    """What a judge is told by a rubric and how its words become a verdict."""
    criteria: Content = [
        [
            criterion.name,
            criterion.title,
            criterion.about,
            criterion.weight,
            criterion.is_required,
            criterion.is_forbidden,
            [[anchor.score, anchor.text] for anchor in criterion.anchors],
        ]
        for criterion in sorted(rubric.criteria, key=lambda criterion: criterion.name)
    ]
    scale: Content = [rubric.scale.kind, rubric.scale.low, rubric.scale.high]
    asking: Content = [
        rubric.about,
        rubric.shows_examples,
        rubric.is_judged_together,
        templates_digest(),
    ]
    return digest(["rubric", scale, criteria, _rule(rubric.rule), asking])


def check_fingerprint(
    verb: str, arguments: dict[str, JsonValue], *, level: str, is_negated: bool, judged_by: Sequence[str]
) -> str:
    """What one clause demands; `judged_by` are the fingerprints of what a judge is told, none for a plain check."""
    return digest(["check", verb, arguments, level, is_negated, list(judged_by)])


def case_fingerprint(case: Case, *, shows_examples: bool) -> str:
    """What is asked, what comes with it, and how the answers are checked.

    Args:
        shows_examples: A judge sees the examples, so they are part of what decides.
    """
    turns: Content = [[turn.role, turn.text] for turn in case.turns]
    tools: Content = [tool.model_dump(mode="json") for tool in case.tools]
    replies: Content = [[reply.turn, _checks(reply.checks)] for reply in case.replies]
    examples: Content = [_example(found) for found in case.examples] if shows_examples else []
    passing: Content = [case.repeat, _rule(case.rule)]
    return digest(["case", turns, tools, case.expect, _checks(case.checks), replies, examples, passing])


def eval_fingerprint(eval_: Eval) -> str:
    """All cases with what they weigh, and the rule of the eval."""
    cases: Content = sorted([case.id.removeprefix(eval_.id), case.severity, case.fingerprint] for case in eval_.cases)
    return digest(["eval", cases, _rule(eval_.rule)])


def _rule(rule: Rule | None) -> Content:
    return [condition.model_dump(mode="json") for condition in rule.conditions] if rule else None


def _example(example: Example) -> Content:
    return [example.label, example.text, *(call.model_dump(mode="json") for call in example.calls)]


def _checks(checks: Sequence[Check]) -> Content:
    return sorted(check.fingerprint for check in checks)
