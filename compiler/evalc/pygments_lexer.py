"""Specs in colour wherever Pygments shows code: MkDocs, Sphinx, `pygmentize`."""

import re
from collections.abc import Iterator, Sequence

from pygments.lexer import Lexer
from pygments.token import (
    Comment,
    Error,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Text,
    _TokenType,
)

from evalc.base.source import Span
from evalc.syntax.colours import Colour, Stroke, paint
from evalc.syntax.vocabulary import BLOCKS

# Of the tokens that would fit, those that MkDocs' Material theme shows in different colours.
TOKENS: dict[Colour, _TokenType] = {
    "comment": Comment.Single,
    "error": Error,
    "field": Name.Tag,
    "keyword": Keyword.Declaration,
    "level": Name.Builtin,
    "name": Name.Class,
    "number": Number,
    "operator": Operator,
    "path": Name.Variable.Instance,
    "pattern": String.Regex,
    "prose": Text,
    "punctuation": Punctuation,
    "qualifier": Name.Variable,
    "slot": String.Escape,
    "text": String.Double,
    "title": Name,
    "value": Literal,
    "verb": Name.Function,
    "word": Name.Other,
}

_WHOLE = re.compile(
    rf"^(?:use|let|retired|{'|'.join(k for k, kind in BLOCKS.items() if not kind.parents)})[ \t]", re.MULTILINE
)

# What may stand above and in front of the lines of a part of a spec, such as a single field or check.
_SURROUNDINGS = (("case part\n", 2), ("case part\n", 0), ("case part\n  row part\n", 0), ("", 0))


class EvalcLexer(Lexer):
    """The language of specs; a part of a spec is read as if its header stood above it."""

    name = "evalc"
    aliases = ["evalc"]
    filenames = ["*.evalc"]
    mimetypes = ["text/x-evalc"]

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """The whole text in pieces, each with its offset and token type."""
        at = 0
        for stroke in _best_strokes(text):
            start, end = stroke.span.start, stroke.span.end
            yield from _between(text, at, start)
            yield start, TOKENS[stroke.colour], text[start:end]
            at = end
        yield from _between(text, at, len(text))


def _best_strokes(text: str) -> Sequence[Stroke]:
    """The strokes of a spec; of a part of one, those of the reading that leaves the fewest characters unread."""
    if _WHOLE.search(text):
        return paint(text)
    return min((_strokes_within(text, head, indent) for head, indent in _SURROUNDINGS), key=_unread)


def _unread(strokes: Sequence[Stroke]) -> int:
    return sum(stroke.span.end - stroke.span.start for stroke in strokes if stroke.colour == "error")


def _strokes_within(text: str, head: str, indent: int) -> Sequence[Stroke]:
    """The strokes of a text with a header put above it and its lines moved to the right."""
    within = head + "\n".join(" " * indent + line for line in text.split("\n"))
    moved, line, at = [], 1, len(head)
    for stroke in paint(within):
        if stroke.span.start < len(head):
            continue
        line += within.count("\n", at, stroke.span.start)
        at = stroke.span.start
        shift = len(head) + indent * line
        moved.append(Stroke(stroke.colour, Span(stroke.span.start - shift, stroke.span.end - shift)))
    return moved


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, _TokenType, str]]:
    if start < end:
        yield start, Text, text[start:end]
