"""Whatever specs, answers and judges say, it is text: nothing runs, nothing loads, nothing moves."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Error, Page

from evalc.pages._legible import make_legible
from tests.pages.payloads import PAYLOADS, poisoned_library
from tests.site.building import build_site, serve
from tests.site.conftest import CASE, COMPARISON, EVAL, RELEASE, RUN, Visitor

# What a browser made of a page that text must never become.
_LOOK = r"""
() => {
  const found = [];
  const article = document.querySelector(".ev") ?? document.body;
  const known = new Set((
    "a b blockquote button caption circle code dd desc details div dl dt fieldset figcaption figure form h1 h2 h3" +
    " h4 header img input label legend li line nav ol option output p path pre rect section select small span summary" +
    " svg symbol table tbody td template tfoot th thead time title tr ul use"
  ).split(" "));
  for (const each of article.querySelectorAll("*")) {
    if (!known.has(each.localName)) found.push(`element ${each.localName}`);
    for (const { name, value } of each.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") found.push(`attribute ${name}`);
      if (["href", "src", "action", "xlink:href"].includes(name)) {
        const url = new URL(value, location.href);
        const places = ["http://127.0.0.1:", "https://code.example.org/", "data:image/svg+xml;base64,"];
        if (!places.some((place) => url.href.startsWith(place))) found.push(`link ${value}`);
      }
    }
  }
  for (const each of document.querySelectorAll("script:not([src])")) {
    if (/window\.ran/.test(each.textContent) && each.type !== "application/ld+json") found.push("script");
  }
  if (document.querySelectorAll("base, iframe, object, embed, meta[http-equiv=refresh]").length) found.push("frame");
  if (["top", "__config", "__search"].some((id) => document.querySelectorAll(`#${id}`).length > 1)) found.push("id");
  if (window.ran) found.push(`ran ${window.ran} times`);
  return found;
}
"""

_CONVERSATION = "refuses-key-sharing"
_OTHERS = ("promote-validated-build", "rollback-keeps-evidence", "handover-note", "idle-scaling/old")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site in which every text is a payload."""
    with serve(build_site(poisoned_library(), tmp_path_factory.mktemp("poisoned"))) as found:
        yield found


