"""Checks and rules: from the text of a line to its words and slips, remembered by that text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, cast

from lark.exceptions import UnexpectedInput, UnexpectedToken

from evalc.base.record import record
from evalc.syntax.grammar import LineToken, clause_parser, word_pattern
from evalc.syntax.slips.clauses import explain_break, explain_operator, slips_in_word
from evalc.syntax.slips.names import slips_in_name
from evalc.syntax.slips.slip import Slip
from evalc.syntax.tree import WordKind

Level = Literal["must", "should"]

_ESCAPE = re.compile(r"\\(.)")
_NUMBER = re.compile(r"(\$?)([+-]?[0-9.]+)(.*)")
_ESCAPED = {"n": "\n", "t": "\t"}


@record
class RelativeWord:
    """A word with its place in the line."""

    kind: WordKind
    text: str
    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class ClauseShape:
    """A clause with places in its own text; without words where it could not be read."""

    level: Level
    is_negated: bool
    words: tuple[RelativeWord, ...]
    label: RelativeWord | None
    slips: tuple[Slip, ...]


@dataclass(frozen=True, slots=True)
class RuleShape:
    """A rule with places in its own text; without conditions where it could not be read."""

    conditions: tuple[tuple[RelativeWord, ...], ...]
    slips: tuple[Slip, ...]


@lru_cache(maxsize=16384)
def read_clause(text: str) -> ClauseShape:
    """What a line that begins with `must` or `should` says; half of all such lines of a catalog repeat."""
    level: Level = "must" if text.startswith("must") else "should"
    try:
        tokens = cast("list[LineToken]", clause_parser().parse(text, "clause"))
    except UnexpectedInput as error:
        return ClauseShape(level, False, (), None, (explain_break(text, _place(error, text), kind="check"),))
    is_negated = tokens[1].type == "NOT"
    body = tokens[2 if is_negated else 1]
    found = word_pattern().finditer(text, body.start_pos, body.end_pos)
    words = tuple([_word(cast(str, match.lastgroup), match[0], match.start()) for match in found])
    label = _read_word(text, tokens[-1]) if tokens[-1] is not body else None
    return ClauseShape(level, is_negated, words, label, tuple(_slips(text, words, label)))


@lru_cache(maxsize=4096)
def read_rule(text: str) -> RuleShape:
    """What a line that begins with `pass when` says."""
    try:
        parts = cast("list[LineToken | list[LineToken]]", clause_parser().parse(text, "rule"))
    except UnexpectedInput as error:
        return RuleShape((), (explain_break(text, _place(error, text), kind="rule"),))
    conditions = tuple(tuple(_read_word(text, token) for token in part) for part in parts if isinstance(part, list))
    return RuleShape(conditions, tuple(_slips(text, tuple(word for part in conditions for word in part), None)))


def _place(error: UnexpectedInput, text: str) -> int:
    """Where a line could not be read; its end where more was expected."""
    is_short = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(text) if is_short else cast(int, error.pos_in_stream)


def _read_word(text: str, token: LineToken) -> RelativeWord:
    return _word(token.type, text[token.start_pos : token.end_pos], token.start_pos)


def _word(kind: str, written: str, start: int) -> RelativeWord:
    end = start + len(written)
    match kind:
        case "NAME":
            return RelativeWord("name", written, start, end, "")
        case "TEXT":
            inside = written[1:-1]
            value = _ESCAPE.sub(_unescape, inside) if "\\" in inside else inside
            return RelativeWord("text", value, start, end, "")
        case "PATTERN":
            last = written.rindex("/")
            return RelativeWord("pattern", written[1:last], start, end, written[last + 1 :])
        case "NUMBER":
            number = _NUMBER.fullmatch(written)
            assert number is not None
            return RelativeWord("number", number[2], start, end, number[1] or number[3])
        case "PATH":
            return RelativeWord("path", written, start, end, "")
        case "OPERATOR":
            return RelativeWord("operator", written, start, end, "")
    return RelativeWord("comma", written, start, end, "")


def _unescape(escape: re.Match[str]) -> str:
    return _ESCAPED.get(escape[1], escape[1])


def _slips(text: str, words: tuple[RelativeWord, ...], label: RelativeWord | None) -> Iterator[Slip]:
    """What is wrong in a line that could be read."""
    if label:
        yield from slips_in_name(text, label.start, label.end)
    if "\\" in text or not text.isascii() or not text.isprintable():
        for word in words:
            yield from slips_in_word(text, word.start, word.end)
    for before, after in pairwise(words):
        if before.kind == after.kind == "operator" and before.end == after.start:
            yield explain_operator(text, before.start, after.end)
