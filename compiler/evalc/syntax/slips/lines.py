"""Slips in lines that the grammar knows no place for."""

import re
from collections.abc import Callable, Iterator

from evalc.base.suggest import closest
from evalc.syntax.codes.clauses import DECORATED_CHECK, EMPTY_CHECK
from evalc.syntax.codes.headers import EQUALS_FOR_COLON, MISSING_SPACE
from evalc.syntax.codes.layout import MERGE_CONFLICT
from evalc.syntax.grammar import IN_BRACKETS
from evalc.syntax.slips.clauses import explain_pass
from evalc.syntax.slips.gaps import Gap, Line, continued
from evalc.syntax.slips.headers import (
    explain_statement,
    missing_colon,
    missing_name,
    stray,
    unknown_keyword,
    unknown_level,
)
from evalc.syntax.slips.names import slips_in_line
from evalc.syntax.slips.slip import Cure, Part, Slip, Swap, part_of
from evalc.syntax.slips.values import explain_brackets
from evalc.syntax.slips.words import FIELDS, LEVELS, STATEMENTS, children_of, near_level
from evalc.syntax.vocabulary import BLOCKS

_WORD = re.compile(r"[A-Za-z0-9][\w'\u2019-]*")
_FIRST = re.compile(
    rf"(?P<word>[A-Za-z0-9][A-Za-z0-9_-]*)(?P<qualifier>[ \t]*\({IN_BRACKETS}\))?[ \t]*(?P<sign>[:=]?)[ \t]*"
)
_MARK = re.compile(r"([-*]|[0-9]{1,3}[.)])[ \t]+(?=(?:must|should)\b)")
_MIDDLE = re.compile(r"^(?:\|{7} |={7}$)", re.MULTILINE)
_LAST = re.compile(r"^>{7} [^\n]*", re.MULTILINE)
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")


def explain_lines(gap: Gap) -> Iterator[Slip]:
    """One slip for each mistake in a gap; lines that one mistake made unreadable are told once."""
    lines = gap.lines
    # The three or four marks of one unfinished merge are one mistake.
    marks = [line.start for line in lines if _is_conflict(gap.text, line)][0 if gap.is_in_conflict else 1 :]
    if marks:
        repeated = frozenset(marks)
        lines = [line for line in lines if line.start not in repeated]
    found = continued(gap)
    if found:
        slip, count = found
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
            yield from _one_stray(strays, gap)
            yield from slips
        else:
            strays.append(line)
    yield from _one_stray(strays, gap)


def _one_stray(strays: list[Line], gap: Gap) -> Iterator[Slip]:
    if strays:
        yield stray([Part(gap.text, line.start, line.end) for line in strays], gap.place_of(strays[0]))
        strays.clear()


def _explain(gap: Gap, line: Line) -> list[Slip]:
    """The slip of one line, none where nothing better can be said than that it is astray."""
    hidden = list(slips_in_line(Part(gap.text, line.start, line.end), spaces_too=True))
    if hidden:
        return hidden
    for explain in _EXPLANATIONS:
        slip = explain(gap, line)
        if slip:
            return [slip]
    return []


def _conflict(gap: Gap, line: Line) -> Slip | None:
    if not _is_conflict(gap.text, line):
        return None
    middle = _MIDDLE.search(gap.text, line.end) if gap.text[line.start] == "<" else None
    last = middle and _LAST.search(gap.text, middle.end())
    if not middle or not last:
        return Slip(MERGE_CONFLICT, line.start, line.end)
    swaps = (Swap(line.start, line.end, ""), Swap(middle.start(), last.end(), ""))
    cure = Cure("keep the first version", swaps, is_safe=False)
    return Slip(MERGE_CONFLICT, line.start, line.end, "choose a version and take the marks out", cure=cure)


def _is_conflict(text: str, line: Line) -> bool:
    return line.column == 0 and bool(_CONFLICT.match(text, line.start, line.end))


def _mark(gap: Gap, line: Line) -> Slip | None:
    mark = _MARK.match(gap.text, line.start, line.end)
    if mark is None:
        return None
    cure = Cure("take it out", (Swap(*mark.span(), ""),))
    name = "a number" if mark[1][0].isdigit() else "a dash" if mark[1] == "-" else "a star"
    return Slip(DECORATED_CHECK, *mark.span(1), cure.title, cure=cure, values={"mark": name})


def _statement(gap: Gap, line: Line) -> Slip | None:
    word = _WORD.match(gap.text, line.start, line.end)
    if line.column or word is None:
        return None
    if word[0] in STATEMENTS:
        return explain_statement(Part(gap.text, line.start, line.end))
    near = closest(word[0], STATEMENTS)
    is_meant = near and re.match(r'[ \t]+(?:"|[^\s:="]+[ \t]*[:=])', gap.text[word.end() : line.end])
    return unknown_keyword(part_of(word), near=near) if near and is_meant else None


def _level(gap: Gap, line: Line) -> Slip | None:
    word = _WORD.match(gap.text, line.start, line.end)
    if word is None or gap.place.item is None:
        return None
    if word[0].casefold() in ("pass", "passes") and re.match(r"[ \t]+when\b|$", gap.text[word.end() : line.end]):
        after = re.compile(r"[ \t]*").match(gap.text, word.end(), line.end)
        return explain_pass(Part(gap.text, line.start, after.end() if after else word.end()))
    if word[0] in LEVELS and word.end() == line.end:
        return Slip(EMPTY_CHECK, line.start, line.end, values={"level": word[0]})
    # Enough to tell a check by, and not so much that a long line costs its square.
    rest = gap.text[word.end() : min(line.end, word.end() + 200)]
    is_check = near_level(word[0]) or re.search(r'[ \t](?:"[^"]*"|/.+/[a-z]*|(?:>|<|!)?=)(?:[ \t]|$)', rest)
    is_sentence = gap.text[line.end - 1] in ".?!"
    is_field = gap.place_of(line).has_field(word[0]) or re.match(r"[ \t]*[:=]", rest)
    return unknown_level(part_of(word)) if is_check and not (is_field or is_sentence) else None


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
    if gap.text[at + 1] in " \t":
        return None
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
        return missing_name(Part(gap.text, line.start, end), title=gap.text[end : line.end].strip(" \t:"))
    name = gap.text.index(words[1], end)
    return missing_colon(Part(gap.text, line.start, name + len(words[1])))


def _field(gap: Gap, line: Line) -> Slip | None:
    word = _WORD.match(gap.text, line.start, line.end)
    block = gap.place_of(line).block
    if word is None or block is None or block.is_open or not block.field(word[0]):
        return None
    if re.match(r"[ \t]*\(", gap.text[word.end() : line.end]):
        return explain_brackets(part_of(word), line.end)
    return missing_colon(part_of(word)) if gap.text[word.end()] in " \t\n" else None


_EXPLANATIONS: tuple[Callable[[Gap, Line], Slip | None], ...] = (
    _conflict,
    _mark,
    _statement,
    _sign,
    _header,
    _field,
    _level,
)
