"""Checks and rules: from the text of a line to its words, remembered by that text."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from lark.exceptions import UnexpectedInput

from evalc.base.record import record
from evalc.syntax.grammar import LineToken, clause_parser, word_pattern
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
    """A clause with places in its own text; a broken one ends before the place that could not be read."""

    level: Level
    is_negated: bool
    words: tuple[RelativeWord, ...]
    label: RelativeWord | None
    broken_at: int | None = None


@dataclass(frozen=True, slots=True)
class RuleShape:
    """A rule with places in its own text; a broken one has no conditions."""

    conditions: tuple[tuple[RelativeWord, ...], ...]
    broken_at: int | None = None


@lru_cache(maxsize=16384)
def read_clause(text: str) -> ClauseShape:
    """What a line that begins with `must` or `should` says; half of all such lines of a catalog repeat."""
    level: Level = "must" if text.startswith("must") else "should"
    try:
        tokens = cast("list[LineToken]", clause_parser().parse(text, "clause"))
    except UnexpectedInput as error:
        return ClauseShape(level, False, (), None, error.pos_in_stream)
    is_negated = tokens[1].type == "NOT"
    body = tokens[2 if is_negated else 1]
    found = word_pattern().finditer(text, body.start_pos, body.end_pos)
    words = tuple([_word(cast(str, match.lastgroup), match[0], match.start()) for match in found])
    return ClauseShape(level, is_negated, words, _read_word(text, tokens[-1]) if tokens[-1] is not body else None)


@lru_cache(maxsize=4096)
def read_rule(text: str) -> RuleShape:
    """What a line that begins with `pass when` says."""
    try:
        parts = cast("list[LineToken | list[LineToken]]", clause_parser().parse(text, "rule"))
    except UnexpectedInput as error:
        return RuleShape((), error.pos_in_stream)
    return RuleShape(
        tuple(tuple(_read_word(text, token) for token in part) for part in parts if isinstance(part, list))
    )


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
