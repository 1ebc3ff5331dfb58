"""The tree-sitter grammar says of each character what the grammar of the language says."""

import hashlib
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from tree_sitter import Language, Query, QueryCursor

from tests.colours.corpus import CORPUS
from tests.colours.drawing import draw, draw_truth
from tests.colours.soup import soups
from tests.colours.treesitter import FOLDER, build, colours, parse

HIGHLIGHTS = (FOLDER / "queries" / "highlights.scm").read_text(encoding="utf-8")
_CASE = re.compile(r"^=+\n([^\n]+)\n=+\n\n(.*?)\n-+\n\n(.*?)(?=^=+$|\Z)", re.MULTILINE | re.DOTALL)


def _trees() -> Iterator[tuple[str, tuple[str, str]]]:
    """The cases that `tree-sitter test` reads: title, then text and tree."""
    for path in sorted((FOLDER / "test" / "corpus").glob("*.txt")):
        yield from (
            (title, (text, tree.strip())) for title, text, tree in _CASE.findall(path.read_text(encoding="utf-8"))
        )


TREES = dict(_trees())


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """The grammar as this machine's compiler makes it."""
    return build(tmp_path_factory.mktemp("tree-sitter"))


@pytest.mark.parametrize("name", CORPUS)
def test_tree_sitter_colours_a_spec_as_the_grammar_reads_it(language: Language, name: str) -> None:
    """Neovim, Helix and Zed colour, fold and select by this tree."""
    text = CORPUS[name]

    assert draw_truth(text) == draw(text, colours(language, HIGHLIGHTS, text))


@given(text=soups)
def test_tree_sitter_colours_broken_specs_as_the_grammar_reads_them(language: Language, text: str) -> None:
    """Left to itself, tree-sitter mends a broken line by guessing, and may take the lines below with it."""
    assert draw_truth(text) == draw(text, colours(language, HIGHLIGHTS, text))
    assert not parse(language, text).has_error


@pytest.mark.parametrize("name", TREES)
def test_trees_are_those_of_the_corpus(language: Language, name: str) -> None:
    """Colours do not show what belongs to what; selecting and folding a case does."""
    text, tree = TREES[name]

    assert " ".join(tree.split()).replace(" )", ")") == re.sub(r"\b\w+: ", "", str(parse(language, text)))


def test_the_parser_was_made_from_the_grammar() -> None:
    """Who changes the grammar and forgets `make parser` would publish the parser of another language."""
    made_from = (FOLDER / "src" / "made-from.sha256").read_text(encoding="utf-8").split()[0]

    assert hashlib.sha256((FOLDER / "grammar.js").read_bytes()).hexdigest() == made_from


def test_folds_are_a_query_of_the_grammar(language: Language) -> None:
    """A query that names what is not there fails when an editor opens the first spec."""
    folds = Query(language, (FOLDER / "queries" / "folds.scm").read_text(encoding="utf-8"))
    found = QueryCursor(folds).captures(parse(language, CORPUS["a-whole-spec"]))["fold"]

    assert {"block", "nested", "field"} == {node.type for node in found}
