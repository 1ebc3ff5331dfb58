"""The Pygments lexer shows specs, and parts of them, in the colours of the grammar."""

import pytest
from hypothesis import given
from markdown import markdown  # type: ignore[import-untyped]  # it has no types of its own
from pygments.lexers import get_lexer_by_name, get_lexer_for_filename

from evalc.pygments_lexer import TOKENS, EvalcLexer
from tests.colours.corpus import CORPUS
from tests.colours.drawing import Ranges, draw, draw_truth
from tests.colours.soup import soups

COLOURS = {token: colour for colour, token in TOKENS.items()}


@pytest.mark.parametrize("name", CORPUS)
def test_pages_colour_a_spec_as_the_grammar_reads_it(name: str) -> None:
    """A reader of the published guide sees the same colours as the author in the editor."""
    text = CORPUS[name]

    assert draw_truth(text) == draw(text, _colours(text))


@given(soups)
def test_no_character_is_lost_on_a_page(text: str) -> None:
    """What is shown on a page is copied from it, so it has to be the text."""
    pieces = list(EvalcLexer().get_tokens_unprocessed(text))

    assert text == "".join(piece for _, _, piece in pieces)
    assert [at for at, _, _ in pieces] == [
        sum(len(piece) for _, _, piece in pieces[:count]) for count in range(len(pieces))
    ]


@pytest.mark.parametrize(
    ("part", "drawn"),
    [
        ("severity: high\n", "severity: high\nffffffff. vvvv\n"),
        ("  must refuse\n  tags: a\n", "  must refuse\n  llll bbbbbb\n  tags: a\n  ffff. v\n"),
        ("must refuse\ninput:\n  {{a}}?\n", "must refuse\nllll bbbbbb\ninput:\nfffff.\n  {{a}}?\n  {{{{{~\n"),
        ("    5: x\n    1: y\n", "    5: x\n    f. v\n    1: y\n    f. v\n"),
        ("must refuse", "must refuse\nllll bbbbbb\n"),
        ("criterion tone: Tone\n  5: x\n", "criterion tone: Tone\nkkkkkkkkk nnnn. tttt\n  5: x\n  f. v\n"),
        ("nothing known\n\n  here\n", "nothing known\nkkkkkkk nnnnn\n  here\n  !!!!\n"),
    ],
)
def test_a_part_of_a_spec_is_read_below_a_header(part: str, drawn: str) -> None:
    """A page that explains a field shows the field alone, and it would be all errors."""
    assert drawn == draw(part, _colours(part))


def test_pygments_finds_the_lexer() -> None:
    """MkDocs and Sphinx ask by the name of the fence, `pygmentize` by the name of the file."""
    assert isinstance(get_lexer_by_name("evalc"), EvalcLexer)
    assert isinstance(get_lexer_for_filename("specs/a.evalc"), EvalcLexer)


def test_a_fence_in_markdown_is_shown_in_colour() -> None:
    """The examples of the guide go this way."""
    page = '```evalc\ncase a: A\n  must not contain "x"\n```\n'
    shown = markdown(page, extensions=["pymdownx.highlight", "pymdownx.superfences"])

    assert '<span class="nb">must</span> <span class="nb">not</span> <span class="nf">contain</span>' in shown


def _colours(text: str) -> Ranges:
    for at, token, piece in EvalcLexer().get_tokens_unprocessed(text):
        yield COLOURS[token], at, at + len(piece)
