"""Slips in checks and rules: why a line could not be read, and what is wrong in one that could."""

import re
from collections.abc import Iterator
from typing import Literal

from evalc.base.diagnostic import Code
from evalc.syntax.codes.clauses import (
    DECORATED_CHECK,
    EMPTY_CHECK,
    EMPTY_RULE,
    MISSING_CHECK_NAME,
    QUOTE_IN_TEXT,
    TRAILING_COMMENT,
    UNCLOSED_PATTERN,
    UNCLOSED_TEXT,
    UNKNOWN_ESCAPE,
    UNREADABLE_CHECK,
    WORDS_AFTER_NAME,
    WRONG_OPERATOR,
    WRONG_QUOTES,
    WRONG_RULE,
)
from evalc.syntax.slips.names import as_name, shown, slips_in_line
from evalc.syntax.slips.slip import Cure, Part, Slip, Swap

_OPERATORS = {"≥": ">=", "≤": "<=", "≠": "!=", "==": "=", "=>": ">=", "=<": "<=", "<>": "!="}
# Each mark that opens a quotation somewhere, with those that close it: typewriter, English, German, French.
_QUOTES = {
    "'": "'",
    "`": "`",
    "\u2018": "\u2019",
    "\u2019": "\u2019",
    "\u201c": "\u201d",
    "\u201d": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
}
_OPEN_CLASS = re.compile(r"/(?:[^\[\\]|\\.|\[(?:[^\]\\]|\\.)*\])*\[(?:[^\]\\]|\\.)*")
_NAME = re.compile(r"[A-Za-z][\w-]*")
_ESCAPE = re.compile(r"\\(.)")


def explain_break(text: str, at: int, *, kind: Literal["check", "rule"]) -> Slip:
    """Why a check or a rule could not be read from an offset on."""
    before = text[:at].rstrip()
    if at == len(text):
        return _unfinished(before, kind)
    if text[at] == "#":
        return _comment(text, at)
    hidden = next(slips_in_line(Part(text, at, at + 1), spaces_too=True), None)
    if hidden:
        return hidden
    named = _named_from(before)
    if named is not None and kind == "check":
        start = len(before) - len(before.split()[-1])
        name = as_name(text[start:])
        cure = Cure(f"write `{name}`", (Swap(start, len(text), name),), is_safe=False) if name else None
        return Slip(WORDS_AFTER_NAME, at, len(text), cure.title if cure else "", cure=cure)
    if re.match(r"as(?![\w.-])", text[at:]):
        if before.split()[-1] in ("must", "should", "not"):
            return Slip(EMPTY_CHECK, 0, len(before), values={"level": shown(before)})
        return Slip(MISSING_CHECK_NAME, at, at + 2, "a name such as `keeps-it` fits behind it")
    if kind == "rule" and before == "pass":
        return explain_pass(Part(text, 0, at))
    return _mark(text, at) or _unreadable(text, at, kind)


def explain_pass(part: Part) -> Slip:
    """A rule whose first words are not `pass when`; the part holds the first, and the spaces behind it."""
    text, start, end = part.text, part.start, part.end
    # A word that a comparison follows is what is compared; any other one stands for `when`.
    other = re.match(r"[A-Za-z]+(?![A-Za-z]|[ \t]*[<>=])", text[end:])
    last = end + other.end() if other else end
    cure = Cure("write `pass when`", (Swap(start, last, "pass when" if other else "pass when "),), is_safe=False)
    words = text[start:last].rstrip()
    return Slip(WRONG_RULE, start, start + len(words), cure.title, cure=cure, values={"words": shown(words)})


def explain_operator(part: Part) -> Slip:
    """Why a sign between two values is no comparison."""
    written, start, end = part.written, part.start, part.end
    better = _OPERATORS.get(written, "")
    cure = Cure(f"write `{better}`", (Swap(start, end, better),)) if better else None
    return Slip(WRONG_OPERATOR, start, end, cure.title if cure else "", cure=cure, values={"operator": written})


def explain_glued(start: int, end: int) -> Slip:
    """Why a text ends where a word begins."""
    return Slip(QUOTE_IN_TEXT, start, end, "the text ends here")


def slips_in_word(word: Part) -> Iterator[Slip]:
    """What is wrong in a quoted text or another word that could be read."""
    if word.written.startswith('"'):
        for escape in _ESCAPE.finditer(word.text, word.start + 1, word.end - 1):
            if escape[1] not in '"\\nt':
                cure = Cure("double the backslash", (Swap(escape.start(), escape.start(), "\\"),), is_safe=False)
                label = "a backslash is written `\\\\`"
                yield Slip(UNKNOWN_ESCAPE, *escape.span(), label, cure=cure, values={"escape": escape[0]})
    yield from slips_in_line(word)


