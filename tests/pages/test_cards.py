"""The pictures that show where somebody links to an eval: what they say, and that nothing is drawn that is missing."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFont

from evalc.base.assets import asset_folder
from evalc.pages._card import DRAWABLE, Card, card_of
from evalc.pages._drawing import HEIGHT, WIDTH, draw_card
from evalc.pages._faces import Face
from evalc.pages._legible import make_legible
from evalc.pages._words import say
from evalc.pages.contract import Library
from evalc.pages.eval import EvalPage
from tests.pages.example import example_library, report_of
from tests.pages.example_cases import DEPLOYMENTS
from tests.pages.payloads import poisoned_library
from tests.pages.reading import parse, visible_text

_WORD = "W" * 400


def _card(title: str = "Capitals", *, marks: Sequence[str] = ("one 80%",), lead: str = "Lead.") -> Card:
    found = tuple(("passed", said) for said in marks)
    return Card("For Atlas", "Search", title=title, lead=lead, face=Face("A", 3), facts="9 cases", marks=found)  # type: ignore[arg-type]  # The verdict is one.


def _open(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_card_says_what_the_page_says() -> None:
    """Verdicts of scripts are marked as such here too."""
    library = example_library()
    cards = [card_of(library, eval_) for eval_ in library.catalog.evals]

    assert cards[0] is not None
    assert ("For Harborline", "AI Platform", "Deployments & Environments") == (
        cards[0].kicker,
        cards[0].category,
        cards[0].title,
    )
    assert any("scripted" in said for _, said in cards[0].marks)
    assert cards[-1] is not None
    assert (("not-run", "not run"),) == cards[-1].marks


def test_many_targets_are_counted() -> None:
    """There is room for three."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)
    first, *_ = library.reports_of(DEPLOYMENTS)
    many = [
        first.model_copy(update={"target": first.target.model_copy(update={"name": f"t{number}"})})
        for number in range(4)
    ]
    card = card_of(replace(library, report=report_of(library).model_copy(update={"evals": tuple(many)})), eval_)

    assert card is not None
    assert [f"{first.gate.verdict} 4"] == [said.split(" · ")[0] for _, said in card.marks]


def test_the_same_card_gives_the_same_bytes_at_the_same_address() -> None:
    """Builds compare byte by byte, and what was drawn before is found by its name."""
    assert draw_card(_card()) == draw_card(_card())
    assert _card().path == _card().path
    assert _card().path != _card(marks=["one 81%"]).path


@pytest.mark.parametrize("title", ["x", "Deployments & Environments", "many words " * 30, _WORD])
def test_a_picture_has_its_size_and_nothing_runs_over_its_edges(title: str) -> None:
    """Whatever the words are; places that show links take no other size."""
    picture = _open(draw_card(_card(title, lead=title, marks=[title[:60]] * 3))).convert("RGB")

    assert (WIDTH, HEIGHT) == picture.size
    for edge in ((WIDTH - 78, 0, WIDTH, HEIGHT), (0, HEIGHT - 40, WIDTH, HEIGHT)):
        right = picture.crop(edge).crop((16 if edge[0] == 0 else 0, 0, edge[2] - edge[0], edge[3] - edge[1]))
        assert [(right.width * right.height, (255, 255, 255))] == right.getcolors()


def test_words_are_seen() -> None:
    """A picture of nothing has the right size as well."""
    one, other = (_open(draw_card(_card(title))).tobytes() for title in ("Capitals", "Rivers"))

    assert one != other


def test_the_font_has_all_that_counts_as_drawable() -> None:
    """An empty box says that a site is broken."""
    font = ImageFont.truetype(
        io.BytesIO((asset_folder("theme", loose="site/theme") / "assets" / "inter-latin.woff2").read_bytes()), 40
    )

    def _shape(letter: str) -> bytes:
        image = Image.new("L", (80, 80))
        ImageDraw.Draw(image).text((10, 60), letter, fill=255, font=font, anchor="ls")
        return image.tobytes()

    missing = _shape("\U0010fffe")

    assert [] == [
        letter for letter in map(chr, range(0x3000)) if DRAWABLE.fullmatch(letter) and missing == _shape(letter)
    ]


def test_what_the_font_lacks_is_left_out_and_a_title_in_it_has_no_picture() -> None:
    """The theme's own picture shows instead."""
    library = example_library()
    eval_ = library.eval(DEPLOYMENTS)

    assert None is card_of(library, eval_.model_copy(update={"title": "首都"}))
    described = card_of(library, eval_.model_copy(update={"description": "首都 of Europe", "category": "検索"}))
    assert described is not None
    assert ("", "") == (described.lead, described.category)
    draw_card(described)


def test_pages_name_pictures_by_absolute_addresses_or_not_at_all() -> None:
    """Places that show links resolve no relative ones."""
    library = replace(example_library(address="https://evals.example.org/base"), has_cards=True)
    card = card_of(library, library.eval(DEPLOYMENTS))
    assert card is not None

    assert f"https://evals.example.org/base/{card.path}" == _meta(library)["og:image"]
    assert "summary_large_image" == _meta(library)["twitter:card"]
    emblem = _meta(replace(library, has_cards=False))["og:image"]
    assert "https://evals.example.org/base/assets/evalc/card.png" == emblem
    assert "og:image" not in _meta(replace(library, address=""))


def test_the_picture_of_the_theme_has_the_size_that_pages_tell() -> None:
    """They tell one for all."""
    content = (asset_folder("theme", loose="site/theme") / "assets" / "card.png").read_bytes()

    assert (WIDTH, HEIGHT) == _open(content).size


def test_whatever_stands_in_specs_becomes_a_picture_and_a_plain_address() -> None:
    """Texts meet the head of a page and a drawing library here."""
    library = replace(poisoned_library(), has_cards=True)
    drawn = 0
    for eval_ in library.catalog.evals:
        card = card_of(library, eval_)
        if card:
            assert card.path.removeprefix("assets/evalc/cards/").removesuffix(".png").isalnum()
            drawn += _open(draw_card(card)).size == (WIDTH, HEIGHT)

    assert drawn >= 20


def test_whatever_stands_in_specs_is_the_value_of_an_attribute_in_the_head() -> None:
    """Places that show links read these, and a text that ends one would begin an element."""
    library = poisoned_library()
    page = EvalPage()
    for eval_ in library.catalog.evals:
        made = page.render(library, eval_.id)
        found = {each.get("property"): each.get("content") for each in parse(made.head).iter("meta")}

        assert make_legible(made.title) == found["og:title"] == found["og:image:alt"]
        assert make_legible(made.description) == found["og:description"]


def test_every_slot_of_a_page_is_poisoned() -> None:
    """A part that is left out because something does not fit together is a part that nobody tries."""
    library = poisoned_library()
    [first, *_] = library.catalog.evals
    text = visible_text(EvalPage().render(library, first.id).body)

    for part in (
        "calibration.title",
        "corrected.title",
        "proven.title",
        "agreement.title",
        "changes.title",
        "results.title",
    ):
        assert say(part) in text


def _meta(library: Library) -> dict[str, str]:
    head = parse("<!doctype html><title>x</title>" + EvalPage().render(library, DEPLOYMENTS).head)
    found = [(each.get("property") or each.get("name") or "", each.get("content") or "") for each in head.iter("meta")]
    assert len(found) == len(dict(found))
    return dict(found)
