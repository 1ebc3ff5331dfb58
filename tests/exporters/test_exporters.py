"""Runs in the formats of other programs: their shapes, and that nothing of an answer acts in them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.family import members
from evalc.exporters.contract import Exporter, RunView
from evalc.model.catalog import Case
from evalc.model.exchange import Response
from evalc.model.result import CheckResult, Fault, RunResult, TrialResult
from evalc.model.settings import GateSettings
from evalc.model.verdicts.comparison import RunComparison
from evalc.report.compare import compare_runs
from evalc.report.gating.baseline import read_baseline
from evalc.report.gating.run import gate_run
from evalc.report.scores import score_run
from evalc.report.summarize import summarize
from tests.builders import make_case, make_check, make_eval, make_run, outcomes_of
from tests.exporters.shapes import SARIF, junit_problems

EXPORTERS = dict(members("evalc.exporters", Exporter))

_TRICKS = (
    "::error file=a::owned",
    "\n::set-output name=a::owned",
    "=HYPERLINK(1)",
    " @SUM(1)",
    "\t-1+1",
    "]]></failure><x>",
    "<!-- -- > &amp; \x00 \x1b[31m \ufffe \uffff \ud800",
    "| a | ![x](https://evil.example) @maintainer",
    "`````",
)


def view_of(reason: str) -> RunView:
    """A run in which every outcome occurs and others wrote every word, with a decision against a baseline."""
    check = make_check("names-it")
    cases = [make_case(name).model_copy(update={"checks": (check,)}) for name in ("a", "b", "c", "d", "e")]
    marks = {"a": "+", "b": "-", "c": "!", "d": "?", "e": "+-"}
    run = make_run(make_eval(cases), {**outcomes_of(marks), "e": ["passed", None]})
    run = run.model_copy(update={"results": tuple(_told(result, reason) for result in run.results)})
    lines = "".join(f"{case.id} {case.fingerprint} passed + -\n" for case in cases)
    baselines = {"model": read_baseline(lines, name="model")}
    gate = gate_run(run, settings=GateSettings(), baselines=baselines, doubts={})
    return RunView(report=summarize([run]), cases={case.id: case for case in cases}, gate=gate)


def _told(result: TrialResult, reason: str) -> TrialResult:
    check = CheckResult(check="names-it", level="must", outcome=result.outcome, reason=reason)
    fault = Fault(kind="timeout", message=reason) if result.outcome in ("errored", "unscored") else None
    response = Response(text=reason, latency_s=0.25)
    return result.model_copy(update={"checks": (check,), "fault": fault, "responses": (response,)})


@pytest.mark.parametrize("name", EXPORTERS)
@given(reason=st.sampled_from(_TRICKS) | st.text(st.characters(exclude_categories=[]), max_size=40))
def test_no_line_is_a_command_of_a_workflow(name: str, reason: str) -> None:
    """GitHub reads what a step prints, and an answer must not set an output there."""
    text = EXPORTERS[name]().export_run(view_of(reason))

    assert [] == [line for line in re.split(r"[\r\n]", text) if line.strip().startswith(("::", "##["))]
    assert text == EXPORTERS[name]().export_run(view_of(reason))


@given(reason=st.sampled_from(_TRICKS) | st.text(st.characters(exclude_categories=[]), max_size=40))
def test_junit_has_the_shape_that_ci_systems_read(reason: str) -> None:
    """Whatever a model says, the file is XML, and each element and attribute is one that Jenkins' schema has."""
    text = EXPORTERS["junit"]().export_run(view_of(reason))
    root = ElementTree.fromstring(text.encode())

    assert [] == list(junit_problems(root))


def test_junit_tells_each_outcome_by_its_own_element() -> None:
    """A fault of the network that counts as a failure is looked for in the model."""
    root = ElementTree.fromstring(EXPORTERS["junit"]().export_run(view_of("says no")))
    suite, gate = root.findall("testsuite")
    kinds = {test.get("name"): [child.tag for child in test if child.tag != "properties"] for test in suite}

    assert {"a": [], "b": ["failure"], "c": ["error"], "d": ["error"], "e": ["skipped"]} == kinds
    assert ("5", "1", "2", "1") == tuple(suite.get(name) for name in ("tests", "failures", "errors", "skipped"))
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert "\n- must names-it: says no (geo/capitals.evalc:9)\n" == failure.text
    assert ["geo/capitals at model", "model against its baseline"] == [test.get("name") for test in gate]


