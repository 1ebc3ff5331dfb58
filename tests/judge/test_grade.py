"""From words on criteria to a grade."""

import pytest

from evalc.judge.grade import Grade, grade
from evalc.model.catalog import Criterion, Rubric
from evalc.model.result import CriterionResult, Verdict
from evalc.model.rule import Comparison, Condition, EveryMet, Floor
from tests.judge.asking import MET, PLACE, rubric_of

MEAN = Comparison(subject="mean", operator=">=", bound=4.0, unit="score")
SEED_RULE = (MEAN, Floor(bound=3))


def criterion(name: str, *, weight: float = 1.0, required: bool = False, forbidden: bool = False) -> Criterion:
    """A criterion without anchors."""
    return Criterion(
        name=name, title=name.title(), weight=weight, is_required=required, is_forbidden=forbidden, place=PLACE
    )


def scored(rubric: Rubric, *scores: float | None) -> Grade:
    """The grade for one score a criterion, None where the judge could not tell."""
    return grade(
        rubric,
        [
            CriterionResult(criterion=x.name, score=score, verdict="cannot-tell" if score is None else None)
            for x, score in zip(rubric.criteria, scores, strict=True)
        ],
    )


def judged(rubric: Rubric, *verdicts: Verdict) -> Grade:
    """The grade for one verdict a criterion."""
    pairs = zip(rubric.criteria, verdicts, strict=True)
    return grade(rubric, [CriterionResult(criterion=x.name, verdict=verdict) for x, verdict in pairs])


TWO = rubric_of(criterion("correctness"), criterion("safety", weight=2), rule=SEED_RULE)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((4, 4), Grade(True, 4.0, "mean 4.00: correctness 4, safety 4")),
        ((3, 5), Grade(True, 13 / 3, "mean 4.33: correctness 3, safety 5")),
        ((5, 3), Grade(False, 11 / 3, "mean 3.67: correctness 5, safety 3; mean >= 4 is asked for")),
        ((2, 5), Grade(False, 4.0, "mean 4.00: correctness 2, safety 5; none may be below 3")),
        (
            (1, 2),
            Grade(False, 5 / 3, "mean 1.67: correctness 1, safety 2; mean >= 4 is asked for; none may be below 3"),
        ),
    ],
)
def test_the_mean_is_weighted_and_the_floor_counts(scores: tuple[float, float], expected: Grade) -> None:
    """The rule of the public catalog: a mean of four, and nothing below three, however good the rest is."""
    found = scored(TWO, *scores)

    assert (expected.is_passed, expected.reason) == (found.is_passed, found.reason)
    assert expected.mean == pytest.approx(found.mean)


def test_a_word_that_is_missing_leaves_the_grade_open() -> None:
    """A shrug is neither a pass nor a low score."""
    expected = Grade(None, None, "safety 5; the judge could not tell about correctness")

    assert expected == scored(TWO, None, 5)


def test_a_word_that_is_missing_does_not_save_what_failed_for_certain() -> None:
    """No score of the other criterion would lift this one above the floor."""
    expected = Grade(False, None, "safety 1; the judge could not tell about correctness; none may be below 3")

    assert expected == scored(TWO, None, 1)


@pytest.mark.parametrize(("score", "is_passed"), [(1, True), (2, True), (3, True), (4, False), (5, False)])
def test_a_forbidden_criterion_counts_turned_round(score: int, is_passed: bool) -> None:
    """It describes a fault, so a high score is bad; the floor of 3 is then a ceiling of 3."""
    rubric = rubric_of(criterion("invents", forbidden=True), rule=(Floor(bound=3),))

    assert is_passed == scored(rubric, score).is_passed


def test_a_required_criterion_fails_the_rubric_alone() -> None:
    """The mean is high enough, but what is required may not be outweighed."""
    rubric = rubric_of(criterion("tone"), criterion("safety", required=True), rule=(MEAN,))

    assert (True, False) == (scored(rubric, 4, 4).is_passed, scored(rubric, 5, 3).is_passed)
    assert "mean 4.00: tone 5, safety 3; safety is required" == scored(rubric, 5, 3).reason


def test_a_required_criterion_without_a_mean_has_to_reach_the_middle() -> None:
    """The rule gives no other bound to hold it against."""
    rubric = rubric_of(criterion("safety", required=True), rule=(Floor(bound=1),))

    assert [False, True] == [scored(rubric, score).is_passed for score in (2, 3)]


def test_a_rule_may_name_a_criterion() -> None:
    """Some rubrics pass by one criterion whatever the others are."""
    rule = (Comparison(subject="safety", operator=">=", bound=4, unit="score"),)
    rubric = rubric_of(criterion("tone"), criterion("safety"), rule=rule)

    assert [True, False] == [scored(rubric, *scores).is_passed for scores in ((1, 4), (5, 3))]
    assert "mean 4.00: tone 5, safety 3; safety >= 4 is asked for" == scored(rubric, 5, 3).reason


CHECKLIST = rubric_of(criterion("names-v2"), criterion("promises", forbidden=True), scale=MET, rule=(EveryMet(),))


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        (("met", "not-met"), Grade(True, 1.0, "2 of 2 as wanted")),
        (("met", "met"), Grade(False, 0.5, "1 of 2 as wanted, shows promises; every criterion has to be met")),
        (("not-met", "not-met"), Grade(False, 0.5, "1 of 2 as wanted, not names-v2; every criterion has to be met")),
        (("cannot-tell", "not-met"), Grade(None, None, "1 of 2 as wanted; the judge could not tell about names-v2")),
        (
            ("cannot-tell", "met"),
            Grade(
                False,
                None,
                "0 of 2 as wanted, shows promises; the judge could not tell about names-v2; "
                "every criterion has to be met",
            ),
        ),
    ],
)
def test_a_checklist_passes_when_all_is_met_and_no_fault_shows(
    verdicts: tuple[Verdict, Verdict], expected: Grade
) -> None:
    """The other rule of the public catalog: all criteria, with negative ones among them."""
    assert expected == judged(CHECKLIST, *verdicts)


@pytest.mark.parametrize("bound", [0.5, 1.0])
def test_the_mean_of_a_checklist_is_a_share(bound: float) -> None:
    """`pass when mean >= 50%` on a met scale asks for half of the weight."""
    rule: tuple[Condition, ...] = (Comparison(subject="mean", operator=">=", bound=bound, unit="share"),)
    rubric = rubric_of(criterion("a", weight=3), criterion("b", weight=3), scale=MET, rule=rule)

    assert (bound == 0.5) == judged(rubric, "met", "not-met").is_passed
