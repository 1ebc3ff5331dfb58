"""Where a setting stands in the text of a policy."""

import re

from evalc.base.source import Span

_PART = re.compile(r"\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^.\s\"']+)")
_TABLE = re.compile(r"^\s*\[\[?\s*(?P<name>[^\]]+?)\s*\]\]?")
_SETTING = re.compile(r"^\s*(?P<name>[\w.\"'-]+)\s*=\s*(?P<value>.*?)\s*$")


def place_of(text: str, path: tuple[str, ...]) -> tuple[Span, Span]:
    """The spans of a setting's name and of its value as far as its first line goes.

    Where the setting has no line of its own, both are the header of a table in it, or of the nearest one around it, or
    the text's start.
    """
    best = (0, Span(0, 0), Span(0, 0))
    table: tuple[str, ...] = ()
    offset = 0
    for line in text.splitlines(keepends=True):
        name, span, value = table, None, None
        if header := _TABLE.match(line):
            table = name = _parts(header["name"])
            span = value = _shifted(header, "name", offset)
        elif setting := _SETTING.match(line):
            name = (*table, *_parts(setting["name"]))
            span, value = _shifted(setting, "name", offset), _shifted(setting, "value", offset)
        common = min(len(name), len(path))
        if span and value and common > best[0] and name[:common] == path[:common]:
            best = (common, span, value)
        offset += len(line)
    return best[1], best[2]


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part[part.lastgroup or ""] for part in _PART.finditer(name))


def _shifted(found: re.Match[str], group: str, offset: int) -> Span:
    return Span(found.start(group) + offset, found.end(group) + offset)