@given(reason=st.sampled_from(_TRICKS) | st.text(max_size=40))
def test_sarif_fits_its_schema(reason: str) -> None:
    """The part of the published schema that is used here; GitHub refuses a file that does not fit."""
    log = json.loads(EXPORTERS["sarif"]().export_run(view_of(reason)))

    assert [] == [error.message for error in jsonschema_rs.validator_for(SARIF).iter_errors(log)]


def test_sarif_points_at_the_line_of_the_check() -> None:
    """A result without a place is dropped by code scanning."""
    (run,) = json.loads(EXPORTERS["sarif"]().export_run(view_of("says no")))["runs"]
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]

    assert ("contain", "error") == (result["ruleId"], result["level"])
    assert ("geo/capitals.evalc", 9) == (place["artifactLocation"]["uri"], place["region"]["startLine"])
    assert ["contain"] == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert 3 == len(run["invocations"][0]["toolExecutionNotifications"])


@given(reason=st.sampled_from(_TRICKS) | st.text(st.characters(exclude_categories=[]), max_size=40))
def test_no_cell_is_a_formula(reason: str) -> None:
    """A spreadsheet computes what begins so, and sends away what it finds beside it."""
    rows = list(csv.reader(io.StringIO(EXPORTERS["csv"]().export_run(view_of(reason)))))

    assert [len(rows[0])] * 5 == [len(row) for row in rows[1:]]
    assert [] == [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "@", "+", "-"))]


def test_csv_has_a_row_for_each_answer() -> None:
    """What was not asked has no answer, and so no row."""
    rows = list(csv.DictReader(io.StringIO(EXPORTERS["csv"]().export_run(view_of("says no")))))

    assert ["passed", "failed", "errored", "unscored", "passed"] == [row["outcome"] for row in rows]
    assert ("names-it", "says no", "0.25", "1") == tuple(
        rows[1][name] for name in ("failed_checks", "reason", "latency_s", "line")
    )


def test_a_comparison_has_a_row_for_each_case_that_turned() -> None:
    """Flips, shifts and what was left out; what stayed as it was has none."""
    comparison = compare_runs(*(score_run(run) for run in _two_runs()))
    rows = list(csv.DictReader(io.StringIO(_said("csv", comparison))))

    assert [("lost", "1.0", "0.0"), ("not compared: added", "", "")] == [
        (row["change"], row["before"], row["after"]) for row in rows
    ]
    assert EXPORTERS["junit"]().export_comparison(comparison) is None
    assert comparison == type(comparison).model_validate_json(_said("json", comparison))
    assert "geo/capitals/a" in _said("markdown", comparison)


def test_markdown_begins_with_the_decision() -> None:
    """A reviewer reads the first line, and the rest where it says no."""
    text = EXPORTERS["markdown"]().export_run(view_of("says no"))

    assert text.startswith("## ❌ The gate failed\n\n- ❌ `geo/capitals` at `model`: `overall = 100%")
    assert len(text) < 65_536


def _said(name: str, comparison: RunComparison) -> str:
    said = EXPORTERS[name]().export_comparison(comparison)
    assert said is not None
    return said


def _two_runs() -> Iterator[RunResult]:
    kept: list[Case] = [make_case("a"), make_case("same")]
    yield make_run(make_eval(kept), outcomes_of({"a": "+", "same": "+"}))
    yield make_run(make_eval([*kept, make_case("new")]), outcomes_of({"a": "-", "same": "+", "new": "+"}))


@given(reason=st.sampled_from(_TRICKS))
def test_words_of_others_stand_in_code(reason: str) -> None:
    """Outside of code a name is told of the comment, and an image is loaded by whoever reads it."""
    view = view_of(reason)
    assert view.gate is not None
    evals = tuple(found.model_copy(update={"doubts": (reason,)}) for found in view.gate.evals)
    gate = view.gate.model_copy(update={"evals": evals, "notes": (reason,)})

    text = EXPORTERS["markdown"]().export_run(RunView(view.report, view.cases, gate))
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", re.sub(r"(?ms)^ *```.*?^ *```$", "", text))

    assert [] == [word for word in ("@maintainer", "evil.example", "<x>", "owned") if word in outside]
