"""Checks and rules: from the text of a line to its words and slips, remembered by that text."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, cast

from lark.exceptions import UnexpectedInput, UnexpectedToken

from evalc.base.record import record
from evalc.base.source import Span
from evalc.syntax.grammar import LineToken, parse_clause, word_pattern
from evalc.syntax.slips.clauses import explain_break, explain_operator, slips_in_word
from evalc.syntax.slips.names import slips_in_name
from evalc.syntax.slips.slip import Slip
from evalc.syntax.tree import Word, WordKind

Level = Literal["must", "should"]

_ESCAPE = re.compile(r"\\(.)")
_NUMBER = re.compile(r"(\$?)([+-]?[0-9.]+)(.*)")
_PLAIN: dict[str, WordKind] = {"NAME": "name", "PATH": "path", "OPERATOR": "operator", "COMMA": "comma"}
_ESCAPED = {"n": "\n", "t": "\t"}


@record
class Words:
    """The words of a line, as columns: made once a line, and turned into nodes wherever the line stands."""

    kinds: tuple[WordKind, ...]
    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    marks: tuple[str, ...]

    def placed(self, start: int, span: Callable[[int, int], Span]) -> tuple[Word, ...]:
        """The words of a line that begins at an offset; `span` makes their places."""
        move = start.__add__
        spans = map(span, map(move, self.starts), map(move, self.ends))
        return tuple(map(Word, self.kinds, self.texts, spans, self.marks))


@record
class ClauseShape:
    """A clause with places in its own text; without words where it could not be read.

    `label` is where the name behind `as` begins and ends.
    """

    level: Level
    is_negated: bool
    words: Words | None
    label: tuple[int, int] | None
    slips: tuple[Slip, ...]


@record
class RuleShape:
    """A rule with places in its own text; without conditions where it could not be read."""

    conditions: tuple[Words, ...]
    slips: tuple[Slip, ...]


@lru_cache(maxsize=16384)
def read_clause(text: str) -> ClauseShape:
    """What a line that begins with `must` or `should` says; half of all such lines of a catalog repeat."""
    level: Level = "must" if text.startswith("must") else "should"
    try:
        tokens = cast("list[LineToken]", parse_clause(text, "clause"))
    except UnexpectedInput as error:
        return ClauseShape(level, False, None, None, (explain_break(text, _place(error, text), kind="check"),))
    body = tokens[1]
    is_negated = text[: body.start_pos].rstrip().endswith("not")
    words = _words(word_pattern().finditer(text, body.start_pos, body.end_pos))
    label = (len(text) - len(text.rsplit(None, 1)[-1]), len(text)) if len(tokens) > 2 else None
    return ClauseShape(level, is_negated, words, label, tuple(_slips(text, words, label)))


@lru_cache(maxsize=4096)
def read_rule(text: str) -> RuleShape:
    """What a line that begins with `pass when` says."""
    try:
        parts = cast("list[LineToken | list[LineToken]]", parse_clause(text, "rule"))
    except UnexpectedInput as error:
        return RuleShape((), (explain_break(text, _place(error, text), kind="rule"),))
    find = word_pattern().finditer
    ranges = [(part[0].start_pos, part[-1].end_pos) for part in parts if isinstance(part, list)]
    conditions = tuple(_words(find(text, start, end)) for start, end in ranges)
    return RuleShape(conditions, tuple(slip for words in conditions for slip in _slips(text, words, None)))


def _place(error: UnexpectedInput, text: str) -> int:
    """Where a line could not be read; its end where more was expected."""
    is_short = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(text) if is_short else cast(int, error.pos_in_stream)


def _words(found: Iterable[re.Match[str]]) -> Words:
    """The columns of the words that were found; each match is named by its terminal."""
    kinds: list[WordKind] = []
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marks: list[str] = []
    for match in found:
        terminal = match.lastgroup or ""
        written = match[0]
        plain = _PLAIN.get(terminal)
        kind, text, mark = (plain, written, "") if plain else _word(terminal, written)
        kinds.append(kind)
        texts.append(text)
        starts.append(match.start())
        ends.append(match.end())
        marks.append(mark)
    return Words(tuple(kinds), tuple(texts), tuple(starts), tuple(ends), tuple(marks))


def _word(terminal: str, written: str) -> tuple[WordKind, str, str]:
    """What a word is called in the tree, its value, and its mark."""
    if terminal == "TEXT":
        inside = written[1:-1]
        return "text", _ESCAPE.sub(_unescape, inside) if "\\" in inside else inside, ""
    if terminal == "PATTERN":
        last = written.rindex("/")
        return "pattern", written[1:last], written[last + 1 :]
    number = _NUMBER.fullmatch(written)
    assert number is not None
    return "number", number[2], number[1] or number[3]


def _unescape(escape: re.Match[str]) -> str:
    return _ESCAPED.get(escape[1], escape[1])


def _slips(text: str, words: Words, label: tuple[int, int] | None) -> Iterator[Slip]:
    """What is wrong in a line that could be read."""
    if label:
        yield from slips_in_name(text, *label)
    if "\\" in text or not text.isprintable():
        for start, end in zip(words.starts, words.ends, strict=True):
            yield from slips_in_word(text, start, end)
    if words.kinds.count("operator") > 1:
        for at, (before, after) in enumerate(pairwise(words.kinds)):
            if before == after == "operator" and words.ends[at] == words.starts[at + 1]:
                yield explain_operator(text, words.starts[at], words.ends[at + 1])
