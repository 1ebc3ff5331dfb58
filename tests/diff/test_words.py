"""Which words of a text changed."""

from hypothesis import example, given
from hypothesis import strategies as st

from evalc.diff.prose.words import compare_words, split_words

_TEXTS = st.lists(st.sampled_from(["v1", "v2", "is", "kept", "not", ",", ".", "\n", "  ", "don't", "日本"])).map(
    " ".join
)


@given(_TEXTS, _TEXTS)
@example("a b c", "a c b")
def test_the_words_of_both_texts_are_all_there_and_in_order(before: str, after: str) -> None:
    """A change that leaves out a word would show the reviewer a text that nobody wrote."""
    change = compare_words(before, after)

    assert split_words(before) == [word for mark, run in change.runs if mark != "added" for word in run]
    assert split_words(after) == [word for mark, run in change.runs if mark != "removed" for word in run]


@given(_TEXTS, _TEXTS)
def test_pieces_read_as_the_texts_do(before: str, after: str) -> None:
    """Pieces are what is printed; white space is single in them, and only a long common run is cut."""
    pieces = compare_words(before, after).pieces

    if not any("…" in piece.text for piece in pieces):
        assert after.split() == "".join(piece.text for piece in pieces if piece.kind != "removed").split()


@given(_TEXTS)
def test_equal_texts_have_no_change(text: str) -> None:
    """Else each unchanged prose of a catalog would be in the comment."""
    assert [] == [mark for mark, _ in compare_words(text, text).runs if mark != "same"]


def test_few_edits_in_a_long_text_are_found_each() -> None:
    """A changed figure in a page of policy is what the reviewer has to see, not the page."""
    words = [f"word{number}" for number in range(2000)]
    changed = ["changed" if number % 400 == 7 else word for number, word in enumerate(words)]
    change = compare_words(" ".join(words), " ".join(changed))

    assert ["word7", "word407", "word807", "word1207", "word1607"] == change.words("removed")


def test_texts_that_share_little_are_shown_as_replaced() -> None:
    """Aligning strangers costs the square of their length, and the confetti helps nobody."""
    change = compare_words(" ".join(f"a{n}" for n in range(5000)), " ".join(f"b{n}" for n in range(5000)))

    assert ["removed", "added"] == [mark for mark, _ in change.runs]


def test_a_long_common_run_is_cut_in_its_middle() -> None:
    """The words around a change tell where it is; the rest of the page would hide it."""
    same = " ".join(f"same{number}" for number in range(200))
    pieces = compare_words(f"old {same} end", f"new {same} end").pieces

    assert ["removed", "added", "same"] == [piece.kind for piece in pieces]
    assert len(pieces[-1].text) < 300
    assert ("same0", "end") == (pieces[-1].text.split()[0], pieces[-1].text.split()[-1])


def test_scripts_without_spaces_are_compared_by_character() -> None:
    """A Japanese sentence has no spaces; as one word, all of it would count as changed."""
    change = compare_words("返品は三十日以内", "返品は六十日以内")

    assert (["三"], ["六"]) == (change.words("removed"), change.words("added"))
