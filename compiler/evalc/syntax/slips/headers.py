"""Slips in headers and items: what a line with a keyword and a name was meant to be."""

import re
from collections.abc import Sequence

from evalc.base.suggest import closest
from evalc.syntax.codes.clauses import UNKNOWN_LEVEL
from evalc.syntax.codes.headers import (
    MISPLACED_BLOCK,
    MISSING_COLON,
    MISSING_NAME,
    UNKNOWN_BLOCK,
    WRONG_LET,
    WRONG_RETIRED,
    WRONG_USE,
)
from evalc.syntax.codes.layout import STRAY_LINE
from evalc.syntax.slips.names import article, as_name
from evalc.syntax.slips.slip import Cure, Slip, Swap
from evalc.syntax.slips.words import LEVELS, STATEMENTS, Place, children_of, near_level
from evalc.syntax.vocabulary import BLOCKS


def explain_header(text: str, start: int, end: int, *, place: Place) -> Slip:
    """What is wrong with a header whose keyword has no block at its place."""
    keyword = text[start:end]
    rest = text[end : text.index("\n", end)]
    if keyword in STATEMENTS:
        return explain_statement(text, start, start + len(text[start:end] + rest.rstrip()))
    if place.has_field(keyword) and ":" not in rest:
        return missing_colon(keyword, start, end)
    level = near_level(keyword)
    if level and (place.item or keyword.casefold() in LEVELS):
        return unknown_level(text, start, end)
    if keyword in BLOCKS:
        homes = " or ".join(article(home) for home in BLOCKS[keyword].parents) or "the left margin"
        label = f"it stands in {homes}" if BLOCKS[keyword].parents else "it stands at the left margin"
        values = {"where": place.words, "keyword": keyword}
        return Slip(MISPLACED_BLOCK, start, end, label, values=values, opens=True)
    near = closest(keyword, (*children_of(place.block), *(() if place.item else STATEMENTS)))
    if near:
        cure = Cure(f"write `{near}`", (Swap(start, end, near),), is_safe=False)
        values = {"keyword": keyword}
        return Slip(UNKNOWN_BLOCK, start, end, f"did you mean `{near}`?", cure=cure, values=values, opens=True)
    field = closest(keyword, [field.name for field in place.block.fields] if place.block else ())
    if field and ":" not in rest:
        cure = Cure(f"write `{field}:`", (Swap(start, end, field + ":"),), is_safe=False)
        return Slip(MISSING_COLON, start, end, f"did you mean `{field}:`?", cure=cure, values={"word": keyword})
    return stray(((start, end + len(rest.rstrip())),), place)


def explain_statement(text: str, start: int, end: int) -> Slip:
    """What is wrong with a line that begins with `use`, `let` or `retired`."""
    line = text[start:end]
    word = line.split(maxsplit=1)[0].rstrip(":=")
    if word == "use":
        path = line[len("use") :].strip(" \t:=\"'")
        cure = Cure(f'write `use "{path}"`', (Swap(start, end, f'use "{path}"'),)) if path and '"' not in path else None
        return Slip(WRONG_USE, start, end, cure.title if cure else "", cure=cure)
    if word == "retired":
        return Slip(WRONG_RETIRED, start, end, "write `retired old-name: why it went`")
    found = re.fullmatch(r"let[ \t]+([^\s:=]+)[ \t]*:?[ \t]+(\S.*)", line)
    if found is None:
        return Slip(WRONG_LET, start, end, "write `let name = value`")
    written = f"let {found[1]} = {found[2]}"
    cure = Cure(f"write `{written}`", (Swap(start, end, written),))
    return Slip(WRONG_LET, start, end, cure.title, cure=cure)


def missing_colon(word: str, start: int, end: int, *, opens: bool = False) -> Slip:
    """A field or a header without its colon, which belongs at `end`."""
    cure = Cure("put a colon there", (Swap(end, end, ":"),))
    return Slip(MISSING_COLON, start, end, f"write `{word}:`", cure=cure, values={"word": word}, opens=opens)


def missing_name(keyword: str, start: int, end: int, *, title: str) -> Slip:
    """A header of one word, which ends at `end` without its colon; the cure makes a name from the title."""
    name = as_name(title)
    values = {"keyword": keyword}
    if not name:
        return Slip(MISSING_NAME, start, end, f"write `{keyword} some-name: A title`", values=values, opens=True)
    cure = Cure(f"write `{keyword} {name}`", (Swap(end, end, f" {name}"),), is_safe=False)
    return Slip(MISSING_NAME, start, end, f"write `{keyword} {name}: ...`", cure=cure, values=values, opens=True)


def unknown_level(text: str, start: int, end: int) -> Slip:
    """A check that begins with a word which is no level."""
    word = text[start:end]
    level = near_level(word)
    label = f"did you mean `{level}`?" if level else "`must` or `should` fits here"
    if level is None and re.match(r'[ \t]+(?:"|/|any[ \t]|all[ \t])', text[end : end + 80]):
        cure = Cure("write `must` before it", (Swap(start, start, "must "),), is_safe=False)
        label = "write `must` or `should` before it"
    else:
        cure = Cure(f"write `{level or 'must'}`", (Swap(start, end, level or "must"),), is_safe=False)
    return Slip(UNKNOWN_LEVEL, start, end, label, cure=cure, values={"word": word})


def stray(lines: Sequence[tuple[int, int]], place: Place) -> Slip:
    """Lines that belong to nothing, with what would fit at their place."""
    block = place.block
    cure = Cure("make it a comment", tuple(Swap(start, start, "# ") for start, _ in lines), is_safe=False)
    texts = [field.name for field in block.fields if field.value == "prose"] if block else []
    usual = next((name for name in ("input", "about") if name in texts), "")
    label = f"text stands below a field such as `{usual}:`" if usual else "a comment begins with `#`"
    if block is None:
        label = "a file begins with an item such as `eval name: Title`"
    return Slip(STRAY_LINE, lines[0][0], lines[-1][1], label, cure=cure)
