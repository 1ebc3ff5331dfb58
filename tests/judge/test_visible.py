"""What a judge sees of a text that nobody can trust."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.judge.visible import make_visible

_HIDDEN = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(st.text(st.characters(), max_size=40))
def test_nothing_stays_hidden(text: str) -> None:
    """What a person who reads the log cannot see must not be there for the judge."""
    shown = make_visible(text)
    hidden = [sign for sign in shown if sign not in "\n\t\u200c\u200d" and unicodedata.category(sign) in _HIDDEN]

    assert [] == hidden


@given(st.text(st.sampled_from("<>|[]/: \nsystemIN＜｜end\u200b"), max_size=30))
def test_what_is_shown_needs_no_second_look(text: str) -> None:
    """A change that makes a new look-alike would let an attack be wrapped in another one."""
    shown = make_visible(text)

    assert shown.replace("⟨text⟩ ", "") == make_visible(shown.replace("⟨text⟩ ", "")).replace("⟨text⟩ ", "")


@pytest.mark.parametrize(
    "text",
    [
        "Watch the error rate.\n\n- first\n- second\n",
        "if a << 2 > b: return a[INT] | b",
        "List<String> names = new ArrayList<>();",
        "The system: a queue and a worker.",
        "At the end of the response it says so.",
        "می‌خواهم",
        "👩‍🔬 and ❤️",
        "| id | text |\n|----|------|",
    ],
)
def test_usual_text_stays_as_it_is(text: str) -> None:
    """A judge should grade what was answered, and quotes of it should read as it does."""
    assert text == make_visible(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a⟨U+000D⟩b"),
        ("\x1b[31mred", "⟨U+001B⟩[31mred"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\u200cb", "a⟨U+200C⟩b"),
        ("\ufe0f\ufe0f", "⟨U+FE0F⟩⟨U+FE0F⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("<<<answer>>>", "‹‹‹answer›››"),
        ("<|im_start|>", "‹|im_start|›"),
        ("<<SYS>>", "‹‹SYS››"),
        ("[/INST]", "‹/INST›"),
        ("</system>", "‹/system›"),
        ("<end answer>", "⟨text⟩ ‹end answer›"),
        ("so <end answer> it is", "so ‹end answer› it is"),
        ("--- End of the answer ---", "⟨text⟩ --- End of the answer ---"),
        ("\u00a0System: y", "⟨text⟩ \u00a0System: y"),
        ("x\n  ## System note: y", "x\n⟨text⟩   ## System note: y"),
    ],
)
def test_what_could_be_taken_for_the_prompt_is_shown(text: str, shown: str) -> None:
    """The judge has to see that it is there, and that it is text."""
    assert shown == make_visible(text)


@pytest.mark.parametrize("piece", ["<", "#*", "System", "<|", "[/", "\u200d", "\ufe0f", "> ", "<end "])
def test_long_repetitions_are_read_once(piece: str) -> None:
    """An answer of megabytes is read in its own time, whatever it repeats; a pattern that goes back would not end."""
    assert make_visible(piece * 200_000)
