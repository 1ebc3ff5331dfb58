"""What the pages look like: nothing sticks out, nothing is too faint, and pictures for people to look at."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.site.conftest import CASE, COMPARISON, EVAL, RUN, Visitor

PICTURES = Path(__file__).parents[2] / "build" / "screenshots"

# The ratio of contrast of each visible text to what lies behind it, by the definition of WCAG 2.
_FAINT = """
() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const paint = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement;
    if (!node.data.trim() || !own.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (getComputedStyle(own).clipPath !== "none" || own.closest(".ev-hidden")) continue;
    const behind = ["white"];
    for (let up = own; up; up = up.parentElement) behind.splice(1, 0, getComputedStyle(up).backgroundColor);
    const [a, b] = [light(paint([...behind, getComputedStyle(own).color])), light(paint(behind))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    seen += 1;
    if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${own.className} ${node.data.trim().slice(0, 40)}`);
  }
  return [seen, faint];
}
"""

_COLOURS = """
async (png) => {
  const image = await createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))]));
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const pixels = new Uint32Array(canvas.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  return [counts.size, Math.max(...counts.values()) / pixels.length];
}
"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1360), ("dark", 1360), ("light", 390), ("dark", 390)])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("eval", EVAL),
        ("case", CASE),
        ("run", RUN),
        ("runs", "runs/"),
        ("comparison", COMPARISON),
        ("library", "evals/"),
        ("vendor", "evals/harborline/"),
    ],
)
def test_a_page_fits_its_window(
    visit: Visitor, name: str, path: str, scheme: Literal["light", "dark"], width: int
) -> None:
    """No sideways scrolling, and everything of weight lies within the window."""
    page = visit(path, scheme=scheme, width=width).page
    _take_picture(page, f"{name}-{scheme}-{width}")

    assert width == page.evaluate("document.documentElement.scrollWidth")
    for key in (
        "h1",
        ".ev-avatar",
        ".ev-tiles",
        ".ev-sample",
        ".ev-outcome[open]",
        ".ev-action",
        ".ev-cards",
        ".ev-search",
    ):
        for box in (each.bounding_box() for each in page.locator(f"article {key}").all() if each.is_visible()):
            assert box is not None
            assert 0 <= box["x"] <= width - box["width"], key
            assert min(box["width"], box["height"]) >= 16, key


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [EVAL, CASE, RUN, COMPARISON, "evals/", "evals/quill/citations/"])
def test_no_text_is_faint(visit: Visitor, path: str, scheme: Literal["light", "dark"]) -> None:
    """Measured from the colours as computed, also where axe gives up."""
    page = visit(path, scheme=scheme).page
    page.evaluate("document.querySelectorAll('article details').forEach((each) => (each.open = true))")
    seen, faint = page.evaluate(_FAINT)

    assert [] == faint
    assert seen > 20


def test_faint_text_would_be_noticed(visit: Visitor) -> None:
    """A measure that never fails measures nothing."""
    page = visit(EVAL).page
    page.evaluate("document.querySelector('.ev-lead').style.setProperty('color', '#999')")

    assert 1 == len(page.evaluate(_FAINT)[1])


def test_light_and_dark_differ(visit: Visitor) -> None:
    """Each follows what the reader's system asks for."""
    behind = [
        visit(EVAL, scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]

    assert behind[0] != behind[1]


@pytest.mark.parametrize("path", [EVAL, "evals/"])
def test_a_picture_is_not_blank(visit: Visitor, path: str) -> None:
    """Text and colours were painted."""
    page = visit(path).page
    colours, largest = page.evaluate(_COLOURS, _encode(page.screenshot()))

    assert colours > 200
    assert 0.3 < largest < 0.98


def test_paper_shows_what_is_folded_and_no_buttons(visit: Visitor) -> None:
    """Nothing can be opened there."""
    page = visit(CASE).page
    page.emulate_media(media="print")
    answers = page.locator(".ev-text--answer")

    assert answers.count() >= 20
    assert [] == [at for at in range(answers.count()) if not answers.nth(at).is_visible()]
    assert [] == [each for each in page.locator("article button").all() if each.is_visible()]


def _take_picture(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    # With the window as high as the page, Material does not hide what it hides while scrolling.
    size = page.viewport_size
    assert size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(height, 16_000)})
    page.screenshot(path=PICTURES / f"{name}.png")
    page.set_viewport_size(size)


def _encode(png: bytes) -> str:
    from base64 import b64encode

    return b64encode(png).decode()
