"""The parser takes any text, and reads a good one as lark's own lexer would."""

import subprocess
import sys
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedInput

from evalc.base.source import Source, Span
from evalc.syntax.grammar import IN_BRACKETS, OffsetLexer, Rows, clause_parser, clause_pattern, line_parser
from evalc.syntax.parser import parse
from evalc.syntax.tree import BlockDecl, ClauseDecl, FieldDecl, ProseDecl, RuleDecl, Tree
from tests.house.modules import ROOT
from tests.syntax import hostile
from tests.syntax.specs import SPEC, clauses, specs

# What hostile and careless texts are made of.
_PIECES = [
    "case a: A",
    "  input:",
    "    ",
    "  ",
    "\t",
    "\n",
    "#",
    '"',
    "/",
    "must ",
    "pass when ",
    " as ",
    ":",
    "=",
    "(",
    ")",
    "  good (",
]
_PIECES += [
    "\r",
    "\0",
    "\u202e",
    "\ud800",
    "use ",
    "let x",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "criterion ",
    "x",
]
soups = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


def _read(text: str) -> Tree:
    """The tree of a text, whose places and those of what was found lie in it."""
    source = Source("a.evalc", text)
    tree, findings = parse(source)
    for item in findings:
        assert 0 <= item.span.start <= item.span.end <= len(text)
        assert item.message
        for edit in item.fix.edits if item.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)
    assert tree.source is source
    _check_places(tree, len(text))
    return tree


def _check_places(node: object, end: int) -> None:
    if isinstance(node, Span):
        assert 0 <= node.start <= node.end <= end
    elif isinstance(node, tuple):
        for part in node:
            _check_places(part, end)
    elif is_dataclass(node) and not isinstance(node, Source):
        if isinstance(node, ProseDecl) and node.text:
            assert node.text.count("\n") + 1 == len(node.line_offsets)
        for part in dataclass_fields(node):
            _check_places(getattr(node, part.name), end)


@given(st.text(max_size=200) | soups)
def test_any_text_has_a_tree(text: str) -> None:
    """An author's mistake is never raised, whatever it is."""
    _read(text)


def test_brackets_are_one_thing_for_the_grammar_and_for_those_who_cut_a_line() -> None:
    """A line that the grammar takes for a field and its reader does not would be a crash."""
    grammar = (ROOT / "grammar" / "evalc.lark").read_text(encoding="utf-8")

    assert rf"BRACKETS:   /\({IN_BRACKETS}\)[ \t]*/" in grammar


@given(st.lists(st.tuples(st.integers(0, len(SPEC)), st.integers(0, 12), soups), max_size=4))
def test_any_edit_of_a_good_spec_has_a_tree(edits: list[tuple[int, int, str]]) -> None:
    """Editors parse at each keystroke."""
    text = SPEC
    for at, length, piece in edits:
        text = text[:at] + piece + text[at + length :]

    _read(text)


@given(st.integers(1, len(SPEC) - 1), st.sampled_from(["\n", "x", '"', ":", "  ", "\t"]))
def test_a_slip_in_one_block_leaves_the_others_alone(at: int, piece: str) -> None:
    """Column 0 always begins something new, so a mistake below it never spreads past it."""
    line = SPEC.rfind("\n", 0, at) + 1
    assume(SPEC[line] == " " and at > line)
    good, broken = _read(SPEC), _read(SPEC[:at] + piece + SPEC[at:])

    before = [block for block in good.blocks if block.span.end + 1 < at]
    after = [block for block in good.blocks if block.span.start > at + 1]
    assert [_words(block) for block in before] == [_words(block) for block in broken.blocks[: len(before)]]
    kept = broken.blocks[len(broken.blocks) - len(after) :]
    assert [_words(block) for block in after] == [_words(block) for block in kept]


def _words(block: BlockDecl) -> object:
    """A block without its places."""
    return [
        block.keyword.text,
        block.name.text,
        block.title and block.title.text,
        [
            _words(member)
            if isinstance(member, BlockDecl)
            else (member.name.text, member.value.text)
            if isinstance(member, FieldDecl)
            else member.text
            for member in block.body
        ],
    ]


@given(specs)
def test_a_good_spec_has_no_mistakes(text: str) -> None:
    """What the language allows is never complained about."""
    assert [] == [item.message for item in parse(Source("a.evalc", text))[1]]


@given(specs)
def test_places_hold_what_they_say(text: str) -> None:
    """A message, a rename or a jump is at the right place only if every node is."""
    tree = _read(text)

    def check(block: BlockDecl) -> None:
        assert block.keyword.text == text[slice(block.keyword.span.start, block.keyword.span.end)]
        assert block.name.text == text[slice(block.name.span.start, block.name.span.end)]
        for member in block.body:
            assert block.span.start < member.span.start <= member.span.end <= block.span.end
            if isinstance(member, BlockDecl):
                check(member)
            elif isinstance(member, ClauseDecl | RuleDecl):
                assert member.text == text[slice(member.span.start, member.span.end)]
            else:
                check_prose(member.value)

    def check_prose(prose: ProseDecl) -> None:
        for line, offset in zip(prose.text.split("\n"), prose.line_offsets, strict=True):
            assert line == text[offset : offset + len(line)]

    for block in tree.blocks:
        check(block)
    for let in tree.lets:
        check_prose(let.value)
    for comment in tree.comments:
        assert text[comment.span.start] == "#"


