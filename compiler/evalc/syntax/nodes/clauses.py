"""Checks and rules: from the text of a line to its words and slips, remembered by that text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, cast

from lark.exceptions import UnexpectedInput, UnexpectedToken

from evalc.base.record import record
from evalc.syntax.codes.clauses import LONG_CHECK
from evalc.syntax.codes.headers import MISPLACED_CHECK, MISPLACED_RULE
from evalc.syntax.grammar import LineToken, clause_pattern, parse_clause, word_pattern
from evalc.syntax.nodes.texts import Cutter
from evalc.syntax.slips.clauses import explain_break, explain_glued, explain_operator, slips_in_word
from evalc.syntax.slips.names import slips_in_name
from evalc.syntax.slips.slip import Part, Slip
from evalc.syntax.slips.words import Place
from evalc.syntax.tree import ClauseDecl, ConditionDecl, RuleDecl, WordKind, Words

Level = Literal["must", "should"]

LONGEST_CHECK = 4000
"""The characters of a check or a rule."""

_ESCAPE = re.compile(r"\\(.)")
_NUMBER = re.compile(r"(\$?)([+-]?[0-9.]+)(.*)")
_PLAIN: dict[str, WordKind] = {"NAME": "name", "PATH": "path", "OPERATOR": "operator", "COMMA": "comma"}
_ESCAPED = {"n": "\n", "t": "\t"}


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


def clause_at(cut: Cutter, line: LineToken, *, place: Place) -> tuple[ClauseDecl | None, Sequence[Slip]]:
    """The check on a line, or None where it cannot be read or cannot stand, and its slips."""
    start = line.start_pos + place.indent
    text = cut.text[start : line.end_pos - 1].rstrip(" \t")
    block = place.block
    if block and not block.takes_checks:
        return None, (Slip(MISPLACED_CHECK, start, start + len(text), values={"where": place.words}),)
    if len(text) > LONGEST_CHECK:
        return None, (_too_long(text, start),)
    shape = read_clause(text)
    slips = [slip.moved(start, place.indent) for slip in shape.slips] if shape.slips else ()
    if shape.words is None:
        return None, slips
    label = shape.label and cut.name(start + shape.label[0], start + shape.label[1])
    said, span = cut.words(start, shape.words), cut.span(start, start + len(text))
    return ClauseDecl(shape.level, shape.is_negated, said, label, text, span), slips


def rule_at(cut: Cutter, line: LineToken, *, place: Place) -> tuple[RuleDecl | None, Sequence[Slip]]:
    """The rule on a line, or None where it cannot be read or cannot stand, and its slips."""
    start = line.start_pos + place.indent
    text = cut.text[start : line.end_pos - 1].rstrip(" \t")
    block = place.block
    if block and not block.takes_rule:
        return None, (Slip(MISPLACED_RULE, start, start + len(text), values={"where": place.words}),)
    if len(text) > LONGEST_CHECK:
        return None, (_too_long(text, start),)
    shape = read_rule(text)
    slips = [slip.moved(start, place.indent) for slip in shape.slips]
    conditions = tuple(
        ConditionDecl(
            cut.words(start, part).placed(cut.span(start, start + len(text)).start),
            cut.span(start + part.starts[0], start + part.ends[-1]),
        )
        for part in shape.conditions
    )
    return RuleDecl(conditions, text, cut.span(start, start + len(text))) if conditions else None, slips


def _too_long(text: str, start: int) -> Slip:
    values = {"most": f"{LONGEST_CHECK:,}", "count": f"{len(text):,}"}
    return Slip(LONG_CHECK, start, start + len(text), values=values)


@lru_cache(maxsize=16384)
def read_clause(text: str) -> ClauseShape:
    """What a line that begins with `must` or `should` says; half of all such lines of a catalog repeat."""
    level: Level = "must" if text.startswith("must") else "should"
    found = clause_pattern().fullmatch(text)
    if found is None:
        return ClauseShape(level, False, None, None, (explain_break(text, _broken_at(text), kind="check"),))
    body = found.span("WORDS")
    is_negated = "not" in found["LEVEL"]
    words = _words(word_pattern().finditer(text, *body))
    glued = _glued_text(words) if "text" in words.kinds else None
    if glued is not None:
        return ClauseShape(level, is_negated, None, None, (explain_glued(words.starts[glued], words.ends[glued]),))
    label = (len(text) - len(text.rsplit(None, 1)[-1]), len(text)) if found["LABEL"] else None
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


def read_words(text: str) -> Words | None:
    """The words of any text that is made of them and of spaces, or None."""
    found = list(word_pattern().finditer(text))
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    is_odd = any(text[end:start].strip(" \t") for end, start in zip(ends, starts, strict=True))
    return None if is_odd else _words(found)


def _broken_at(text: str) -> int:
    """Where a line that is no clause cannot be read any further."""
    try:
        parse_clause(text, "clause")
    except UnexpectedInput as error:
        return _place(error, text)
    raise AssertionError(f"the parser takes {text!r}, and the pattern of its rule does not")


def _place(error: UnexpectedInput, text: str) -> int:
    """Where a line could not be read; its end where more was expected."""
    is_short = isinstance(error, UnexpectedToken) and error.token.type == "$END"
    return len(text) if is_short else cast(int, error.pos_in_stream)


def _words(found: Iterable[re.Match[str]]) -> Words:
    """The columns of the words that were found; each match is named by its terminal."""
    rows = [(*_word(match.lastgroup or "", match[0]), *match.span()) for match in found]
    kinds, texts, marks, starts, ends = zip(*rows, strict=True) if rows else ((),) * 5
    return Words(kinds, texts, starts, ends, marks)


def _word(terminal: str, written: str) -> tuple[WordKind, str, str]:
    """What a word is called in the tree, its value, and its mark."""
    if plain := _PLAIN.get(terminal):
        return plain, written, ""
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
        yield from slips_in_name(Part(text, *label))
    if "\\" in text or not text.isprintable():
        for start, end in zip(words.starts, words.ends, strict=True):
            yield from slips_in_word(Part(text, start, end))
    if words.kinds.count("operator") > 1:
        yield from _joined_operators(text, words)


def _glued_text(words: Words) -> int | None:
    """The first text that another word begins right behind, as `"a "` in `"a "b""`; it holds a bare quote."""
    for at in range(len(words.kinds) - 1):
        if words.kinds[at] == "text" and words.ends[at] == words.starts[at + 1] and words.kinds[at + 1] != "comma":
            return at
    return None


def _joined_operators(text: str, words: Words) -> Iterator[Slip]:
    """Comparisons that stand together and make none, such as `==`."""
    first: int | None = None
    for at, kind in enumerate((*words.kinds, "")):
        is_joined = 0 < at < len(words.kinds) and words.ends[at - 1] == words.starts[at]
        if kind == "operator" and first is not None and is_joined:
            continue
        if first is not None and at - first > 1:
            yield explain_operator(Part(text, words.starts[first], words.ends[at - 1]))
        first = at if kind == "operator" else None
