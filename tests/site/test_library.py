"""The library: what its filters count, how they combine and sort, and a long list."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page

from evalc.pages.library import CARDS_SHOWN, VALUES_SHOWN
from tests.pages.example import catalog_of, example_library
from tests.site.building import build_site, serve
from tests.site.conftest import Visitor


def titles(page: Page) -> list[str]:
    """The titles of the evals that are shown."""
    return page.locator("[data-ev-cards] .ev-card__title").all_inner_texts()


def count(page: Page, name: str, value: str) -> str:
    """What stands behind a value of a filter."""
    return page.locator(f'input[name="{name}"][value="{value}"] ~ .ev-toggle__count').text_content() or ""


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?vendor=harborline", ["Deployments & Environments", "Billing and metering"]),
        ("?category=Legal+AI", ["Citations that exist"]),
        ("?agent=Support+Bot", ["Deployments & Environments"]),
        ("?metric=Tool+Selection", ["Deployments & Environments"]),
        ("?tag=factuality", ["Deployments & Environments"]),
        ("?scoring=rubric", ["Deployments & Environments"]),
        ("?verdict=not-run", ["Citations that exist"]),
        ("?vendor=quill&verdict=not-run", ["Citations that exist"]),
        ("?vendor=harborline&vendor=quill&find=exist", ["Citations that exist"]),
        ("?vendor=harborline&verdict=not-run", []),
    ],
)
def test_each_filter_is_in_the_address(visit: Visitor, query: str, found: list[str]) -> None:
    """Values of one filter widen it, filters narrow each other."""
    page = visit(f"evals/{query}").page
    page.wait_for_function("() => document.querySelector('.ev-search output').textContent")

    assert sorted(found) == sorted(titles(page))


def test_counts_say_what_each_value_would_leave(visit: Visitor) -> None:
    """A value of the same filter is another choice; one of another filter has to fit as well."""
    page = visit("evals/").page
    before = [count(page, "vendor", "quill"), count(page, "verdict", "not-run")]
    page.goto(page.url + "?vendor=harborline")
    page.wait_for_function("() => document.querySelector('.ev-search output').textContent")

    assert ["1", "1"] == before
    assert "1" == count(page, "vendor", "quill")
    assert "0" == count(page, "verdict", "not-run")
    assert "0" == count(page, "category", "Legal AI")
    page.get_by_role("button", name="Clear all").click()
    assert "1" == count(page, "category", "Legal AI")


def test_a_folded_filter_with_a_choice_is_open(visit: Visitor) -> None:
    """Who follows a link sees why so little is shown."""
    page = visit("evals/?tag=factuality").page

    assert page.get_by_label("factuality").is_visible()
    assert not page.get_by_label("Quill").is_visible()


@pytest.mark.parametrize(
    ("order", "first"),
    [("title", "Billing and metering"), ("cases", "Deployments & Environments")],
)
def test_evals_are_put_in_order(visit: Visitor, order: str, first: str) -> None:
    """By the select, and by the address that it makes."""
    page = visit("evals/").page
    page.get_by_label("Order").select_option(order)
    page.locator("output").get_by_text("4 of 4 evals").wait_for()

    assert first == titles(page)[0]
    assert page.url.endswith(f"?sort={order}")
    page.get_by_label("Order").select_option("")
    assert not page.url.count("?")


def test_an_eval_that_nothing_is_known_of_comes_last(visit: Visitor) -> None:
    """The lowest rate is looked for to find trouble, and one that was never run is none."""
    page = visit("evals/?sort=rate").page
    page.locator("output").get_by_text("4 of 4 evals").wait_for()

    assert "Citations that exist" == titles(page)[-1]


def test_categories_and_vendors_have_pages(visit: Visitor) -> None:
    """Plain lists, which need no script."""
    page = visit("evals/", has_scripts=False).page
    page.get_by_role("link", name="Medical & Clinical AI 1").click()

    assert "Medical & Clinical AI" == page.locator("h1").inner_text()
    page.get_by_role("link", name="Triage of patients' messages").click()
    assert page.url.endswith("/evals/lumen/triage/")


@pytest.fixture(scope="module")
def long_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with more evals than a page lists, each with a tag of its own."""
    library = example_library()
    [one] = [eval_ for eval_ in library.catalog.evals if eval_.name == "citations"]
    many = tuple(
        one.model_copy(
            update={
                "id": f"quill/e-{number:03}",
                "name": f"e-{number:03}",
                "title": f"No. {number}",
                "tags": (f"t{number:03}",),
                "cases": (),
            }
        )
        for number in range(CARDS_SHOWN + 90)
    )
    catalog = catalog_of(library).model_copy(update={"evals": many})
    settings = Path(tmp_path_factory.mktemp("long"))
    (settings / "docs").mkdir()
    (settings / "docs" / "index.md").write_text("# x\n", "utf-8")
    (settings / "mkdocs.yml").write_text("site_name: x\ntheme: material\n", "utf-8")
    site = build_site(replace(library, catalog=catalog), settings, settings=settings / "mkdocs.yml")
    with serve(site) as found:
        yield found


def test_a_long_list_goes_on(visit: Visitor, long_address: str) -> None:
    """The page is small, and everything can be reached from it."""
    page = visit("evals/", base=long_address).page
    first = titles(page)
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function(f"() => document.querySelectorAll('[data-ev-cards] > li').length === {CARDS_SHOWN + 60}")
    page.get_by_role("button", name="Show more").click()
    page.wait_for_function(f"() => document.querySelectorAll('[data-ev-cards] > li').length === {CARDS_SHOWN + 90}")

    assert CARDS_SHOWN == len(first)
    assert [f"No. {number}" for number in range(CARDS_SHOWN + 90)] == titles(page)
    assert not page.get_by_role("button", name="Show more").is_visible()


def test_a_filter_with_many_values_says_that_there_are_more(visit: Visitor, long_address: str) -> None:
    """The search finds the others."""
    page = visit("evals/", base=long_address).page
    page.locator("summary", has_text="Tag").click()

    assert VALUES_SHOWN == page.locator('input[name="tag"]').count()
    assert page.get_by_text(f"{90 + CARDS_SHOWN - VALUES_SHOWN} more are found by the search").is_visible()
