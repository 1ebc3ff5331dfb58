"""What a page and its copy for machines say of whether verdicts can be believed."""

import json
from dataclasses import replace

import pytest

from evalc.model.report import Report
from evalc.pages._proven import MeasuredJudge, judged_rates, measured_judges, proven_checks
from evalc.pages._results import results_of
from evalc.pages.contract import Library
from evalc.pages.eval import EvalPage
from tests.pages.example import catalog_of, example_library
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.example_results import JUDGE
from tests.pages.reading import visible_text


def rows_of(library: Library) -> list[MeasuredJudge]:
    """What the page of the first eval says of its judges."""
    return list(measured_judges(library, library.eval(DEPLOYMENTS), results=results_of(library, DEPLOYMENTS)))


@pytest.mark.parametrize("member", ["judge_fingerprint", "rubric_fingerprint"])
def test_a_judge_or_rubric_that_changed_makes_a_measurement_stale(member: str) -> None:
    """Figures of another judge say nothing of this one."""
    library = example_library()
    line = library.measured[0]
    changed = replace(library, measured=(line.model_copy(update={member: "other"}),))

    assert ["fresh"] == [row.known for row in rows_of(replace(library, measured=(line,))) if row.found]
    assert ["stale"] == [row.known for row in rows_of(changed) if row.found]


def test_of_a_judge_that_was_not_asked_nobody_knows_whether_it_is_the_same() -> None:
    """The lock file names judges; only runs and policies say what they are now."""
    library = replace(example_library(), report=Report(evals=()))
    known = {(row.judge.name, row.known) for row in rows_of(library)}

    assert {("panel-of-three", "unasked"), (JUDGE.name, "unasked"), (JUDGE.name, "stale")} == known


def test_measurements_of_other_evals_do_not_count() -> None:
    """Rubrics of the same name are in many evals."""
    library = example_library()
    moved = [line.model_copy(update={"rubric": "lumen/triage/operator-guidance"}) for line in library.measured]

    assert {"missing"} == {row.known for row in rows_of(replace(library, measured=tuple(moved)))}


def test_without_a_measurement_it_is_said_how_to_make_one() -> None:
    """Silence would read as if all was well."""
    bare = replace(example_library(), report=Report(evals=()), measured=())
    page = visible_text(EvalPage().render(bare, DEPLOYMENTS).body)

    assert "No judge was measured on this eval yet; evalc calibrate does that." in page


def test_an_eval_that_only_code_decides_says_nothing_of_judges() -> None:
    """There is nobody to measure."""
    page = visible_text(EvalPage().render(example_library(), "harborline/billing").body)

    assert "How the judge was measured" not in page


def test_without_a_proof_nothing_is_said_of_bad_answers() -> None:
    """None at all, or one that could tell of no answer."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    untold = library.proofs[DEPLOYMENTS].model_copy(update={"cases": ()})

    assert proven_checks(replace(library, proofs={}), eval_) is None
    assert proven_checks(replace(library, proofs={DEPLOYMENTS: untold}), eval_) is None
    assert "What the checks catch" not in visible_text(EvalPage().render(library, "harborline/billing").body)


def test_the_command_to_try_again_is_whole() -> None:
    """It is copied into a shell, and a path is whatever its author chose."""
    library = example_library()
    eval_ = library.eval("lumen/triage")
    odd = eval_.model_copy(update={"place": eval_.place.model_copy(update={"path": "my specs/$(date).evalc"})})
    found = proven_checks(library, odd)

    assert found
    assert "evalc prove 'my specs/$(date).evalc' --judge careful --all" == found.command


def test_a_rate_is_freed_from_the_errors_of_its_judge() -> None:
    """The judge passed 6 of 7; of labelled answers it passed 27 of 29 that should pass, and failed 17 of 20 others.

    The estimate of Rogan and Gladen 1978 is (rate + specificity - 1) / (sensitivity + specificity - 1).
    """
    library = example_library()
    [rate] = judged_rates(library, library.eval(DEPLOYMENTS))

    assert (6.0, 7, "steady", "2026-11-18") == (rate.passed, rate.total, rate.target, rate.date)
    assert pytest.approx((6 / 7 + 17 / 20 - 1) / (27 / 29 + 17 / 20 - 1)) == rate.corrected.value
    assert rate.corrected.interval is not None
    assert rate.corrected.interval.high - rate.corrected.interval.low > 0.5


@pytest.mark.parametrize("member", ["judge_fingerprint", "rubric_fingerprint"])
def test_nothing_is_freed_by_a_measurement_of_something_else(member: str) -> None:
    """Errors of another judge, or on another wording, are not those of this one."""
    library = example_library()
    lines = tuple(line.model_copy(update={member: "other"}) for line in library.measured)

    assert () == judged_rates(replace(library, measured=lines), library.eval(DEPLOYMENTS))


def test_nothing_is_freed_where_the_eval_was_another_when_it_was_asked() -> None:
    """What its checks judge now is not what was judged then."""
    library = example_library()
    [eval_] = [each for each in library.catalog.evals if each.id == DEPLOYMENTS]
    changed = eval_.model_copy(update={"fingerprint": "f" * 16})
    catalog = catalog_of(library).model_copy(update={"evals": (changed,)})

    assert () == judged_rates(replace(library, catalog=catalog), changed)


def test_machines_read_what_people_do() -> None:
    """Whoever compares catalogs by their files wants to know which verdicts to believe."""
    library = example_library()
    page = EvalPage()
    copies = {
        id_: json.loads(next(copy.text for copy in page.copies(library, id_) if copy.path.endswith("eval.json")))
        for id_ in (DEPLOYMENTS, "quill/citations")
    }
    found, unproven = copies[DEPLOYMENTS], copies["quill/citations"]

    assert 2 == found["format_version"]
    assert {("fresh", 0.9), ("stale", 1.0)} <= {
        (each["standing"], round(each["agreement"]["value"], 2)) for each in found["calibrations"]
    }
    assert [("steady", 0.91)] == [(each["target"], round(each["corrected"]["value"], 2)) for each in found["corrected"]]
    assert 183 == sum(case["killed"] for case in found["proof"]["cases"])
    assert ([], [], None) == (unproven["calibrations"], unproven["corrected"], unproven["proof"])


def test_a_check_that_asks_a_judge_by_its_verb_is_no_claim() -> None:
    """Two rows of the same name would say that one thing was measured twice."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    first = eval_.cases[0]
    judged = next(check for check in first.checks if check.is_judged)
    refusing = judged.model_copy(update={"verb": "refuse", "arguments": {}})
    case = first.model_copy(update={"checks": (*first.checks, refusing)})
    changed = eval_.model_copy(update={"cases": (case, *eval_.cases[1:])})
    rows = measured_judges(library, changed, results=results_of(library, DEPLOYMENTS))

    assert "Checks with “refuse”" in {row.thing for row in rows}
