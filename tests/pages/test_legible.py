"""Untrusted text on a page hides nothing and moves nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.pages._files import page_types
from evalc.pages._legible import make_legible
from tests.pages.payloads import PAYLOADS, poisoned_library

_SEEN = (0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\x00b", "a␀b"),
        ("del\x7f", "del␡"),
        ("safe\u202egnp.exe", "safe⟦U+202E⟧gnp.exe"),
        ("zero\u200bwidth", "zero⟦U+200B⟧width"),
        ("tag\U000e0041", "tag⟦U+E0041⟧"),
        ("selector\U000e0101", "selector⟦U+E0101⟧"),
        ("lone\ud800", "lone⟦U+D800⟧"),
        ("soft\u00adhyphen", "soft⟦U+00AD⟧hyphen"),
        ("line\u2028separator", "line⟦U+2028⟧separator"),
        ("lone\rreturn", "lone␍return"),
        ("in\u200dside", "in⟦U+200D⟧side"),
        ("数\u200c\u200d数", "数⟦U+200C⟧⟦U+200D⟧数"),
        ("数\ufe00\ufe01", "数⟦U+FE00⟧⟦U+FE01⟧"),
    ],
)
def test_a_hidden_character_is_spelled_out(text: str, shown: str) -> None:
    """What a reader cannot see can change what the reader believes to be there."""
    assert shown == make_legible(text)


@pytest.mark.parametrize("text", ["tab\tand\nline", "👩\u200d🚀 ❤\ufe0f", "می\u200cخواهم", "Zoë — naïve “quotes” 数"])
def test_writing_of_all_scripts_stays(text: str) -> None:
    """Joiners and single variation selectors are part of how people and emoji are written."""
    assert text == make_legible(text)


def test_every_format_character_of_unicode_is_spelled_out_or_seen() -> None:
    """What is left of the category stands before digits or joins hieroglyphs, where a reader sees it."""
    seen = (range(0x600, 0x606), range(0x13430, 0x13460), *(range(code, code + 1) for code in _SEEN))
    left = [
        code
        for code in range(0x110000)
        if unicodedata.category(chr(code)) == "Cf" and make_legible(chr(code)) == chr(code)
    ]

    assert [] == [hex(code) for code in left if not any(code in codes for codes in seen)]


def test_both_kinds_of_line_break_are_one() -> None:
    """An answer from another system is no different to read."""
    assert "one\ntwo" == make_legible("one\r\ntwo")


@given(st.text())
def test_nothing_hidden_is_left_whatever_the_text(text: str) -> None:
    """Categories of Unicode say what the list of ranges must hold."""
    hidden = {"Cc", "Cs", "Zl", "Zp"}
    left = {char for char in make_legible(text) if unicodedata.category(char) in hidden}

    assert left <= {"\t", "\n"}


@given(st.text())
def test_making_legible_twice_changes_nothing(text: str) -> None:
    """Text passes here once for each macro that hands it on."""
    once = make_legible(text)

    assert once == make_legible(once)


def test_no_page_holds_a_hidden_character() -> None:
    """Macros hand on markup, joined and put together: none of these ways may go around."""
    library = poisoned_library([text for text in PAYLOADS if text != make_legible(text)])
    pages = [kind.render(library, subject) for kind in page_types() for subject in kind.subjects(library)]

    assert len(pages) > 6
    for page in pages:
        for html in (str(page.head), str(page.body)):
            assert html == make_legible(html), page.path
