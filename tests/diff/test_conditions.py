"""Rules before and after, against what decides with them."""

from collections.abc import Sequence
from math import comb

from hypothesis import assume, given
from hypothesis import strategies as st

from evalc.diff.cases.repeats import compare_repeats
from evalc.diff.draft import CasePair
from evalc.diff.rules.conditions import RuleChange, compare_gates, compare_rubric_rules
from evalc.judge.grade import grade
from evalc.model.catalog import SEVERITIES, Anchor, Criterion, Rubric, Scale, Severity
from evalc.model.report import CaseReport
from evalc.model.result import CriterionResult
from evalc.model.rule import Comparison, Condition, EveryMet, Floor, Operator, Rule
from evalc.report.gate import decide_gate
from tests.builders import PLACE, make_case, make_eval

_CRITERIA = ("clarity", "safety")

_SHARES = st.builds(
    Comparison,
    subject=st.sampled_from([*SEVERITIES, "overall"]),
    operator=st.sampled_from(["=", ">=", ">"]),
    bound=st.sampled_from([0.5, 0.75, 1.0]),
    unit=st.just("share"),
)
_SCORES = st.builds(
    Comparison,
    subject=st.sampled_from(["mean", *_CRITERIA]),
    operator=st.sampled_from(["=", ">=", ">", "<=", "<", "!="]),
    bound=st.sampled_from([2.0, 3.0, 4.0]),
    unit=st.just("score"),
)
_GATES = st.none() | st.lists(_SHARES, min_size=1, max_size=3).map(lambda found: rule(*found))
_SCORE_RULES = st.lists(_SCORES | st.builds(Floor, bound=st.sampled_from([1.0, 2.0, 3.0])), min_size=1, max_size=3).map(
    lambda found: rule(*found)
)
_MET_RULES = st.lists(
    st.builds(EveryMet)
    | st.builds(
        Comparison,
        subject=st.just("mean"),
        operator=st.just(">="),
        bound=st.sampled_from([0.5, 1.0]),
        unit=st.just("share"),
    ),
    min_size=1,
    max_size=2,
).map(lambda found: rule(*found))
_OUTCOMES = st.lists(st.tuples(st.sampled_from(SEVERITIES), st.booleans()), min_size=1, max_size=6)


def rule(*conditions: Condition) -> Rule:
    """A rule with these conditions; nothing here reads its words."""
    return Rule(conditions=conditions, words="")


def bound(subject: str, operator: Operator, value: float) -> Comparison:
    """A condition on a share."""
    return Comparison(subject=subject, operator=operator, bound=value, unit="share")


@given(_GATES, _GATES, _OUTCOMES)
def test_a_gate_that_no_change_loosens_passes_nothing_new(
    before: Rule | None, after: Rule | None, outcomes: Sequence[tuple[Severity, bool]]
) -> None:
    """A loosened gate that the diff calls tightened is the hole that this tool is there to close."""
    stands = _stands(compare_gates(before, after))
    passed = _gate_passes(before, outcomes), _gate_passes(after, outcomes)

    assert {"looser", "unknown"} & stands or passed[0] or not passed[1]
    assert {"tighter", "unknown"} & stands or passed[1] or not passed[0]


@given(_SCORE_RULES, _SCORE_RULES, st.integers(1, 5), st.integers(1, 5))
def test_a_rule_of_scores_that_no_change_loosens_passes_nothing_new(
    before: Rule, after: Rule, clarity: int, safety: int
) -> None:
    """The same for the rule of a rubric, against the grade that a judge's words give."""
    left, right = _rubric(before, "score"), _rubric(after, "score")
    stands = _stands(compare_rubric_rules(left, right, renamed={}))
    passed = _is_passed(left, clarity, safety), _is_passed(right, clarity, safety)

    assert {"looser", "unknown"} & stands or passed[0] or not passed[1]
    assert {"tighter", "unknown"} & stands or passed[1] or not passed[0]


@given(_MET_RULES, _MET_RULES, st.integers(0, 1), st.integers(0, 1))
def test_a_rule_of_met_criteria_that_no_change_loosens_passes_nothing_new(
    before: Rule, after: Rule, clarity: int, safety: int
) -> None:
    """`every criterion met` and `mean = 100%` ask for the same, and neither may hide the other's loss."""
    left, right = _rubric(before, "met"), _rubric(after, "met")
    stands = _stands(compare_rubric_rules(left, right, renamed={}))
    passed = _is_passed(left, clarity, safety), _is_passed(right, clarity, safety)

    assert {"looser", "unknown"} & stands or passed[0] or not passed[1]
    assert {"tighter", "unknown"} & stands or passed[1] or not passed[0]


def test_a_gate_without_a_rule_demands_that_all_pass() -> None:
    """The first `pass when` of an eval is a loosening, though a line was added."""
    (change,) = compare_gates(None, rule(bound("overall", ">=", 0.8)))

    assert ("looser", "asks for `overall >= 80%`, before for `overall = 100%`") == (change.stand, change.how)


