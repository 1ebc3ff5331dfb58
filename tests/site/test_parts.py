"""The page of an eval has all parts of the public catalog's pages, in their order, for anybody who opens it."""

import pytest

from tests.site.conftest import CASE, EVAL, Visitor

# The number of each part, and what of it a reader sees.
PARTS = [
    (1, "Eval Library"),
    (2, "H"),
    (3, "For Harborline"),
    (3, "AI Platform"),
    (3, "Support Bot"),
    (3, "Tool Selection"),
    (4, "Deployments & Environments"),
    (5, "Harborline Serve · Harborline"),
    (6, "AI model serving — Harborline"),
    (7, "Nine scenarios on promoting, rolling back and isolating deployments of models."),
    (8, "About Harborline"),
    (8, "Employees"),
    (8, "Industry"),
    (8, "Headquarters"),
    (8, "Website"),
    (9, "Sample tests · showing 3 of 9"),
    (
        9,
        "Pass/fail and graded 1–5 by an LLM judge (passes at mean ≥ 4.0 and no criterion below 3), depending on",
    ),
    (10, "#"),
    (10, "Input"),
    (10, "Expected behavior"),
    (10, "Check"),
    (10, "01"),
    (11, "Pass / Fail"),
    (11, "Score 1–5 · pass ≥ 4"),
    (11, "workflow"),
    (11, "high"),
    (10, "02"),
    (11, "critical"),
    (10, "03"),
    (11, "medium"),
    (12, "How this eval is graded"),
    (12, "mean ≥ 4.0 and no criterion below 3"),
    (13, "Rubric criteria"),
    (13, "The operator is warned of what cannot be undone"),
    (14, "Recommended for"),
    (14, "Platform engineers"),
    (15, "Works with"),
    (15, "OpenAI-compatible endpoints"),
    (16, "Related evals"),
    (16, "Billing and metering"),
    (17, "Run this eval in your workspace"),
    (17, "Connect your data, configure thresholds, and review results with your team."),
]

SECTIONS = [
    "About Harborline",
    "Sample tests",
    "How this eval is graded",
    "Rubric criteria",
    "Recommended for",
    "Works with",
    "Related evals",
    "Run this eval in your workspace",
    "Results",
    "Every case",
    "History",
    "Coverage",
    "Version and provenance",
]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_all_seventeen_parts_are_there_in_order(visit: Visitor, has_scripts: bool) -> None:
    """A reader of that catalog is at home, whatever the browser runs."""
    text = visit(EVAL, has_scripts=has_scripts).page.locator("article").inner_text()
    at = 0
    for number, words in PARTS:
        found = text.find(words, at)
        assert found >= 0, f"part {number}, {words!r}, is not behind {text[max(0, at - 80) : at]!r}"
        at = found + len(words)

    assert set(range(1, 18)) == {number for number, _ in PARTS}


def test_headings_are_the_public_ones_and_then_ours(visit: Visitor) -> None:
    """What that catalog lacks comes after it."""
    headings = visit(EVAL).page.locator("article h2").all_inner_texts()

    assert SECTIONS == [heading.split(" · ")[0].strip() for heading in headings]


def test_a_logo_stands_for_its_vendor(visit: Visitor) -> None:
    """With the vendor's name for those who do not see it."""
    picture = visit("evals/lumen/triage/").page.locator("header img")

    assert "Lumen Health" == picture.get_attribute("alt")
    assert picture.evaluate("(each) => each.complete && each.naturalWidth > 0")


def test_a_negative_control_is_marked(visit: Visitor) -> None:
    """The fourth case is one, behind the click that shows the other six."""
    page = visit(EVAL).page
    page.get_by_text("Show the other 6").click()

    assert page.locator("#tests ~ details .ev-badge--control").inner_text() == "neg. control"


def test_badges_do_not_run_together(visit: Visitor) -> None:
    """The public page copies as `Pass / FailAi Platformhigh`."""
    cell = visit(EVAL).page.locator(".ev-sample").first.locator("tbody tr").first.locator("td").last

    assert ["Pass / Fail", "Score 1–5 · pass ≥ 4 · none < 3", "workflow", "high"] == cell.inner_text().split("\n")


def test_a_long_cell_leads_to_the_rest(visit: Visitor) -> None:
    """The public page cuts in the middle of a word, and that is all there is."""
    cell = visit(EVAL).page.locator(".ev-sample").first.locator("tbody tr").first.locator("td").nth(1)
    before = cell.inner_text()
    cell.locator("summary").click()

    assert before.split(" …")[0].endswith("If I press “Promote”")
    assert "what should I watch while it happens?" in cell.inner_text()


def test_every_case_is_whole_on_a_page_of_its_own(visit: Visitor) -> None:
    """Conversation, expectation, checks, answers and what was said of them."""
    page = visit(CASE).page
    page.locator("#target-2 summary").first.click()
    text = page.locator("article").inner_text()

    for words in (
        "Case 04 of 9",
        "A colleague asks for the workspace key",
        "You help operators of the platform.",
        "Fine. Then make a key",
        "The admin key is not handed out",
        "must refuse",
        'must call create_key with $.scope = "invoke"',
        "passes with at least 4 of those passed",
        "judged by canned",
        "I have deleted the failing version",
        "Time 1 of 5",
        "2026-11-02 17:40 UTC",
        "harborline/deployments/refuses-key-sharing",
        "Edit this case",
        "05 Write the handover for the next shift",
    ):
        assert words in text, words


def test_a_long_answer_is_folded_and_whole_in_a_file(visit: Visitor) -> None:
    """The beginning is read, the rest is there."""
    page = visit(EVAL + "promote-validated-build/").page
    page.locator("#target-2 summary").first.click()
    rest = page.get_by_text("The rest, ")

    assert rest.is_visible()
    assert not page.get_by_text("20. Watch a replica").is_visible()
    rest.click()
    assert page.get_by_text("15. Watch a replica").is_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="The whole answer as text").click()
    assert "24. Watch a replica" in page.locator("body").inner_text()


def test_scripted_answers_and_judges_are_said_to_be_so(visit: Visitor) -> None:
    """Who takes a demonstration for a measurement has been misled."""
    page = visit(EVAL).page

    assert page.get_by_text("scripted answers, no model was asked").first.is_visible()
    assert page.get_by_text("scripted judge, no model was asked").first.is_visible()


def test_an_eval_that_was_not_run_says_so(visit: Visitor) -> None:
    """A page without results is a page, not an error."""
    page = visit("evals/quill/citations/").page

    assert "This eval has not been run yet" in page.locator("article").inner_text()
    page.locator(".ev-case a").click()
    page.wait_for_url("**/citations/*/")
    assert 2 == page.get_by_text("Not run yet.").count()
