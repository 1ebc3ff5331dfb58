"""Two runs of the same cases side by side."""

from collections.abc import Mapping, Sequence

import pytest

from evalc.model.catalog import Case
from evalc.model.plan import TargetCard
from evalc.model.result import RunResult
from evalc.model.verdicts.comparison import LeftOutReason, Slice, TargetComparison
from evalc.report.compare import compare_runs
from evalc.report.scores import score_run
from tests.builders import make_case, make_check, make_eval, make_run, outcomes_of


def make_pair(
    cases: Sequence[Case], before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[RunResult, RunResult]:
    """Two runs of one eval with these marks."""
    eval_ = make_eval(cases)
    first = make_run(eval_, outcomes_of(before), started_at="2026-03-04T00:00:00Z")
    second = make_run(eval_, outcomes_of(after), started_at="2026-03-05T00:00:00Z")
    return first, second


def compare(before: RunResult, after: RunResult) -> TargetComparison:
    """The comparison of the only target of two runs."""
    return compare_runs(score_run(before), score_run(after)).targets[0]


def test_flips_come_first_losses_before_gains_and_severe_before_mild() -> None:
    """Whoever reads only the first line must read the worst."""
    severities = {"a": "low", "b": "critical", "c": "critical", "d": "high", "e": "high"}
    cases = [make_case(name, severity=severity) for name, severity in severities.items()]  # type: ignore[arg-type]  # Literals.
    before = {"a": "+", "b": "-", "c": "+", "d": "+", "e": "+"}
    after = {"a": "-", "b": "+", "c": "-", "d": "-", "e": "+"}

    compared = compare(*make_pair(cases, before, after))

    assert ["c", "d", "a", "b"] == [pair.case_id[-1] for pair in compared.flips]
    assert (5, 3, 1) == (compared.whole.cases, compared.whole.lost, compared.whole.gained)


def test_repeats_are_averaged_inside_of_a_case() -> None:
    """Ten repeats of one case are one case, or a single case would decide everything."""
    cases = [make_case(f"c{number}", repeat=4, passes=2) for number in range(10)]
    before = {case.name: "++++" for case in cases}

    compared = compare(*make_pair(cases, before, before | {"c0": "++--"}))

    assert compared.whole.after is not None
    assert pytest.approx(0.95) == compared.whole.after.rate
    assert pytest.approx(-0.05) == compared.whole.difference
    assert () == compared.flips
    assert ["geo/capitals/c0"] == [pair.case_id for pair in compared.shifts]
    assert ("sign-flip", 1.0) == (compared.whole.test, compared.whole.p_value)


@pytest.mark.parametrize(
    ("before", "after", "update", "expected"),
    [
        ("+", "-", {"fingerprint": "other"}, "changed"),
        ("+", "", {}, "not-run"),
        ("", "+", {}, "added"),
        ("!", "+", {}, "undecided"),
        ("+", "?", {}, "undecided"),
    ],
)
def test_what_cannot_be_compared_is_listed(
    before: str, after: str, update: dict[str, str], expected: LeftOutReason
) -> None:
    """A changed case that was compared would show the change of the spec as one of the target."""
    kept, odd = make_case("kept"), make_case("odd")
    first = make_run(make_eval([kept, odd]), outcomes_of({"kept": "+", "odd": before}))
    second = make_run(make_eval([kept, odd.model_copy(update=update)]), outcomes_of({"kept": "+", "odd": after}))

    compared = compare(first, second)

    assert [("geo/capitals/odd", expected)] == [(found.case_id, found.reason) for found in compared.left_out]
    assert 1 == compared.whole.cases


def test_judged_cases_do_not_compare_across_judges() -> None:
    """A stricter judge would look like a worse target."""
    first, second = make_pair(
        [make_case("plain"), make_judged("judged")], {"plain": "+", "judged": "+"}, {"plain": "-", "judged": "-"}
    )
    judges = [TargetCard(name=name, type="openai", fingerprint=name) for name in ("mild", "strict")]
    first, second = (
        run.model_copy(update={"plan": run.plan.model_copy(update={"judge": judge})})
        for run, judge in zip((first, second), judges, strict=True)
    )

    compared = compare(first, second)

    assert [("geo/capitals/judged", "other-judge")] == [(found.case_id, found.reason) for found in compared.left_out]
    assert ["geo/capitals/plain"] == [pair.case_id for pair in compared.flips]
    assert any("the judge was mild and is strict" in note for note in compared.notes)


def make_judged(name: str) -> Case:
    """A case with a check that a judge decides."""
    return make_case(name).model_copy(update={"checks": (make_check("satisfy", is_judged=True),)})


def test_rows_of_one_each_count_together() -> None:
    """Twenty rows of one template that fail together are one finding, not twenty."""
    cases = [
        make_case(f"k{kind}r{row}").model_copy(update={"cluster": f"geo/capitals/k{kind}"})
        for kind in range(6)
        for row in range(5)
    ]
    before = {case.name: "+" for case in cases}
    after = before | {case.name: "-" for case in cases if case.name.startswith("k0")}

    clustered = compare(*make_pair(cases, before, after)).whole
    alone = compare(*make_pair([make_case(case.name) for case in cases], before, after)).whole

    assert (1.0, "sign-flip") == (clustered.p_value, clustered.test)
    assert "mcnemar" == alone.test
    assert pytest.approx(0.0625) == alone.p_value
    assert _width(clustered) > _width(alone)


def _width(part: Slice) -> float:
    assert part.interval is not None
    return part.interval.high - part.interval.low


def test_parts_of_fewer_than_ten_cases_have_counts_only() -> None:
    """A rate of three cases gets ranked by readers, and means nothing."""
    cases = [make_case(f"h{number}") for number in range(10)] + [make_case("c", severity="critical")]
    marks = {case.name: "+" for case in cases}

    compared = compare(*make_pair(cases, marks, marks | {"c": "-"}))

    critical = next(part for part in compared.slices if part.name == "critical")
    high = next(part for part in compared.slices if part.name == "high")
    assert (1, 1, None, None) == (critical.cases, critical.lost, critical.before, critical.p_value)
    assert high.before is not None


def test_several_parts_are_not_several_chances() -> None:
    """Of four severities one looks bad by chance four times as often, so the p-values are raised."""
    cases = [make_case(f"h{n}", severity="high") for n in range(20)] + [
        make_case(f"l{n}", severity="low") for n in range(20)
    ]
    before = {case.name: "+" for case in cases}
    after = before | {f"h{number}": "-" for number in range(6)}

    high = next(part for part in compare(*make_pair(cases, before, after)).slices if part.name == "high")

    assert pytest.approx(2 * 2 / 2**6) == high.p_value


def test_runs_are_compared_target_by_target() -> None:
    """Answers of two targets never mix, and one that is in one run only is named."""
    first, second = make_pair([make_case("a")], {"a": "+"}, {"a": "-"})
    other = TargetCard(name="other", type="openai")
    plan = second.plan.model_copy(update={"targets": (*second.plan.targets, other)})

    comparison = compare_runs(score_run(first), score_run(second.model_copy(update={"plan": plan})))

    assert ["model"] == [compared.after.target.name for compared in comparison.targets]
    assert ("other",) == comparison.unmatched


def test_no_cases_in_common_say_nothing() -> None:
    """An empty comparison has no rates to make up."""
    first = make_run(make_eval([make_case("a")]), outcomes_of({"a": "+"}))
    second = make_run(make_eval([make_case("b")]), outcomes_of({"b": "+"}))

    whole = compare(first, second).whole

    assert (0, None, None) == (whole.cases, whole.before, whole.p_value)


def test_a_comparison_is_the_same_when_it_is_made_again() -> None:
    """Draws are seeded by the runs, so that a stored run is never decided twice differently."""
    cases = [make_case(f"c{number}", repeat=3, passes=2) for number in range(30)]
    before = {case.name: "+++" for case in cases}
    runs = make_pair(cases, before, before | {f"c{number}": "+-+" for number in range(17)})

    assert compare(*runs) == compare(*runs)


def test_many_cases_have_the_interval_that_drawing_would_give() -> None:
    """Beyond two thousand cases nothing is drawn, and nobody should see where that begins."""
    widths = []
    for count in (1998, 2004):
        cases = [make_case(f"c{number}", repeat=2, passes=1) for number in range(count)]
        before = {case.name: "++" for case in cases}
        after = {case.name: "+-" if number % 6 == 0 else "++" for number, case in enumerate(cases)}
        widths.append(_width(compare(*make_pair(cases, before, after)).whole))

    assert pytest.approx(widths[0], rel=0.05) == widths[1]