def test_a_condition_that_another_one_implies_may_go() -> None:
    """Where all must pass, `high >= 90%` says nothing, and crying wolf costs attention."""
    all_pass, both = bound("overall", "=", 1.0), (bound("overall", "=", 1.0), bound("high", ">=", 0.9))

    assert [] == compare_gates(rule(*both), rule(all_pass))


def test_that_critical_cases_pass_is_demanded_in_any_case() -> None:
    """A failed critical case fails its eval by the language itself, so the line may go."""
    before = rule(bound("critical", "=", 1.0), bound("overall", ">=", 0.8))

    assert [] == compare_gates(before, rule(bound("overall", ">=", 0.8)))


def test_bounds_are_compared_as_shares_of_the_scale() -> None:
    """`mean >= 4` asks for three quarters of 1 to 5, and for a third of 1 to 10."""
    four = rule(Comparison(subject="mean", operator=">=", bound=4, unit="score"))
    before, after = _rubric(four, "score"), _rubric(four, "score", high=10)

    assert {"looser"} == _stands(compare_rubric_rules(before, after, renamed={}))


def test_a_condition_follows_its_criterion_to_another_name() -> None:
    """A renamed criterion would else look like one condition lost and another one won."""
    before = rule(Comparison(subject="clear", operator=">=", bound=3, unit="score"))
    after = rule(Comparison(subject="clarity", operator=">=", bound=3, unit="score"))
    changes = compare_rubric_rules(_rubric(before, "score"), _rubric(after, "score"), renamed={"clear": "clarity"})

    assert [] == changes


@given(
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from([0.1, 0.3, 0.5, 0.8, 0.99]),
)
def test_repeats_that_are_loosened_make_a_pass_more_likely(
    passes: int, repeat: int, later_passes: int, later_repeat: int, chance: float
) -> None:
    """Whatever the chance of one answer to pass: fewer needed or more allowed must not look like the contrary."""
    assume(passes <= repeat and later_passes <= later_repeat)
    before = make_case("france", repeat=repeat, passes=passes)
    after = make_case("france", repeat=later_repeat, passes=later_passes)
    kinds = {draft.kind.name for draft in compare_repeats(CasePair(before, after, "geo/capitals"))}
    earlier, later = _chance(passes, repeat, chance), _chance(later_passes, later_repeat, chance)

    assert later >= earlier - 1e-12 or kinds & {"repeats-tightened", "repeats-changed"}
    assert later <= earlier + 1e-12 or kinds & {"repeats-loosened", "repeats-changed"}


def test_without_a_rule_every_repeat_has_to_pass() -> None:
    """`repeat: 3` alone is three times the demand; `pass when passes >= 1` of three is less than one of one."""
    once, thrice = make_case("france"), make_case("france", repeat=3)
    luck = make_case("france", repeat=3, passes=1)

    assert ["repeats-tightened"] == _kinds(CasePair(once, thrice, "geo/capitals"))
    assert ["repeats-loosened"] == _kinds(CasePair(once, luck, "geo/capitals"))


def _kinds(pair: CasePair) -> list[str]:
    return [draft.kind.name for draft in compare_repeats(pair)]


def _chance(passes: int, repeat: int, chance: float) -> float:
    return sum(comb(repeat, k) * chance**k * (1 - chance) ** (repeat - k) for k in range(passes, repeat + 1))


def _stands(changes: Sequence[RuleChange]) -> set[str]:
    return {change.stand for change in changes}


def _gate_passes(found: Rule | None, outcomes: Sequence[tuple[Severity, bool]]) -> bool:
    reports = [
        CaseReport(
            case_id=f"geo/capitals/{number}",
            severity=severity,
            fingerprint="",
            outcome="passed" if is_passed else "failed",
            passes=0,
            trials=(),
        )
        for number, (severity, is_passed) in enumerate(outcomes)
    ]
    return decide_gate(make_eval([], rule=found), reports).verdict == "passed"


def _rubric(found: Rule, kind: str, *, high: int = 5) -> Rubric:
    scale = Scale(kind="met", low=0, high=1) if kind == "met" else Scale(kind="score", low=1, high=high)
    criteria = tuple(
        Criterion(name=name, title=name, anchors=(Anchor(score=1, text="no"),), place=PLACE) for name in _CRITERIA
    )
    return Rubric(name="tone", title="Tone", scale=scale, criteria=criteria, rule=found, place=PLACE, fingerprint="")


def _is_passed(rubric: Rubric, *values: int) -> bool:
    results = [
        CriterionResult(criterion=name, verdict="met" if value else "not-met")
        if rubric.scale.kind == "met"
        else CriterionResult(criterion=name, score=value)
        for name, value in zip(_CRITERIA, values, strict=True)
    ]
    return bool(grade(rubric, results).is_passed)
