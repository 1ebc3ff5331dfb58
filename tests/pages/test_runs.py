"""Runs as pages show them: what went wrong first, and no more than a page can hold."""

from evalc.model.report import Report
from evalc.pages import run as run_page
from evalc.pages._flips import find_flips
from evalc.pages._rundown import CASES_SHOWN
from evalc.pages._runs import runs_of
from evalc.pages.contract import Library
from tests.pages.example import catalog_of, example_library
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.reading import visible_text

NEWEST = "run-2026-11-20"


def test_evals_that_did_not_pass_come_first() -> None:
    """Nobody reads on to find out what went wrong."""
    library = example_library()
    found = runs_of(library)[NEWEST].evals

    assert [False, False, True] == [each.is_settled for each in found]
    assert "lumen/triage" == found[-1].id


def test_flips_are_those_since_the_run_before_of_the_same_target() -> None:
    """Losses first; a case that changed or that nobody decided did not flip."""
    library = example_library()
    flips = runs_of(library)[NEWEST].flips

    assert [
        ("hasty", "rollback-keeps-evidence", True),
        ("steady", "rollback-keeps-evidence", False),
    ] == [(found.target.name, found.flip.case.name, found.flip.is_loss) for found in flips]


def test_under_another_judge_only_what_code_decides_can_flip() -> None:
    """A change of the judge's mind is not one of the target's."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    now, _, before, *_ = library.reports_of(DEPLOYMENTS)
    other = before.model_copy(update={"judge": None})

    assert find_flips(before, now, eval_=eval_)
    assert () == find_flips(other, now, eval_=eval_)


def test_a_large_run_shows_what_did_not_pass_and_says_what_it_left_out() -> None:
    """A page of all cases of a large catalog could not be opened."""
    library = example_library()
    [report] = [report for report in library.reports_of("lumen/triage") if report.run_id == NEWEST]
    [case] = report.cases
    eval_ = library.eval("lumen/triage")
    cases = tuple(
        eval_.cases[0].model_copy(update={"id": f"lumen/triage/c{number}"}) for number in range(CASES_SHOWN + 1)
    )
    reports = tuple(
        case.model_copy(update={"case_id": each.id, "outcome": "failed" if at == 7 else "passed"})
        for at, each in enumerate(cases)
    )
    evals = tuple(
        eval_.model_copy(update={"cases": cases}) if each is eval_ else each for each in library.catalog.evals
    )
    large = Library(
        catalog_of(library).model_copy(update={"evals": evals}),
        Report(evals=(report.model_copy(update={"cases": reports}),)),
    )
    page = run_page.RunPage().render(large, NEWEST)

    assert 1 == page.body.count("/c7/")
    assert "/c8/" not in page.body
    assert "150 cases are left out" in visible_text(page.body)


def test_a_run_with_an_odd_name_has_a_page_with_a_plain_one() -> None:
    """A log may say anything of itself."""
    library = example_library()
    report = library.report.evals[0].model_copy(update={"run_id": "../../etc"})
    odd = Library(library.catalog, Report(evals=(report,)))
    [path] = [run_page.RunPage().path(subject) for subject in run_page.RunPage().subjects(odd)]

    assert path.startswith("runs/")
    assert ".." not in path
    assert path in run_page.RunPage().render(odd, "../../etc").path


def test_a_run_of_an_eval_that_is_gone_is_still_a_page() -> None:
    """Results outlive what they were about."""
    library = example_library()
    gone = Library(catalog_of(library).model_copy(update={"evals": ()}), library.report)
    text = visible_text(run_page.RunPage().render(gone, NEWEST).body)

    assert "harborline/deployments" in text
