"""From runs to outcomes, tallies and gates."""

from collections.abc import Sequence

import pytest

from evalc.model.catalog import Severity
from evalc.model.report import EvalReport, GateVerdict
from evalc.model.result import Outcome
from evalc.model.rule import Rule
from evalc.report.decide import case_outcome
from evalc.report.summarize import summarize
from tests.builders import make_case, make_eval, make_run, shares


@pytest.mark.parametrize(
    ("passes", "outcomes", "expected"),
    [
        (None, ["passed"], "passed"),
        (None, ["passed", "failed"], "failed"),
        (None, ["passed", "errored"], "errored"),
        (None, ["failed", "errored"], "failed"),
        (None, ["passed", "skipped"], "skipped"),
        (2, ["passed", "passed", "failed"], "passed"),
        (2, ["passed", "passed", "errored"], "passed"),
        (2, ["passed", "failed", "unscored"], "unscored"),
        (2, ["failed", "failed", "unscored"], "failed"),
        (2, ["passed", "errored", "unscored"], "unscored"),
    ],
)
def test_a_case_ends_as_its_rule_says(passes: int | None, outcomes: Sequence[Outcome], expected: str) -> None:
    """A repeat without a verdict leaves a case open only where its verdict could turn the outcome."""
    case = make_case("france", repeat=len(outcomes), passes=passes)

    found = case_outcome(case, outcomes)

    assert expected == found


def report_of(cases: Sequence[tuple[Severity, Outcome]], rule: Rule | None = None) -> EvalReport:
    """The report of one eval whose cases, `c0`, `c1` and so on, ended like this."""
    made = [make_case(f"c{number}", severity=severity) for number, (severity, _) in enumerate(cases)]
    outcomes = {f"c{number}": [outcome] for number, (_, outcome) in enumerate(cases)}
    return summarize([make_run(make_eval(made, rule=rule), outcomes)]).evals[0]


_PASSED: tuple[Severity, Outcome] = ("high", "passed")
_NINE_OF_TEN: list[tuple[Severity, Outcome]] = [*[_PASSED] * 9, ("high", "failed")]


@pytest.mark.parametrize(
    ("cases", "rule", "expected"),
    [
        (_NINE_OF_TEN, None, "failed"),
        (_NINE_OF_TEN, shares(high=0.9), "passed"),
        (_NINE_OF_TEN, shares(high=0.91), "failed"),
        (_NINE_OF_TEN, shares(overall=0.9, low=1.0), "passed"),
        ([*_NINE_OF_TEN, ("critical", "failed")], shares(high=0.9), "failed"),
        ([*_NINE_OF_TEN, ("critical", "errored")], shares(high=0.9), "inconclusive"),
        ([*_NINE_OF_TEN, ("high", "errored")], shares(high=0.9), "inconclusive"),
        ([*_NINE_OF_TEN, ("high", "errored")], shares(high=0.8), "passed"),
        ([*_NINE_OF_TEN, ("high", "errored")], shares(high=0.95), "failed"),
        ([("high", "passed"), ("low", "unscored")], None, "inconclusive"),
    ],
)
def test_a_gate_decides_in_order(
    cases: list[tuple[Severity, Outcome]], rule: Rule | None, expected: GateVerdict
) -> None:
    """A failed critical case first, then the rule, and what is open only where it could turn the rule."""
    assert expected == report_of(cases, rule).gate.verdict


def test_errored_and_unscored_cases_do_not_enter_the_rate() -> None:
    """A fault of the network or of the judge says nothing about the answers."""
    report = report_of([("high", "passed"), ("high", "failed"), ("low", "errored"), ("low", "unscored")])

    assert 0.5 == report.tally.rate
    assert 4 == report.tally.total
    assert ["high", "low"] == list(report.by_severity)


def test_a_gate_names_the_critical_cases_that_failed() -> None:
    """Whoever is stopped by a gate needs to know by what, without opening the log."""
    gate = report_of([("critical", "failed"), ("critical", "passed"), ("critical", "failed")]).gate

    assert "2 critical cases failed: c0, c2" == gate.reason


def test_the_newest_run_comes_first() -> None:
    """Readers look for today's figures at the top."""
    eval_ = make_eval([make_case("france")])
    days = ["2026-03-04T00:00:00Z", "2026-03-06T00:00:00Z", "2026-03-05T00:00:00Z"]

    report = summarize([make_run(eval_, {"france": ["passed"]}, started_at=day) for day in days])

    assert sorted(days, reverse=True) == [entry.started_at for entry in report.evals]


def test_repeats_tell_what_passes_at_all_and_what_always_does() -> None:
    """Four of five is a case that can do it, and one that cannot be relied on."""
    cases = [make_case("steady", repeat=5, passes=3), make_case("flaky", repeat=5, passes=3), make_case("once")]
    outcomes: dict[str, list[Outcome | None]] = {
        "steady": ["passed"] * 5,
        "flaky": ["passed", "failed", "passed", "passed", "passed"],
        "once": ["failed"],
    }

    report = summarize([make_run(make_eval(cases), outcomes)]).evals[0]

    assert [1, 2, 3, 4, 5] == [found.repeats for found in report.reliability]
    assert [3, 2, 2, 2, 2] == [found.cases for found in report.reliability]
    three = report.reliability[2]
    assert pytest.approx((1.0, (1.0 + 0.4) / 2)) == (three.any_passes, three.all_pass)
    assert ["geo/capitals/flaky"] == [case.case_id for case in report.cases if case.is_flaky]


def test_a_run_without_repeats_says_nothing_of_reliability() -> None:
    """One answer passes or fails; how often it would is not known."""
    assert () == report_of([("high", "passed")]).reliability


def test_rows_of_one_each_widen_the_interval() -> None:
    """Forty rows that fail by their template are not forty cases."""
    alone = [make_case(f"k{kind}r{row}") for kind in range(8) for row in range(5)]
    rows = [case.model_copy(update={"cluster": f"geo/capitals/{case.name[:2]}"}) for case in alone]
    outcomes: dict[str, list[Outcome | None]] = {
        case.name: ["failed" if case.name.startswith("k0") else "passed"] for case in alone
    }

    wide, narrow = (summarize([make_run(make_eval(cases), outcomes)]).evals[0] for cases in (rows, alone))

    assert wide.interval is not None
    assert narrow.interval is not None
    assert wide.tally == narrow.tally
    assert wide.interval.low < narrow.interval.low
    assert wide.interval.high > narrow.interval.high
