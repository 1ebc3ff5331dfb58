"""From words to checks, where a text case cannot say it."""

from hypothesis import given
from hypothesis import strategies as st

from evalc.base.source import Span
from evalc.checks import codes
from evalc.checks._reading import read_clause
from evalc.syntax.tree import Word, WordKind
from tests.checks.clauses import clause_of, reading_of

_KINDS: tuple[WordKind, ...] = ("name", "text", "pattern", "number", "path", "operator", "comma")
_TEXTS: dict[WordKind, st.SearchStrategy[str]] = {
    "name": st.sampled_from(
        "contain any all of be json near one match have words latency in call with and at most times before exactly "
        "satisfy resemble use language true start stop fit schema refuse within usage".split()
    ),
    "text": st.text(),
    "pattern": st.text(min_size=1),
    "number": st.from_regex(r"[+-]?[0-9]{1,9}(\.[0-9]{1,4})?", fullmatch=True),
    "path": st.sampled_from(["$", "$.a", '$["b c"][0]', "$[*].x", '$["\\q"]']),
    "operator": st.sampled_from(["=", "!=", "<", "<=", ">", ">="]),
    "comma": st.just(","),
}
_MARKS = st.sampled_from(["", "", "i", "%", "$", "s", "ms", "m", "kg"])


@st.composite
def _words(draw: st.DrawFn) -> tuple[Word, ...]:
    words = []
    for at, kind in enumerate(draw(st.lists(st.sampled_from(_KINDS), max_size=9))):
        text = draw(_TEXTS[kind])
        mark = draw(_MARKS) if kind in ("pattern", "number") else ""
        words.append(Word(kind, text, Span(100 + 10 * at, 100 + 10 * at + 9), mark))
    return tuple(words)


@given(_words())
def test_any_words_give_a_check_or_mistakes_inside_of_them(words: tuple[Word, ...]) -> None:
    """An author's slip must never be our exception, and its caret must stand in the clause."""
    reading = read_clause(words)

    assert bool(reading.verb) != bool(reading.mistakes)
    for mistake in reading.mistakes:
        assert mistake.message
        assert not words or words[0].span.start <= mistake.span.start <= mistake.span.end <= words[-1].span.end


def test_places_are_those_of_the_clause_that_was_read() -> None:
    """Clauses with equal words are read once, and their mistakes must not stand where the first one stood."""
    early, late = clause_of('must contain "a", "A"'), clause_of('should not contain "a", "A"')
    distance = late.words[0].span.start - early.words[0].span.start
    first, second = read_clause(early.words).mistakes[0], read_clause(late.words).mistakes[0]

    assert 6 == distance
    assert distance == second.span.start - first.span.start


def test_no_words_are_a_missing_verb() -> None:
    """A line that was cut behind `must` still has to be reported."""
    assert [codes.MISSING_VERB] == [mistake.code for mistake in read_clause(()).mistakes]


def test_a_pattern_that_is_written_with_escapes_is_marked_as_a_whole() -> None:
    """Where the source has more characters than the value, a caret counted in the value would point beside it."""
    word = Word("pattern", "a(", Span(20, 26))
    (mistake,) = read_clause((Word("name", "match", Span(14, 19)), word)).mistakes

    assert word.span == mistake.span


def test_arguments_leave_out_what_is_usual() -> None:
    """A check that learns a new word later must not change the fingerprints of all specs written before."""
    assert {"texts": ["a"]} == reading_of('must contain all of "a"').arguments


def test_texts_of_other_scripts_give_names_that_differ() -> None:
    """Names are Latin letters, so that nothing would be left of these texts and their ids would collide."""
    names = {reading_of(f'must contain "{text}"').default_name for text in ("巴黎", "東京", "Αθήνα")}

    assert 3 == len(names)
