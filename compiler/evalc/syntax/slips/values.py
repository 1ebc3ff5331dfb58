"""Slips in the brackets of fields, and in values of fields and lets that stand on their line."""

import re
from collections.abc import Iterator

from evalc.syntax.codes.clauses import DECORATED_CHECK, TRAILING_COMMENT, UNCLOSED_TEXT, UNKNOWN_ESCAPE
from evalc.syntax.codes.headers import BRACKETS_IN_BRACKETS, UNCLOSED_BRACKETS
from evalc.syntax.grammar import IN_BRACKETS
from evalc.syntax.slips.headers import missing_colon, missing_name
from evalc.syntax.slips.names import is_name, slips_in_line
from evalc.syntax.slips.slip import Cure, Part, Slip, Swap, part_of
from evalc.syntax.slips.words import LEVELS, Place
from evalc.syntax.tree import NameDecl
from evalc.syntax.vocabulary import BLOCKS

_SHORT = frozenset({"name", "number", "choice", "scale", "list"})
_INSIDE = re.compile(IN_BRACKETS)
_INNER = re.compile(rf"\({IN_BRACKETS}\)")
_END_OF_BRACKETS = re.compile(r"[ \t]*\)?[ \t]*(?::?[ \t]*$|:(?=[ \t]))")
_COMMENT = re.compile(r"[ \t]#[ \t]")
_ESCAPE = re.compile(r"\\(.)")
_SUSPECTS = frozenset({*BLOCKS, *LEVELS})


def is_suspect(name: str, value: str, *, qualifier: NameDecl | None) -> bool:
    """Whether a field may hold a slip; few do, and to look for them takes time."""
    if name in _SUSPECTS or "#" in value or not value.isprintable():
        return True
    return qualifier is not None and not qualifier.text.isprintable()


def slips_in_field(head: re.Match[str], end: int, *, place: Place) -> Iterator[Slip]:
    """What is wrong with a field whose value, if any, goes from the end of its head to `end`."""
    text, name, start = head.string, head[1], head.start(1)
    yield from slips_in_line(Part(text, start, end))
    # A name behind the colon refers to a block that stands elsewhere, a title begins one.
    if name in BLOCKS and not place.has_field(name) and not is_name(text[head.end() : end].strip(" \t")):
        yield missing_name(part_of(head, 1), title=text[head.end() : end])
    elif name in LEVELS:
        colon = text.index(":", head.end(1))
        cure = Cure("take the colon out", (Swap(colon, colon + 1, ""),))
        yield Slip(DECORATED_CHECK, colon, colon + 1, cure.title, cure=cure, values={"mark": "a colon"})
    elif "#" in text[head.end() : end] and place.block:
        kind = place.block.field(name)
        comment = _COMMENT.search(text, head.end(), end)
        if kind and kind.value in _SHORT and comment:
            above = Part(text, start, comment.start() + 1)
            yield _trailing_comment(above, end, what=f"the value of `{name}`")


def slips_in_let(value: Part) -> Iterator[Slip]:
    """What is wrong with the value of a `let` on its line."""
    text, start, end = value.text, value.start, value.end
    yield from slips_in_line(value)
    comment = _COMMENT.search(text, start, end)
    if comment:
        line = text.rindex("let", 0, start)
        yield _trailing_comment(Part(text, line, comment.start() + 1), end, what="the value of a `let`")
    elif text[start] == '"' and not (end > start + 1 and text[end - 1] == '"'):
        cure = Cure("close the text", (Swap(end, end, '"'),), is_safe=False)
        yield Slip(UNCLOSED_TEXT, start, end, 'write `"` where it ends', cure=cure)
    elif text[start] == '"':
        for escape in _ESCAPE.finditer(text, start + 1, end - 1):
            if escape[1] not in '"\\':
                label = "a backslash is written `\\\\`; lines are written below `let name:`"
                yield Slip(UNKNOWN_ESCAPE, *escape.span(), label, values={"escape": escape[0]})


def explain_brackets(name: Part, end: int) -> Slip:
    """Why the line that ends at `end` is no field, though it begins with the name of one and a bracket."""
    text, values = name.text, {"word": name.written}
    start = text.index("(", name.end)
    inside = _INSIDE.match(text, start + 1, end)
    assert inside is not None
    at = inside.end()
    sign = text[at] if at < end else ""
    if sign == ")":
        return missing_colon(Part(text, name.start, at + 1))
    if sign == "(":
        return _brackets_in_brackets(Part(text, at, end), name.written)
    last = _END_OF_BRACKETS.search(text, at if sign else start, end)
    assert last is not None
    cure = Cure("write `):` where they end", (Swap(*last.span(), "):"),), is_safe=False)
    if sign:
        cure = Cure('write `"` where it ends', (Swap(*last.span(), '"):'),), is_safe=False)
        return Slip(UNCLOSED_TEXT, at, last.start(), cure.title, cure=cure, opens=True)
    return Slip(UNCLOSED_BRACKETS, start, last.start(), cure.title, cure=cure, values=values, opens=True)


def _brackets_in_brackets(rest: Part, word: str) -> Slip:
    """Brackets that begin where a part of a line does, in those behind a word."""
    inner = _INNER.match(rest.text, rest.start, rest.end)
    end = inner.end() if inner else rest.start + 1
    cure = Cure("take the inner brackets out", (Swap(rest.start, end, ""),), is_safe=False) if inner else None
    label = "only a text in quotes holds brackets"
    return Slip(BRACKETS_IN_BRACKETS, rest.start, end, label, cure=cure, values={"word": word}, opens=True)


def _trailing_comment(line: Part, end: int, *, what: str) -> Slip:
    """A comment that goes from the end of a part of its line to `end`."""
    margin = " " * (line.start - (line.text.rfind("\n", 0, line.start) + 1))
    kept = line.start + len(line.written.rstrip(" \t"))
    above = Swap(line.start, line.start, line.text[line.end : end].rstrip() + "\n" + margin)
    cure = Cure("put the comment above", (above, Swap(kept, end, "")))
    return Slip(TRAILING_COMMENT, line.end, end, cure.title, cure=cure, values={"what": what})
