"""Everybody can read the site: no violation of level A or AA, with a keyboard, in any colours and widths."""

from itertools import pairwise
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # It has no types.

from tests.site.conftest import CASE, COMPARISON, EVAL, RELEASE, RUN, Visitor

# An eval under the name that it had before, from where a reader is led on.
MOVED = "evals/harborline/environments/"

PAGES = [
    *(
        "",
        EVAL,
        CASE,
        EVAL + "idle-scaling/old/",
        RUN,
        COMPARISON,
        "machines/",
        "releases/",
        RELEASE,
        "runs/",
        "evals/",
        "evals/harborline/",
        "evals/quill/citations/",
        "categories/support-agent/",
        MOVED,
    ),
    *("404.html", "tutorial/", "write-a-spec/"),
    *("reference/", "reference/checks/have/", "reference/language/case/", "reference/findings/checks/"),
]

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 1360), ("light", 390), ("dark", 390)])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Visitor, path: str, scheme: Literal["light", "dark"], width: int) -> None:
    """Hidden text is not looked at, so all is open."""
    page = visit(path, scheme=scheme, width=width, stays=path == MOVED).page
    page.evaluate("document.querySelectorAll('article details').forEach((each) => (each.open = true))")
    found = Axe().run(page, options=_RULES).response["violations"]

    assert [] == [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found]


def test_axe_would_find_something(visit: Visitor) -> None:
    """A check that never fails says nothing."""
    page = visit(EVAL).page
    page.evaluate("document.querySelector('.ev-lead').setAttribute('role', 'img')")

    assert ["role-img-alt"] == [each["id"] for each in Axe().run(page, options=_RULES).response["violations"]]


@pytest.mark.parametrize("path", PAGES[1:])
def test_there_is_one_first_heading_and_no_level_is_left_out(visit: Visitor, path: str) -> None:
    """A screen reader's list of headings is a table of contents."""
    levels = visit(path, stays=path == MOVED).page.eval_on_selector_all(
        "article :is(h1, h2, h3, h4, h5)", "(all) => all.map((each) => Number(each.localName[1]))"
    )

    assert 1 == levels.count(1)
    assert [] == [(one, next_) for one, next_ in pairwise(levels) if next_ > one + 1]


def test_what_is_folded_opens_with_the_keyboard(visit: Visitor) -> None:
    """And what has the focus is seen to have it."""
    page = visit(CASE).page
    summary = page.locator("#target-2 > summary")
    summary.focus()
    page.keyboard.press("Enter")

    assert page.locator("#target-2[open]").count() == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert "solid" == summary.evaluate("(each) => getComputedStyle(each).outlineStyle")


def test_the_library_is_searched_and_filtered_with_the_keyboard_alone(visit: Visitor) -> None:
    """From the field, the filters are the next stops."""
    page = visit("evals/").page
    page.locator("#ev-query").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    page.locator("output").get_by_text("1 of 4 evals").wait_for()
