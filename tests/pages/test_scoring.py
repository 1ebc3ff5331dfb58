"""What a page says of scoring is what decides."""

import pytest

from evalc.model.catalog import Case, Check, Eval
from evalc.model.rule import Comparison, Floor, Rule
from evalc.pages._scoring import grading_sentences, in_symbols, score_case, scoring_line, type_labels
from tests.pages.example import deployments
from tests.pages.example_cases import checklist, guidance, make_case, make_check

_PLAIN = make_check("v/e/c", "plain", 'contain "a"')
_CLAIM = make_check("v/e/c", "claim", 'satisfy "b"', verb="satisfy", arguments={"claim": "b"}, is_judged=True)
_SCORED = make_check(
    "v/e/c", "scored", "satisfy g", verb="satisfy", arguments={"rubric": "operator-guidance"}, is_judged=True
)
_MET = make_check("v/e/c", "met", "satisfy h", verb="satisfy", arguments={"rubric": "handover"}, is_judged=True)
_SHOULD = _SCORED.model_copy(update={"level": "should"})


def make_eval(*checks: tuple[Check, ...], **changes: object) -> Eval:
    """An eval with one case for each row of checks."""
    cases = tuple(_case(f"case-{at}", row) for at, row in enumerate(checks))
    return deployments().model_copy(update={"cases": cases} | changes)


@pytest.mark.parametrize(
    ("checks", "line"),
    [
        ([(_PLAIN,), (_PLAIN,)], "Pass/fail checks, each decided by code; no judge is asked."),
        ([(_CLAIM,), (_MET,)], "Pass/fail checks, each adjudicated by an LLM judge."),
        ([(_PLAIN,), (_CLAIM,)], "Pass/fail checks, each decided by code where code can decide, and adjudicated by an"),
        ([(_SCORED,)], "Graded 1–5 by an LLM judge (passes at mean ≥ 4.0 and no criterion below 3)."),
        ([(_SCORED,), (_CLAIM,)], "Pass/fail and graded 1–5 by an LLM judge (passes at mean ≥ 4.0 and no criterion be"),
        ([(_PLAIN, _SHOULD)], "Pass/fail checks, each decided by code; no judge is asked."),
        ([], ""),
    ],
)
def test_the_scoring_line_is_derived_from_the_checks(checks: list[tuple[Check, ...]], line: str) -> None:
    """The public page prints Pass / Fail beside a rule of means, and never says how they go together."""
    found = scoring_line(make_eval(*checks))

    assert found.startswith(line)
    assert bool(found) == bool(line)


def test_the_line_counts_the_tests_that_code_decides_too() -> None:
    """A reader must know that a score alone does not pass a test there."""
    found = scoring_line(make_eval((_PLAIN, _SCORED), (_SCORED,)))

    assert "In 1 of 2 tests code decides too" in found


@pytest.mark.parametrize(
    ("checks", "labels"),
    [
        ((_PLAIN,), ("Pass / Fail",)),
        ((_MET,), ("Pass / Fail",)),
        ((_SCORED,), ("Score 1–5 · pass ≥ 4 · none < 3",)),
        ((_PLAIN, _SCORED), ("Pass / Fail", "Score 1–5 · pass ≥ 4 · none < 3")),
        ((_CLAIM, _SHOULD), ("Pass / Fail",)),
    ],
)
def test_a_case_is_labelled_with_all_that_decides_it(checks: tuple[Check, ...], labels: tuple[str, ...]) -> None:
    """A `should` decides nothing, so it gives no label."""
    eval_ = make_eval(checks)

    assert labels == type_labels(score_case(eval_.cases[0], eval_))


@pytest.mark.parametrize(
    ("conditions", "words", "label"),
    [
        ((Comparison(subject="mean", operator=">=", bound=4.0, unit="score"),), "mean >= 4.0", "Score 1–5 · pass ≥ 4"),
        (
            (Comparison(subject="mean", operator=">=", bound=3.5, unit="score"),),
            "mean >= 3.5",
            "Score 1–5 · pass ≥ 3.5",
        ),
        ((Floor(bound=3.0),), "no criterion below 3", "Score 1–5 · pass no criterion below 3"),
        (
            (Comparison(subject="safety", operator=">=", bound=4.0, unit="score"),),
            "safety >= 4",
            "Score 1–5 · pass safety ≥ 4",
        ),
    ],
)
def test_the_label_of_a_score_has_the_rule_of_its_rubric(
    conditions: tuple[Comparison | Floor, ...], words: str, label: str
) -> None:
    """A fixed text would be wrong for the first rubric with another rule."""
    rubric = guidance().model_copy(update={"rule": Rule(conditions=conditions, words=words)})
    eval_ = make_eval((_SCORED,), rubrics=(rubric, checklist()))

    assert (label,) == type_labels(score_case(eval_.cases[0], eval_))


def test_checks_of_earlier_answers_decide_too() -> None:
    """In a conversation any answer can fail the case."""
    eval_ = deployments()
    case = next(case for case in eval_.cases if case.replies).model_copy(update={"checks": ()})

    assert score_case(case, eval_).by_code


def test_the_grading_goes_from_a_check_to_the_verdict() -> None:
    """Every step of the rule has its sentence, and no step is said that this eval does not take."""
    plain = " ".join(grading_sentences(make_eval((_PLAIN,), rule=None)))
    whole = " ".join(grading_sentences(deployments()))

    assert "judge" not in plain.replace("judged (unscored)", "")
    assert "The eval passes when every case passes." in plain
    assert "at least 4 of those passed" in whole
    assert "critical = 100% and overall ≥ 80%" in whole
    assert "negative control" in whole


def test_signs_are_those_of_a_reader() -> None:
    """The language has no sign that a keyboard lacks, a page may."""
    assert "mean ≥ 4 and low ≤ 2 and x ≠ 1" == in_symbols("mean >= 4 and low <= 2 and x != 1")


def _case(name: str, checks: tuple[Check, ...]) -> Case:
    return make_case(name, name, severity="low", asked="?", expect="", checks=checks)
