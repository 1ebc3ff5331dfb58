"""Slips in headers and items: what a line with a keyword and a name was meant to be."""

import re
from collections.abc import Sequence

from evalc.base.suggest import closest
from evalc.syntax.codes.clauses import UNKNOWN_LEVEL
from evalc.syntax.codes.headers import (
    MISPLACED_BLOCK,
    MISSING_COLON,
    MISSING_NAME,
    UNKNOWN_KEYWORD,
    WRONG_LET,
    WRONG_RETIRED,
    WRONG_USE,
)
from evalc.syntax.codes.layout import STRAY_LINE
from evalc.syntax.slips.names import article, as_name
from evalc.syntax.slips.slip import Cure, Part, Slip, Swap
from evalc.syntax.slips.words import LEVELS, STATEMENTS, Place, children_of, near_level
from evalc.syntax.vocabulary import BLOCKS

_DEEPER = re.compile(r"[ \t]*\n(?:[ \t]*\n)*[ \t]+[^ \t\n]")


def explain_header(part: Part, *, place: Place, has_body: bool) -> Slip:
    """What is wrong with a header whose keyword has no block at its place; `has_body` tells of lines below it."""
    keyword, start, end = part.written, part.start, part.end
    rest = part.text[end : part.text.index("\n", end)].rstrip()
    whole = Part(part.text, start, end + len(rest))
    if keyword in STATEMENTS:
        return explain_statement(whole)
    if place.has_field(keyword) and ":" not in rest:
        return missing_colon(part)
    level = near_level(keyword)
    if level and (place.item or keyword.casefold() in LEVELS):
        return unknown_level(part)
    if keyword in BLOCKS:
        homes = " or ".join(article(home) for home in BLOCKS[keyword].parents) or "the left margin"
        label = f"it stands in {homes}" if BLOCKS[keyword].parents else "it stands at the left margin"
        values = {"where": place.words, "keyword": keyword}
        return Slip(MISPLACED_BLOCK, start, end, label, values=values, opens=True)
    here = (*children_of(place.block), *(() if place.item else STATEMENTS))
    near = closest(keyword, here)
    if near:
        return unknown_keyword(part, near=near)
    field = closest(keyword, [field.name for field in place.block.fields] if place.block else ())
    if field and ":" not in rest:
        cure = Cure(f"write `{field}:`", (Swap(start, end, field + ":"),), is_safe=False)
        return Slip(MISSING_COLON, start, end, f"did you mean `{field}:`?", cure=cure, values={"word": keyword})
    if ":" in rest and has_body:
        label = f"one of {', '.join(f'`{word}`' for word in here)} fits" if here else "no block stands in here"
        return Slip(UNKNOWN_KEYWORD, start, end, label, values={"keyword": keyword}, opens=True)
    return stray((whole,), place)


def unknown_keyword(part: Part, *, near: str) -> Slip:
    """A keyword with a slip in it."""
    cure = Cure(f"write `{near}`", (Swap(part.start, part.end, near),), is_safe=False)
    values = {"keyword": part.written}
    return Slip(UNKNOWN_KEYWORD, part.start, part.end, f"did you mean `{near}`?", cure=cure, values=values, opens=True)


def explain_statement(part: Part) -> Slip:
    """What is wrong with a line that begins with `use`, `let` or `retired`."""
    line, start, end = part.written, part.start, part.end
    word = line.split(maxsplit=1)[0].rstrip(":=")
    if word == "use":
        quoted = re.search(r"[\"'](.+?)[\"']", line)
        path = quoted[1] if quoted else line[len("use") :].strip(" \t:=\"'")
        cure = Cure(f'write `use "{path}"`', (Swap(start, end, f'use "{path}"'),)) if path else None
        return Slip(WRONG_USE, start, end, cure.title if cure else "", cure=cure)
    if word == "retired":
        return Slip(WRONG_RETIRED, start, end, "write `retired old-name: why it went`")
    found = re.fullmatch(r"let[ \t]+([^\s:=]+)[ \t]*:?[ \t]+([^\s:=].*)", line)
    if found is None:
        return Slip(WRONG_LET, start, end, "write `let name = value`")
    written = f"let {found[1]} = {found[2]}"
    cure = Cure(f"write `{written}`", (Swap(start, end, written),))
    return Slip(WRONG_LET, start, end, cure.title, cure=cure)


def missing_colon(part: Part) -> Slip:
    """A field or the beginning of a header without the colon that belongs behind it."""
    word = " ".join(part.written.split())
    cure = Cure("put a colon there", (Swap(part.end, part.end, ":"),))
    values = {"word": word}
    return Slip(MISSING_COLON, part.start, part.end, f"write `{word}:`", cure=cure, values=values, opens=True)


def missing_name(part: Part, *, title: str) -> Slip:
    """A keyword without a name behind it; the cure makes one from the title, or else from the line's number."""
    keyword = part.written
    name = as_name(title) or f"{keyword}-{part.text.count(chr(10), 0, part.start) + 1}"
    values = {"keyword": keyword}
    cure = Cure(f"write `{keyword} {name}`", (Swap(part.end, part.end, f" {name}"),), is_safe=False)
    return Slip(
        MISSING_NAME, part.start, part.end, f"write `{keyword} {name}: ...`", cure=cure, values=values, opens=True
    )


def unknown_level(part: Part) -> Slip:
    """A word that begins a check and is no level."""
    text, start, end, word = part.text, part.start, part.end, part.written
    level = near_level(word)
    label = f"did you mean `{level}`?" if level else "`must` or `should` fits here"
    if level is None and re.match(r'[ \t]+(?:"|/|any[ \t]|all[ \t])', text[end : end + 80]):
        cure = Cure("write `must` before it", (Swap(start, start, "must "),), is_safe=False)
        label = "write `must` or `should` before it"
    else:
        swap = Swap(start, end, level or "must")
        cure = Cure(f"write `{swap.text}`", (swap,), is_safe=False, is_guess=level is None)
    return Slip(UNKNOWN_LEVEL, start, end, label, cure=cure, values={"word": word})


def stray(lines: Sequence[Part], place: Place) -> Slip:
    """Lines that belong to nothing, with what would fit at their place.

    What is indented below one at the margin belongs to it, whatever it was meant to be.
    """
    block = place.block
    start, end = lines[0].start, lines[-1].end
    is_at_margin = place.item is None or _stands_at_margin(lines[0])
    opens = _stands_at_margin(lines[-1]) and _DEEPER.match(lines[-1].text, end) is not None
    swaps = tuple(Swap(line.start, line.start, "# ") for line in lines)
    cure = Cure("make it a comment", swaps, is_safe=False, is_guess=opens)
    texts = [field.name for field in block.fields if field.value == "prose"] if block else []
    usual = next((name for name in ("input", "about") if name in texts), "")
    label = f"text stands below a field such as `{usual}:`" if usual else "a comment begins with `#`"
    if is_at_margin:
        label = "at the margin stand items such as `case name: Title`"
    return Slip(STRAY_LINE, start, end, label, cure=cure, opens=opens)


def _stands_at_margin(part: Part) -> bool:
    return part.start == 0 or part.text[part.start - 1] == "\n"