def _unfinished(before: str, kind: str) -> Slip:
    last = before.split()[-1]
    start = len(before) - len(last)
    if kind == "check":
        return Slip(EMPTY_CHECK, 0, len(before), values={"level": shown(before)})
    words = "and" if last == "and" else before
    start = start if last == "and" else 0
    return Slip(EMPTY_RULE, start, len(before), "a condition such as `mean >= 4` fits here", values={"words": words})


def _comment(text: str, at: int) -> Slip:
    comment = text[at:].rstrip()
    start = len(text[:at].rstrip())
    cure = Cure("put the comment above", (Swap(0, 0, comment + "\n"), Swap(start, len(text), "")))
    return Slip(TRAILING_COMMENT, at, len(text), cure.title, cure=cure, values={"what": "a check or rule"})


def _mark(text: str, at: int) -> Slip | None:
    """The slip that the character at an offset gives away, if it does."""
    mark = text[at]
    if mark == '"':
        return _unclosed(UNCLOSED_TEXT, text, at, close='"')
    if mark == "/" and re.search(r"/[^\s/]*$", text[:at]):
        label = "a slash inside of a pattern is written `\\/`"
        return Slip(UNREADABLE_CHECK, at, at + 1, label, values={"part": "/", "kind": "check"})
    if mark == "/" and text[at : at + 2] != "//":
        in_class = _OPEN_CLASS.fullmatch(text, at) is not None
        return _unclosed(UNCLOSED_PATTERN, text, at, close="]/" if in_class else "/")
    if mark == ":":
        cure = Cure("take the colon out", (Swap(at, at + 1, ""),))
        return Slip(DECORATED_CHECK, at, at + 1, cure.title, cure=cure, values={"mark": "a colon"})
    if mark in _OPERATORS:
        return explain_operator(Part(text, at, at + 1))
    if mark in _QUOTES and not text[at - 1].isalnum():
        return _other_quotes(text, at)
    return None


def _unclosed(code: Code, text: str, at: int, *, close: str) -> Slip:
    """A text or pattern without its end; a mark right behind a word is an end itself, so then there is no telling."""
    end = _end_of_value(text, at)
    cure = Cure(f"write `{close}` where it ends", (Swap(end, end, close),), is_safe=False)
    if text[at - 1].isspace() or text[at - 1] == ",":
        return Slip(code, at, end, cure.title, cure=cure)
    return Slip(code, at, at + 1, "it has no partner")


def _other_quotes(text: str, at: int) -> Slip | None:
    closing = _QUOTES[text[at]] + '"'
    end = next((end for end in range(at + 1, len(text)) if text[end] in closing), None)
    if end is None:
        return None
    inside = text[at + 1 : end].replace("\\", "\\\\").replace('"', '\\"')
    cure = Cure("write straight double quotes", (Swap(at, end + 1, f'"{inside}"'),))
    return Slip(WRONG_QUOTES, at, end + 1, f'write `"{shown(inside)}"`', cure=cure, values={"quote": text[at]})


def _unreadable(text: str, at: int, kind: str) -> Slip:
    # What was read up to here may be the beginning of the same word, as `it` of `it's`.
    start = at
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_-"):
        start -= 1
    end = _end_of_word(text, at)
    part = text[start:end]
    values = {"part": shown(part), "kind": kind}
    if kind == "rule":
        return Slip(UNREADABLE_CHECK, start, end, values=values)
    if "(" in part and text[:start].rstrip().endswith("call"):
        label = f'arguments stand behind `with`: `{part.partition("(")[0]} with $.name = "value"`'
        return Slip(UNREADABLE_CHECK, start, end, label, values=values)
    quoted = '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'
    is_guess = end < len(text.rstrip()) or not text[start - 1].isspace()
    cure = Cure("put it in quotes", (Swap(start, end, quoted),), is_safe=False, is_guess=is_guess)
    label = "a pattern is not empty" if part.startswith("//") else "a text stands in quotes"
    label = "a slot stands inside of a text in quotes, or of a pattern" if "{{" in part else label
    return Slip(UNREADABLE_CHECK, start, end, label, cure=cure, values=values)


def _named_from(words: str) -> int | None:
    """Where the `as` begins that names a check at the end of some words, None where there is none."""
    parts = words.rsplit(maxsplit=2)
    if len(parts) < 3 or parts[1] != "as" or not _NAME.fullmatch(parts[2]):
        return None
    return words.rindex("as", 0, len(words) - len(parts[2]))


def _end_of_value(text: str, at: int) -> int:
    """Where a text or pattern that is not closed was probably meant to end: before the check's name."""
    named = _named_from(text[at:])
    return len(text) if named is None else at + len(text[at : at + named].rstrip())


def _end_of_word(text: str, at: int) -> int:
    end = at + 1
    while end < len(text) and not text[end].isspace() and text[end] not in ',"':
        end += 1
    return end
