"""The specs of this repository prove their own checks."""

import pytest

from evalc.api.catalogs import compile_catalog, find_catalog
from evalc.checks._evaluation import evaluate_plain, open_check
from evalc.checks.contract import Answered
from evalc.lint._linting import lint
from evalc.model.catalog import Case, Check, Example
from evalc.model.exchange import Response
from evalc.syntax.format import format_tree
from tests.house.modules import ROOT

COMPILED = compile_catalog(find_catalog(ROOT / "specs"))
CASES = [pytest.param(case, id=case.id) for eval_ in COMPILED.catalog.evals for case in eval_.cases]
EXAMPLES = [
    pytest.param(case, example, id=f"{case.id}-{example.label}-{example.place.line}")
    for eval_ in COMPILED.catalog.evals
    for case in eval_.cases
    for example in case.examples
]


def test_the_catalog_is_clean() -> None:
    """What we publish ourselves is the first thing that an author imitates."""
    findings = [*COMPILED.findings, *lint(COMPILED, {})]

    assert [] == [f"{found.source.name}: {found.message}" for found in findings]
    assert CASES


def test_the_specs_are_laid_out_as_fmt_does() -> None:
    """A pull request to a spec shows what its author changed, and nothing that a formatter did."""
    assert [] == [path for path, tree in COMPILED.trees.items() if format_tree(tree) != tree.source.text]


@pytest.mark.parametrize(("case", "example"), EXAMPLES)
def test_an_example_breaks_what_it_names_and_nothing_else(case: Case, example: Example) -> None:
    """A check that an example passes by accident tells nothing, and one that it fails by accident misleads."""
    gating = gating_plain_checks(case)
    answered = Answered(case, (), Response.like(example))
    failed = {check.name for check in gating if evaluate_plain(check, answered).outcome != "passed"}

    assert set(example.breaks) & {check.name for check in gating} == failed


@pytest.mark.parametrize("case", CASES)
def test_every_gating_check_of_a_case_is_seen_to_pass_and_to_fail(case: Case) -> None:
    """Only an example that fails a check shows that the check can fail."""
    labels = {example.label for example in case.examples}
    broken = {name for example in case.examples for name in example.breaks}

    assert {"good", "bad"} == labels
    assert set() == {check.name for check in gating_plain_checks(case)} - broken


def gating_plain_checks(case: Case) -> list[Check]:
    """The checks of a case that decide, and that an example can show: without a judge, by what is said and called."""
    gating = [check for check in case.checks if check.level == "must" and not check.is_judged]
    return [check for check in gating if open_check(check).needs_answer_alone]
