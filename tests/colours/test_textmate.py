"""The TextMate grammar says of each character what the grammar of the language says."""

import pytest
from hypothesis import example, given

from evalc.syntax.grammar import clause_parser
from tests.colours.corpus import CORPUS, ROOT
from tests.colours.drawing import draw, draw_truth
from tests.colours.soup import soups
from tests.colours.textmate import TextMate, colours

ENGINE = TextMate.read((ROOT / "grammar" / "evalc.tmLanguage.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CORPUS)
def test_editors_colour_a_spec_as_the_grammar_reads_it(name: str) -> None:
    """An editor that shows prose as a check, or a check as prose, tells its author something false."""
    text = CORPUS[name]

    assert draw_truth(text) == draw(text, colours(ENGINE.scopes(text)))


@given(soups)
@example("case a\n  must not.\n")
def test_editors_colour_broken_specs_as_the_grammar_reads_them(text: str) -> None:
    """A spec is broken most of the time that somebody writes it."""
    assert draw_truth(text) == draw(text, colours(ENGINE.scopes(text)))


def test_words_of_checks_are_cut_as_the_grammar_cuts_them() -> None:
    """Random texts hardly ever hold a pattern in which a slash stands between brackets."""
    words = [rule["match"] for rule in ENGINE.repository["words"]["patterns"][:-1]]
    terminals = {terminal.name: terminal.pattern.value for terminal in clause_parser().terminals}
    names = ["NUMBER", "PATH", "NAME", "PATTERN", "TEXT", "OPERATOR", "COMMA"]

    assert words == [terminals[name].replace("\\/", "/").replace("\n", "\\n") for name in names]
