"""A small engine for TextMate grammars, so that the grammar is tested where no Node is.

It knows what the grammar uses, `match` and `begin` with `while`, and refuses any other key. `make editors` holds the
engine of VS Code against the same texts.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

from evalc.syntax.colours import Colour

# The longest beginning of a scope's name that is in here tells its colour.
COLOURS: dict[str, Colour] = {
    "comment.line": "comment",
    "constant.numeric": "number",
    "constant.other.placeholder": "slot",
    "entity.name.function": "name",
    "entity.name.section": "title",
    "entity.name.tag": "field",
    "invalid.illegal": "error",
    "keyword.control": "keyword",
    "keyword.operator": "operator",
    "keyword.other.level": "level",
    "meta.prose": "prose",
    "meta.value": "value",
    "punctuation": "punctuation",
    "string.quoted": "text",
    "string.regexp": "pattern",
    "support.function": "verb",
    "support.variable.path": "path",
    "variable.other": "word",
    "variable.parameter": "qualifier",
}


class Capture(TypedDict, total=False):
    """What one group of a match is called, and the rules that apply inside of it."""

    name: str
    patterns: "list[Rule]"


# The names of the format are words of Python.
Rule = TypedDict(
    "Rule",
    {
        "include": str,
        "name": str,
        "contentName": str,
        "match": str,
        "captures": dict[str, Capture],
        "begin": str,
        "beginCaptures": dict[str, Capture],
        "while": str,
        "patterns": "list[Rule]",
    },
    total=False,
)
_KEYS = frozenset(Rule.__annotations__)

Scoped = tuple[str, int, int]
Found = tuple[Rule, re.Match[str]]


@dataclass(frozen=True, slots=True)
class TextMate:
    """A grammar that can be run; `scopes` gives the name, start and end of each scope, outer ones first."""

    root: list[Rule]
    repository: Mapping[str, Rule]

    @staticmethod
    def read(text: str) -> "TextMate":
        """The engine for the text of a `.tmLanguage.json`."""
        grammar = json.loads(text)
        for rule in _rules([*grammar["patterns"], *grammar["repository"].values()]):
            assert rule.keys() <= _KEYS, f"this engine does not know {sorted(rule.keys() - _KEYS)}"
        return TextMate(grammar["patterns"], grammar["repository"])

    def scopes(self, text: str) -> Iterator[Scoped]:
        """The scopes of a text, line by line."""
        stack: list[Rule] = []
        offset = 0
        for line in text.splitlines(keepends=True):
            for name, start, end in self._line(line, stack):
                yield name, offset + start, offset + end
            offset += len(line)

    def _line(self, line: str, stack: list[Rule]) -> Iterator[Scoped]:
        at = 0
        for depth, rule in enumerate(stack):
            goes_on = _search(rule["while"], line, at)
            if not goes_on:
                del stack[depth:]
                break
            at = goes_on.end()
        if stack and "contentName" in stack[-1]:
            yield stack[-1]["contentName"], at, len(line)
        while found := self._first(stack[-1]["patterns"] if stack else self.root, line, at):
            rule, match = found
            yield from self._captures(rule.get("captures") or rule.get("beginCaptures", {}), match, rule.get("name"))
            if "begin" in rule:
                stack.append(rule)
            assert match.end() > at, "an empty match would be found for ever"
            at = match.end()

    def _first(self, rules: Sequence[Rule], line: str, at: int) -> Found | None:
        """The match that begins first, and of several that begin there the first listed."""
        best: Found | None = None
        for rule in self._expanded(rules):
            match = _search(rule.get("match") or rule["begin"], line, at)
            if match and (best is None or match.start() < best[1].start()):
                best = rule, match
        return best

    def _expanded(self, rules: Sequence[Rule]) -> Iterator[Rule]:
        for rule in rules:
            if "include" in rule:
                yield from self._expanded([self.repository[rule["include"].removeprefix("#")]])
            elif "match" in rule or "begin" in rule:
                yield rule
            else:
                yield from self._expanded(rule["patterns"])

    def _captures(self, captures: Mapping[str, Capture], match: re.Match[str], name: str | None) -> Iterator[Scoped]:
        if name:
            yield name, *match.span()
        for group, capture in captures.items():
            start, end = match.span(int(group))
            if start == end:
                continue
            if "name" in capture:
                yield capture["name"], start, end
            while found := self._first(capture.get("patterns", ()), match.string[:end], start):
                rule, inner = found
                yield from self._captures(rule.get("captures", {}), inner, rule.get("name"))
                start = inner.end()


def colours(scopes: Iterator[Scoped]) -> Iterator[tuple[Colour, int, int]]:
    """The colours of scopes."""
    for name, start, end in scopes:
        parts = name.removesuffix(".evalc").split(".")
        known = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        yield next(COLOURS[beginning] for beginning in known if beginning in COLOURS), start, end


def _rules(rules: Sequence[Rule]) -> Iterator[Rule]:
    for rule in rules:
        yield rule
        yield from _rules(rule.get("patterns", []))
        for captures in (rule.get("captures", {}), rule.get("beginCaptures", {})):
            for capture in captures.values():
                yield from _rules(capture.get("patterns", []))


def _search(pattern: str, line: str, at: int) -> re.Match[str] | None:
    return re.compile(pattern).search(line, at)
