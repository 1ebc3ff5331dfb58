"""What each part of a text is, whatever the text."""

import pytest
from hypothesis import given

from evalc.syntax.colours import paint
from tests.colours.drawing import draw_truth
from tests.colours.soup import soups


@given(soups)
def test_everything_visible_has_one_colour(text: str) -> None:
    """A part without a colour would look like a part that was read, and two colours would be a guess."""
    strokes = paint(text)
    ends = [0, *(stroke.span.end for stroke in strokes)]

    assert all(end <= stroke.span.start < stroke.span.end for end, stroke in zip(ends, strokes, strict=False))
    assert "?" not in "".join(draw_truth(text).replace("?", " ").split("\n")[1::2])
    assert [] == [
        stroke
        for stroke in strokes
        if text[stroke.span.start].isspace() or "\n" in text[stroke.span.start : stroke.span.end]
    ]


@pytest.mark.parametrize(
    "before", ["", "case a: A\n  input:\n    ", "case a: A\n  about: x", "case a: A\n  must contain "]
)
def test_a_megabyte_of_spaces_is_nothing(before: str) -> None:
    """An editor paints at every key, and a pattern that tries each space anew would never come back."""
    shown = [stroke.colour for stroke in paint(before)]

    assert shown == [stroke.colour for stroke in paint(before + " " * (1 << 20) + "\n")]
