"""Words against forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.base.source import Span
from evalc.syntax.phrase import END, Match, Mismatch, best_match, match, parse_form, spell
from evalc.syntax.tree import Word, WordKind

_KINDS: dict[str, WordKind] = {'"': "text", "/": "pattern", "$": "path", ",": "comma", "<": "operator", "=": "operator"}
_KINDS |= dict.fromkeys("0123456789", "number")


def words_of(line: str) -> tuple[Word, ...]:
    """Words parted by spaces, each of the kind of its first sign."""
    return tuple(
        Word(_KINDS.get(text[0], "name"), text.strip('"/'), Span(at, at + 1)) for at, text in enumerate(line.split())
    )


def test_slots_give_values_and_places() -> None:
    """A mistake in a value has to be marked where the value stands."""
    found = match("have <measure:words|lines> <operator:operator> <bound:number>", words_of("have lines <= 3"))

    assert (
        Match(
            {"measure": "lines", "operator": "<=", "bound": 3},
            {"measure": (1, 2), "operator": (2, 3), "bound": (3, 4)},
            frozenset({"have"}),
        )
        == found
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('contain "a"', {"contain"}),
        ('contain any of "a"', {"contain", "any", "of"}),
        ('contain "a" exactly', {"contain", "exactly"}),
    ],
)
def test_optional_words_are_told(line: str, said: set[str]) -> None:
    """A yes or no of a check is a word that is there or not."""
    found = match("contain [any of|all of] <texts:texts> [exactly]", words_of(line))

    assert isinstance(found, Match)
    assert said == found.said


def test_groups_may_stand_in_groups() -> None:
    """`exactly` belongs to the conditions, and without them there is nothing that it could be about."""
    form = "call <tool:tool> [with <conditions:conditions> [exactly]] [at most <most:count> (times|time)]"

    assert isinstance(match(form, words_of("call a with $.b = 1 and $.c in 1 , 2 exactly at most 1 time")), Match)
    assert Mismatch(2, ("`with`", "`at most`", END)) == match(form, words_of("call a exactly"))


@pytest.mark.parametrize(
    ("line", "at", "expected"),
    [
        ("contain", 1, ("`any of`", "`all of`", "a text in quotes")),
        ("contain any", 2, ("`of`",)),
        ('contain "a" ,', 3, ("a text in quotes",)),
        ('contain "a" "b"', 2, ("a comma", "`exactly`", END)),
        ('contain "a" exactly now', 3, (END,)),
        ("have", 0, ("`contain`",)),
    ],
)
def test_a_mismatch_tells_where_and_what_would_fit(line: str, at: int, expected: tuple[str, ...]) -> None:
    """From these two an error is made that can be acted upon."""
    assert Mismatch(at, expected) == match("contain [any of|all of] <texts:texts> [exactly]", words_of(line))


def test_of_several_forms_the_one_that_got_furthest_speaks() -> None:
    """The author had that form in mind; what the others expected earlier would mislead."""
    forms = ("call <tool:tool> [at most <most:count> times]", "call <tool:tool> before <later:tool>")

    assert Mismatch(2, ("`at most`", "`before`", END)) == best_match(forms, words_of("call a after b"))
    assert Mismatch(3, ("a tool's name",)) == best_match(forms, words_of("call a before 4"))
    assert isinstance(best_match(forms, words_of("call a before b")), Match)


@pytest.mark.parametrize(
    "form",
    ["contain [any of", "contain any of]", "contain (a|b]", "contain <texts:prose>", "contain <Texts:texts", "a|b"],
)
def test_a_form_that_is_not_well_made_is_refused(form: str) -> None:
    """A form that is read in part only would quietly allow less, or more, than its member says."""
    with pytest.raises(ValueError, match=r"form|bracket|slot"):
        parse_form(form)


@given(
    st.lists(
        st.sampled_from(["call", "a", "with", "$.b", "=", "1", ",", "and", "in", '"x"', "at", "most"]), max_size=10
    )
)
def test_any_words_match_or_tell_where_they_stop(line: list[str]) -> None:
    """Whatever was typed so far, completion needs a place in it and what may come there."""
    words = words_of(" ".join(line))
    found = match("call <tool:tool> [with <conditions:conditions>] [at most <most:count> times]", words)

    assert isinstance(found, Match) or (0 <= found.at <= len(words) and found.expected)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        (Word("text", 'a "b" \\ c\n\t', Span(0, 0)), r'"a \"b\" \\ c\n\t"'),
        (Word("pattern", "a/b", Span(0, 0), "i"), r"/a\/b/i"),
        (Word("pattern", r"a\/b\\/c", Span(0, 0)), r"/a\/b\\\/c/"),
        (Word("number", "0.02", Span(0, 0), "$"), "$0.02"),
        (Word("number", "80", Span(0, 0), "%"), "80%"),
        (Word("number", "800", Span(0, 0), "ms"), "800ms"),
        (Word("path", '$.a["b"]', Span(0, 0)), '$.a["b"]'),
    ],
)
def test_words_are_spelled_as_they_are_written(word: Word, text: str) -> None:
    """The formatter and the compiled spec write them, and the parser has to read the same again."""
    assert text == spell([word])


def test_words_are_joined_by_single_spaces_and_none_before_a_comma() -> None:
    """A comma inside of a text is the author's, whatever stands before it."""
    assert 'contain "a ,b", "c"' == spell(
        (Word("name", "contain", Span(0, 0)), Word("text", "a ,b", Span(0, 0)), *words_of(', "c"'))
    )
