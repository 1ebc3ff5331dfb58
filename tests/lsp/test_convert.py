"""Places in a text as editors count them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from evalc.base.source import Source, Span
from evalc.lsp.convert import Ruler, read_text


@pytest.mark.parametrize(("encoding", "units"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_what_an_emoji_takes_depends_on_the_encoding(encoding: str, units: int) -> None:
    """An editor that is told the wrong column underlines the word beside the mistake."""
    ruler = Ruler(Source("a", "one\n🌍 two"), encoding)

    assert types.Position(1, units + 1) == ruler.position(6)
    assert 6 == ruler.offset(types.Position(1, units + 1))


def test_a_place_inside_of_a_pair_is_behind_it() -> None:
    """Half of a pair of surrogates is no place in a text."""
    assert 1 == Ruler(Source("a", "🌍x")).offset(types.Position(0, 1))


@pytest.mark.parametrize(
    ("position", "expected"), [((9, 0), 5), ((0, 99), 2), ((1, 99), 5)], ids=["line", "column", "last column"]
)
def test_a_place_behind_the_text_is_its_end(position: tuple[int, int], expected: int) -> None:
    """An editor asks about a text that it has changed meanwhile."""
    assert expected == Ruler(Source("a", "ab\ncd")).offset(types.Position(*position))


def test_line_ends_are_those_of_the_protocol() -> None:
    """U+2028 ends a line for Python and for no editor."""
    text = read_text("a\r\nb\rc\u2028d\x0ce\n\ud83df")

    assert "a\nb\nc\u2028d\x0ce\n\ufffdf" == text
    assert types.Position(3, 0) == Ruler(Source("a", text)).position(text.index("\ufffd"))


@given(st.text(alphabet="a🌍é\n \u2028"), st.data(), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_a_place_goes_there_and_back(text: str, data: st.DataObject, encoding: str) -> None:
    """What an editor is told is what it asks about next."""
    ruler = Ruler(Source("a", text), encoding)
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))

    assert span == ruler.span(ruler.range(span))