@given(specs | soups | st.just(SPEC))
def test_our_lexer_gives_the_tokens_of_larks(text: str) -> None:
    """Ours is twice as fast and borrows nothing but the terminals; lark's own says whether it is right."""
    ended = text if text.endswith("\n") else text + "\n"

    assert _tokens(line_parser("contextual"), ended, "start") == _tokens(line_parser(), ended, "start")


@given(clauses)
def test_our_lexer_gives_the_tokens_of_larks_in_checks(text: str) -> None:
    """Checks and rules have a grammar of their own."""
    assert _tokens(clause_parser("contextual"), text, "clause") == _tokens(clause_parser(), text, "clause")


@given(clauses | soups.map("must ".__add__))
def test_the_pattern_of_clauses_matches_what_the_parser_takes(text: str) -> None:
    """One match is ten times as fast as three tokens; the parser says whether it is right."""
    try:
        tokens = _tokens(clause_parser("contextual"), text, "clause")
    except UnexpectedInput:
        tokens = []
    found = clause_pattern().fullmatch(text)

    assert tokens == [(name, *found.span(name)) for name in ("LEVEL", "WORDS", "LABEL") if found and found[name]]


@pytest.mark.parametrize("text", ["pass when mean >= 4 and no criterion below 3", "pass when a=1and-2"])
def test_our_lexer_gives_the_tokens_of_larks_in_rules(text: str) -> None:
    """A rule is cut at `and`, which is a word like others elsewhere."""
    assert _tokens(clause_parser("contextual"), text, "rule") == _tokens(clause_parser(), text, "rule")


def _tokens(parser: Lark, text: str, start: str) -> list[tuple[str, int, int]]:
    def below(rows: Rows) -> list[tuple[str, int, int]]:
        found: list[tuple[str, int, int]] = []
        for row in rows:
            found += below(row) if isinstance(row, list) else [(row.type, row.start_pos, row.end_pos)]
        return found

    return below(parser.parse(text, start))  # type: ignore[arg-type]  # the transformer returns rows


@pytest.mark.parametrize(("grammar", "starts"), [("evalc", ["start"]), ("check", ["clause", "rule"])])
def test_the_grammars_are_without_conflict(grammar: str, starts: list[str]) -> None:
    """Strict lark refuses terminals that collide and rules that are torn between two ways."""
    parser = line_parser() if grammar == "evalc" else clause_parser()

    Lark(parser.source_grammar, parser="lalr", start=starts, strict=True)


def test_a_text_without_a_line_end_at_its_end_is_whole() -> None:
    """Editors differ in whether they end the last line."""
    with_end, without = _read("case a: A\n  severity: high\n"), _read("case a: A\n  severity: high")

    assert with_end.blocks == without.blocks


def test_the_same_check_has_its_own_place_each_time() -> None:
    """Lines are remembered by their text, and a place is not."""
    first, second = _read("case a: A\n  must contain \n  must contain \n").blocks[0].body
    places = [item.span.start for item in parse(Source("a", "case a: A\n  must 'x'\n  must 'x'\n"))[1]]

    assert isinstance(first, ClauseDecl)
    assert isinstance(second, ClauseDecl)
    assert 16 == second.words[0].span.start - first.words[0].span.start
    assert [17, 28] == places


def test_a_hostile_file_costs_no_more_than_its_size() -> None:
    """What is quadratic in a file of this size takes hours: the processor time is for a hundred honest ones.

    A parser that would not end cannot be stopped from inside, so all texts are read by another process, within limits
    that the system keeps.
    """
    done = subprocess.run([sys.executable, "-m", "tests.syntax.hostile"], cwd=ROOT, capture_output=True, check=False)

    assert list(hostile.TEXTS) == done.stdout.decode().splitlines(), done.stderr.decode()[-500:]


def test_few_mistakes_of_many_are_told() -> None:
    """A file of another format has a mistake in each line."""
    findings = parse(Source("a.evalc", "case A: a\n" * 5000))[1]

    assert 101 == len(findings)
    assert "too-many-mistakes" == findings.items[-1].code.name


def test_findings_stand_in_the_order_of_the_text() -> None:
    """A reader goes through a file from its top."""
    text = "case A: a\n\tinput: x\n    must\n  severity high\n" * 10

    starts = [item.span.start for item in parse(Source("a.evalc", text))[1]]

    assert all(before <= after for before, after in pairwise(starts))


def test_the_lexer_of_ours_is_the_one_that_is_used() -> None:
    """The comparison with lark's would prove nothing if both were lark's."""
    assert isinstance(line_parser().parser.lexer, OffsetLexer)
    assert not isinstance(line_parser("contextual").parser.lexer, OffsetLexer)
