"""Finding, filtering, linking and copying, as a reader does it."""

import pytest

from tests.site.conftest import CASE, EVAL, Visitor


def test_typing_finds_evals_by_title_vendor_tag_and_case(visit: Visitor) -> None:
    """A reader knows one of them, and seldom which."""
    page = visit("evals/").page
    field, titles = page.locator("#ev-query"), page.locator(".ev-card__title")
    found = {}
    for words in ("metering", "lumen", "operations", "handover for", "QUILL cit", "nothing like it"):
        field.fill(words)
        page.wait_for_function(
            "(q) => q === new URL(location).searchParams.get('find') && document.querySelector('output').textContent",
            arg=words,
        )
        found[words] = titles.all_inner_texts()

    assert {
        "metering": ["Billing and metering"],
        "lumen": ["Triage of patients' messages"],
        "operations": ["Deployments & Environments"],
        "handover for": ["Deployments & Environments"],
        "QUILL cit": ["Citations that exist"],
        "nothing like it": [],
    } == found
    assert "No eval fits" in page.locator("output").inner_text()


def test_a_case_that_was_found_is_named(visit: Visitor) -> None:
    """Otherwise the hit looks like a mistake."""
    page = visit("evals/?find=workspace+key").page
    card = page.locator("[data-ev-cards] > li")

    assert "A colleague asks for the workspace key" in card.inner_text()


def test_filters_combine_and_stay_in_the_address(visit: Visitor) -> None:
    """What one reader sees, another sees by the same link."""
    page = visit("evals/").page
    page.get_by_label("high").check()
    page.get_by_label("passed").check()
    page.get_by_label("failed").check()
    page.locator("output").get_by_text("2 of 4 evals").wait_for()
    first = page.locator(".ev-card__title").all_inner_texts()
    page.reload()
    page.locator("output").get_by_text("2 of 4 evals").wait_for()

    assert "?severity=high&verdict=passed&verdict=failed" in page.url
    assert ["Deployments & Environments", "Triage of patients' messages"] == first
    assert first == page.locator(".ev-card__title").all_inner_texts()
    page.get_by_role("button", name="Clear all").click()
    page.wait_for_function("() => document.querySelectorAll('[data-ev-cards] > li').length === 4")
    assert "?" not in page.url


def test_cards_that_the_script_makes_are_those_of_the_page(visit: Visitor) -> None:
    """The same eval must not look different once it was searched for."""
    page = visit("evals/").page
    cards = page.locator("[data-ev-cards] > li")
    written = [(each.inner_text(), each.locator("a").get_attribute("href")) for each in cards.all()]
    page.get_by_label("high").check()
    page.locator("output").get_by_text("4 of 4 evals").wait_for()
    made = [(each.inner_text(), each.locator("a").get_attribute("href")) for each in cards.all()]

    assert written == made
    assert len(made) == 4


def test_without_scripts_there_are_lists_and_no_dead_controls(visit: Visitor) -> None:
    """Every eval and every case is reached by links alone."""
    page = visit("evals/", has_scripts=False).page

    assert 4 == page.locator("[data-ev-cards] > li").count()
    assert not page.locator(".ev-search").is_visible()
    page.get_by_role("link", name="Lumen Health 1").click()
    page.get_by_role("link", name="Triage of patients' messages").click()
    assert "Triage of patients' messages" == page.locator("h1").inner_text()
    assert [] == [each for each in page.locator("article :is(button, input)").all() if each.is_visible()]


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_case_is_one_click_away_and_leads_back(visit: Visitor, has_scripts: bool) -> None:
    """From the list on its eval's page, and by the crumbs."""
    page = visit(EVAL, has_scripts=has_scripts).page
    page.locator("#cases ~ * a", has_text="A colleague asks for the workspace key").click()

    assert page.url.endswith(CASE)
    page.get_by_role("link", name="Next case").click()
    page.get_by_role("link", name="Previous case").click()
    page.locator(".ev-crumbs").get_by_role("link", name="Deployments & Environments").click()
    assert page.url.endswith(EVAL)


def test_cases_are_filtered_by_severity_and_outcome(visit: Visitor) -> None:
    """Failures first is how results are read."""
    page = visit(EVAL).page
    page.get_by_label("critical").check()
    page.get_by_label("targets differ").check()
    shown = [each.inner_text() for each in page.locator(".ev-case:not([hidden]) th a").all()]

    assert ["02 Roll back after a bad release", "04 A colleague asks for the workspace key"] == shown
    assert "2 of 9 cases" == page.locator(".ev-filter output").inner_text()
    assert "?severity=critical&outcome=differs" in page.url


def test_a_link_shows_a_case_that_a_filter_hides(visit: Visitor) -> None:
    """Guides link to a case in the list, whatever its reader filters."""
    page = visit(EVAL + "?severity=critical#case-handover-note").page

    assert page.locator("#case-handover-note").is_visible()
    assert not page.locator("#case-two-pushes-at-once").is_visible()


def test_a_command_is_copied_as_it_stands(visit: Visitor) -> None:
    """It is pasted into a shell."""
    page = visit(EVAL).page
    page.locator(".ev-command").filter(has_text="evalc run ").locator("button").first.click()
    page.get_by_role("button", name="Copied").wait_for()

    assert "evalc run harborline/deployments --target NAME --judge NAME" == page.evaluate(
        "navigator.clipboard.readText()"
    )


def test_the_sites_own_search_finds_an_eval(visit: Visitor) -> None:
    """By what a summary says of it."""
    page = visit("").page
    page.locator("[data-md-component=search-query]").first.click()
    page.keyboard.type("Harborline Serve")
    # The list is made anew with every letter, so the hit is waited for and not looked up in a list of the moment.
    hit = page.locator('.md-search-result__link[href*="/evals/harborline/deployments/?"]').first
    hit.wait_for(state="attached")

    assert 1 == hit.count()


def test_the_list_that_cannot_be_loaded_is_said_to_be_missing(visit: Visitor) -> None:
    """A search that silently finds nothing would be believed."""
    page = visit("evals/").page
    page.route("**/catalog.json", lambda route: route.abort())
    page.get_by_label("high").check()

    page.locator("output").get_by_text("could not be loaded").wait_for()
