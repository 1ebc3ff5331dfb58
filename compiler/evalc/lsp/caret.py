"""What a line is part of, judged by the lines above it: a text that is being typed has no tree yet."""

import re
from dataclasses import dataclass

from evalc.base.source import Source
from evalc.syntax.grammar import IN_BRACKETS
from evalc.syntax.vocabulary import BLOCKS, BlockKind, FieldKind

_HEADER = re.compile(r"(\S+)[ \t]+[^\s:]+[ \t]*(?::.*)?")
_FIELD = re.compile(rf"([^\s:(]+)[ \t]*(?:\({IN_BRACKETS}\)[ \t]*)?:(.*)")


@dataclass(frozen=True, slots=True)
class Caret:
    """A place in a line: the line up to there, the block whose member the line is, and the field whose text it is.

    `block` is None at the left margin. `line_start` and `header` are offsets: of the line, and of the line of the block
    at the left margin that the line belongs to.
    """

    before: str
    block: BlockKind | None
    field: FieldKind | None
    is_text: bool
    line_start: int
    header: int


def caret_at(source: Source, offset: int) -> Caret:
    """What there is around an offset."""
    line = source.line_of(offset)
    start = source.line_start(line)
    before = source.text[start:offset]
    indent = len(before) - len(before.lstrip(" "))
    chain = _lines_above(source, line, indent)
    header = source.line_start(chain[0]) if chain else start
    block: BlockKind | None = None
    for number in chain:
        text = source.line_text(number).strip()
        kind = _block_of(text, block)
        if kind is None:
            field = _FIELD.fullmatch(text)
            known = block.field(field[1]) if block and field else None
            return Caret(before, block, known, True, start, header)
        block = kind
    return Caret(before, block, None, False, start, header)


def _lines_above(source: Source, line: int, indent: int) -> list[int]:
    """The lines that a line of this indentation is nested in, the outermost first."""
    found: list[int] = []
    while indent > 0 and line > 1:
        line -= 1
        text = source.line_text(line)
        bare = text.lstrip(" ")
        if bare.strip() and not bare.startswith("#") and len(text) - len(bare) < indent:
            indent = len(text) - len(bare)
            found.insert(0, line)
    return found


def _block_of(text: str, outer: BlockKind | None) -> BlockKind | None:
    header = _HEADER.fullmatch(text)
    kind = BLOCKS.get(header[1]) if header else None
    if kind is None:
        return None
    return kind if kind.parents == (() if outer is None else (outer.keyword,)) else None