class Watched:
    """A browser profile that remembers dialogs and requests to elsewhere."""

    def __init__(self, browser: Browser, *, has_policy: bool) -> None:
        self.context: BrowserContext = browser.new_context(bypass_csp=not has_policy)
        self.noted: list[str] = []
        self.page = self._open()

    def look(self, address: str) -> list[str]:
        """What is wrong with a page once it was opened, unfolded, focused and moved over."""
        self.noted = []
        try:
            self.page.goto(address)
            self.page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
            self.page.mouse.move(400, 300)
            self.page.keyboard.press("Tab")
            found: list[str] = self.page.evaluate(_LOOK)
        except Error:
            found = ["left for another page"]
            self.page.close()
            self.page = self._open()
        return found + self.noted

    def _open(self) -> Page:
        page = self.context.new_page()
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self._note(request.url))
        return page

    def _dismiss(self, dialog: Dialog) -> None:
        self.noted.append("dialog")
        dialog.dismiss()

    def _note(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:")):
            self.noted.append(f"request {url}")


@pytest.fixture
def unguarded(browser: Browser) -> Iterator[Watched]:
    """A profile that ignores policies, so that escaping stands alone."""
    watched = Watched(browser, has_policy=False)
    yield watched
    watched.context.close()


def test_no_payload_does_anything_on_any_page(unguarded: Watched, poisoned: str) -> None:
    """Each text slot of specs, rubrics, answers, judgements and runs holds each payload in turn."""
    assert len(PAYLOADS) >= 40
    for number, payload in enumerate(PAYLOADS):
        paths = [f"evals/vendor-{number}/deployments/"]
        # The conversation, and one of the other cases.
        paths += [f"evals/vendor-{number}/deployments/{name}/" for name in (_CONVERSATION, _OTHERS[number % 4])]
        paths += [f"comparisons/vendor-{number}/deployments/"] * (number % 3 == 0)
        # A vendor's page puts the same texts into fewer kinds of places.
        paths += [f"evals/vendor-{number}/"] * (number % 6 == 0)
        for path in paths:
            assert [] == unguarded.look(poisoned + path), payload
            title = unguarded.page.locator("h1").evaluate("(each) => each.firstChild.textContent")

            assert make_legible(payload).strip() in title, payload
            # A title that closes the script would end the linked data in the middle.
            linked = unguarded.page.locator("script[type='application/ld+json']").all_text_contents()
            assert {payload} >= {json.loads(text)["name"] for text in linked}
    for path in ("evals/", "releases/", "runs/"):
        assert [] == unguarded.look(poisoned + path)
    unguarded.page.goto(poisoned + "releases/")
    releases = unguarded.page.locator(".ev-releases li a").evaluate_all("(all) => all.map((each) => each.href)")
    assert len(releases) >= len(PAYLOADS) - 2
    for address in releases:
        assert [] == unguarded.look(address)
    unguarded.page.goto(poisoned + "runs/")
    runs = unguarded.page.locator(".ev-runs tbody a").evaluate_all("(all) => all.map((each) => each.href)")
    assert len(runs) >= len(PAYLOADS) - 2, "runs of the same name are one"
    for address in runs:
        assert [] == unguarded.look(address)


@pytest.mark.parametrize("words", ["script", "javascript", "onfocus"])
def test_searching_runs_nothing(unguarded: Watched, poisoned: str, words: str) -> None:
    """Material inserts what it found as markup, and the library makes cards of it."""
    unguarded.page.goto(poisoned + "evals/")
    unguarded.page.locator("#ev-query").press_sequentially(words)
    unguarded.page.locator("output").get_by_text(" of ").wait_for()
    cards = unguarded.page.locator("[data-ev-cards] > li").count()
    unguarded.page.locator("[data-md-component=search-query]").first.click()
    unguarded.page.keyboard.type(words)
    unguarded.page.locator(".md-search-result__item").first.wait_for()

    assert cards > 0
    assert [] == unguarded.page.evaluate(_LOOK) + unguarded.noted
    assert 0 == unguarded.page.locator(".md-search-result :is(script, img, iframe, svg[onload], form)").count()


def test_the_same_look_sees_payloads_where_they_work(unguarded: Watched, tmp_path: Path) -> None:
    """A harness that is blind finds nothing either: here is a page that prints text as it comes."""
    hits = []
    for number, payload in enumerate(PAYLOADS):
        body = payload.encode("utf-8", "replace")
        page = b"<!doctype html><title>" + body + b"</title><article>" + body
        page += b"<a title='" + body + b"' href='" + body + b"'>x</a><input value=\"" + body + b'"></article>'
        (tmp_path / f"{number}.html").write_bytes(page)
    with serve(tmp_path) as address:
        hits = [number for number in range(len(PAYLOADS)) if unguarded.look(f"{address}{number}.html")]

    assert len(hits) >= 24


def test_the_policy_stops_a_script_that_got_in(visit: Visitor) -> None:
    """The second wall, for the day on which the first has a hole."""
    found = visit(EVAL)
    found.page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = 1";
          document.body.append(script);
          document.querySelector("h1").setAttribute("onclick", "window.ran = 2");
          document.querySelector("h1").click();
          document.body.insertAdjacentHTML("beforeend", "<img src='https://elsewhere.example/pixel.png'>");
        }"""
    )
    found.page.wait_for_function("() => window.violations.length >= 3")

    assert None is found.page.evaluate("window.ran ?? null")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "write-a-spec/",
        EVAL,
        CASE,
        "evals/",
        "evals/harborline/",
        RUN,
        COMPARISON,
        "runs/",
        "releases/",
        RELEASE,
        "machines/",
        "404.html",
    ],
)
def test_pages_keep_their_policy_and_stay_on_this_machine(visit: Visitor, path: str) -> None:
    """Nothing that a page does for its readers needs what the policy refuses."""
    found = visit(path)
    found.page.locator("label[for=__palette_1]").first.click()
    search = found.page.locator("[data-md-component=search-query]").first
    search.click()
    found.page.keyboard.type("deploy")
    found.page.locator(".md-search-result__item").first.wait_for()

    assert [] == found.violations()
    assert [] == found.outside()
    assert [] == found.errors
    assert found.page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
