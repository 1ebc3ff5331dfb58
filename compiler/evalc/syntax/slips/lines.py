"""Slips in lines that the grammar knows no place for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evalc.syntax.codes.clauses import DECORATED_CHECK, EMPTY_CHECK, SPLIT_CHECK
from evalc.syntax.codes.headers import EQUALS_FOR_COLON, MISSING_SPACE
from evalc.syntax.codes.layout import COMMENT_IN_TEXT, MERGE_CONFLICT, SPLIT_TEXT
from evalc.syntax.slips.headers import explain_statement, missing_colon, missing_name, stray, unknown_level
from evalc.syntax.slips.names import slips_in_line
from evalc.syntax.slips.slip import Cure, Slip, Swap
from evalc.syntax.slips.words import FIELD, FIELDS, LEVELS, STATEMENTS, Place, children_of, near_level
from evalc.syntax.vocabulary import BLOCKS

_WORD = re.compile(r"[A-Za-z0-9][\w'\u2019-]*")
_FIRST = re.compile(r"(?P<word>[A-Za-z0-9][A-Za-z0-9_-]*)(?P<qualifier>[ \t]*\([^()]*\))?[ \t]*(?P<sign>[:=]?)[ \t]*")
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its indentation and the spaces at its end; `column` is how far it is indented."""

    start: int
    end: int
    column: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines between two that could be read: those that could not, and the comments among them.

    `is_in_conflict` tells that an unfinished merge was found further up, so its other marks are no news.
    `above` is the kind of the token that was read before, `above_line` its first line.
    """

    text: str
    place: Place
    lines: Sequence[Line]
    comments: Sequence[Line]
    is_in_conflict: bool
    above: str = ""
    above_line: Line = Line(0, 0, 0)


def explain_lines(gap: Gap) -> Iterator[Slip]:
    """One slip for each mistake in a gap; lines that one mistake made unreadable are told once."""
    lines = gap.lines
    marks = [line for line in lines if _is_conflict(gap.text, line)]
    if marks:
        # The three or four marks of one unfinished merge are one mistake.
        lines = [line for line in lines if line not in marks[0 if gap.is_in_conflict else 1 :]]
    continued = _continued(gap)
    if continued:
        slip, count = continued
        yield slip
        lines = lines[count:]
    strays: list[Line] = []
    opened = None
    for line in lines:
        if opened is not None and line.column > opened:
            continue
        slips = _explain(gap, line)
        opened = line.column if slips and slips[0].opens else None
        if slips:
            yield from _one_stray(strays, gap.place)
            yield from slips
        else:
            strays.append(line)
    yield from _one_stray(strays, gap.place)


def _one_stray(strays: list[Line], place: Place) -> Iterator[Slip]:
    if strays:
        yield stray([(line.start, line.end) for line in strays], place)
        strays.clear()


def _continued(gap: Gap) -> tuple[Slip, int] | None:
    """The slip of lines that go on with the line above the gap, and how many these are."""
    count = 0
    while count < len(gap.lines) and gap.lines[count].column > gap.above_line.column:
        count += 1
    deeper = gap.lines[:count]
    if not deeper:
        return None
    if gap.above.endswith("TEXT") and gap.comments and gap.comments[0].start < deeper[0].start:
        return _comment_in_text(gap, deeper), count
    if gap.above.endswith("FIELD"):
        return _split_text(gap, deeper), count
    if gap.above.endswith(("CHECK", "PASS")):
        return _split_check(gap, deeper), count
    return None


def _comment_in_text(gap: Gap, deeper: Sequence[Line]) -> Slip:
    margin = " " * gap.above_line.column
    inner = [comment for comment in gap.comments if comment.start < deeper[-1].start]
    above = "".join(f"{gap.text[comment.start : comment.end]}\n{margin}" for comment in inner)
    away = tuple(Swap(comment.start - comment.column, comment.end + 1, "") for comment in inner)
    cure = Cure("put the comment above the field", (Swap(gap.above_line.start, gap.above_line.start, above), *away))
    values = {"field": _field_above(gap)}
    return Slip(COMMENT_IN_TEXT, deeper[0].start, deeper[-1].end, cure=cure, values=values, label=cure.title)


def _split_text(gap: Gap, deeper: Sequence[Line]) -> Slip:
    head = FIELD.match(gap.text, gap.above_line.start)
    assert head is not None
    margin = gap.above_line.column + 2
    inset = tuple(Swap(line.start - line.column, line.start, " " * margin) for line in deeper if line.column < margin)
    cure = Cure("put all of it below", (Swap(head.end(), head.end() + 1, "\n" + " " * margin), *inset))
    label = "all of it belongs on the lines below the colon"
    return Slip(SPLIT_TEXT, deeper[0].start, deeper[-1].end, label, cure=cure, values={"field": head[1]})


def _split_check(gap: Gap, deeper: Sequence[Line]) -> Slip:
    ends = [gap.above_line.end, *(line.end for line in deeper)]
    swaps = tuple(Swap(end, line.start, " ") for end, line in zip(ends, deeper, strict=False))
    cure = Cure("join the lines", swaps)
    return Slip(SPLIT_CHECK, deeper[0].start, deeper[-1].end, cure.title, cure=cure)


def _field_above(gap: Gap) -> str:
    head = FIELD.match(gap.text, gap.above_line.start)
    return head[1] if head else ""


def _explain(gap: Gap, line: Line) -> list[Slip]:
    """The slip of one line, none where nothing better can be said than that it is astray."""
    hidden = list(slips_in_line(gap.text, line.start, line.end, spaces_too=True))
    if hidden:
        return hidden
    for explain in _EXPLANATIONS:
        slip = explain(gap, line)
        if slip:
            return [slip]
    return []


def _conflict(gap: Gap, line: Line) -> Slip | None:
    return Slip(MERGE_CONFLICT, line.start, line.end) if _is_conflict(gap.text, line) else None


def _is_conflict(text: str, line: Line) -> bool:
    return line.column == 0 and bool(_CONFLICT.match(text, line.start, line.end))


def _dash(gap: Gap, line: Line) -> Slip | None:
    dash = re.compile(r"[-*][ \t]+(?=(?:must|should)\b)").match(gap.text, line.start, line.end)
    if dash is None:
        return None
    cure = Cure("take it out", (Swap(line.start, dash.end(), ""),))
    return Slip(DECORATED_CHECK, line.start, line.start + 1, cure.title, cure=cure, values={"mark": "a dash"})


def _statement(gap: Gap, line: Line) -> Slip | None:
    word = _WORD.match(gap.text, line.start, line.end)
    if line.column or word is None or word[0] not in STATEMENTS:
        return None
    return explain_statement(gap.text, line.start, line.end)


def _level(gap: Gap, line: Line) -> Slip | None:
    word = _WORD.match(gap.text, line.start, line.end)
    if word is None or gap.place.item is None:
        return None
    if word[0] in LEVELS and word.end() == line.end:
        return Slip(EMPTY_CHECK, line.start, line.end, values={"level": word[0]})
    # Enough to tell a check by, and not so much that a long line costs its square.
    rest = gap.text[word.end() : min(line.end, word.end() + 200)]
    is_check = near_level(word[0]) or re.search(r'[ \t](?:"[^"]*"|/.+/[a-z]*|(?:>|<|!)?=)(?:[ \t]|$)', rest)
    is_sentence = gap.text[line.end - 1] in ".?!"
    is_field = gap.place.has_field(word[0]) or re.match(r"[ \t]*[:=]", rest)
    return unknown_level(gap.text, word.start(), word.end()) if is_check and not (is_field or is_sentence) else None


def _sign(gap: Gap, line: Line) -> Slip | None:
    """A field with `=`, or without the space behind its colon."""
    first = _FIRST.match(gap.text, line.start, line.end)
    if first is None or not first["sign"] or first["word"] not in FIELDS or first.end() == line.end:
        return None
    at = first.start("sign")
    values = {"word": first["word"]}
    if first["sign"] == "=":
        cure = Cure(
            "write a colon", (Swap(first.end("qualifier") if first["qualifier"] else first.end("word"), at + 1, ":"),)
        )
        return Slip(EQUALS_FOR_COLON, at, at + 1, cure.title, cure=cure, values=values)
    cure = Cure("put a space there", (Swap(at + 1, at + 1, " "),))
    return Slip(MISSING_SPACE, at, at + 1, cure.title, cure=cure, values=values)


def _header(gap: Gap, line: Line) -> Slip | None:
    """A header without a name, or without the colon before its title."""
    words = gap.text[line.start : line.end].split()
    keyword = words[0].rstrip(":")
    here = children_of(None if line.column == 0 else gap.place.item)
    if keyword not in here or keyword not in BLOCKS:
        return None
    end = line.start + len(keyword)
    if len(words) == 1 or words[0].endswith(":") or words[1].startswith(":"):
        return missing_name(keyword, line.start, end, title=gap.text[end : line.end].strip(" \t:"))
    name = gap.text.index(words[1], end)
    return missing_colon(f"{keyword} {words[1]}", line.start, name + len(words[1]), opens=True)


def _field(gap: Gap, line: Line) -> Slip | None:
    word = _WORD.match(gap.text, line.start, line.end)
    if word is None or not gap.place.has_field(word[0]) or (gap.place.block and gap.place.block.is_open):
        return None
    return missing_colon(word[0], line.start, word.end()) if gap.text[word.end()] in " \t\n" else None


_EXPLANATIONS: tuple[Callable[[Gap, Line], Slip | None], ...] = (
    _conflict,
    _dash,
    _statement,
    _sign,
    _header,
    _field,
    _level,
)
