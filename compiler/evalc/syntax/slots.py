"""The kinds of slots in forms: which words they take, and the value that those give."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from evalc.base.record import record
from evalc.syntax.tree import Word, WordKind

if TYPE_CHECKING:
    from pydantic import JsonValue

A_TEXT = "a text in quotes"
A_NUMBER = "a number"
A_COMMA = "a comma"
AN_OPERATOR = "one of `=`, `!=`, `<`, `<=`, `>`, `>=`"
OPERATORS = ("=", "!=", "<", "<=", ">", ">=")

_CONSTANTS: "dict[str, JsonValue]" = {"true": True, "false": False, "null": None}


@record
class Read:
    """The value of a slot and the index of the first word behind it."""

    value: "JsonValue"
    end: int


class Walk:
    """One attempt to read words; remembers how far any way of reading came, and what would have fitted there."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.furthest = 0
        self.expected: dict[str, None] = {}

    def word(self, at: int, kind: WordKind, *, expected: str) -> Word | None:
        """The word at an index if it is of this kind; where it is not, that is remembered."""
        if at < len(self.words) and self.words[at].kind == kind:
            return self.words[at]
        self.miss(at, expected)
        return None

    def miss(self, at: int, expected: str) -> None:
        """Remember that something else was expected at an index."""
        if at > self.furthest:
            self.furthest, self.expected = at, {}
        if at == self.furthest:
            self.expected[expected] = None


Reader = Callable[[Walk, int], Read | None]


def _one(kind: WordKind, expected: str) -> Reader:
    def read(walk: Walk, at: int) -> Read | None:
        word = walk.word(at, kind, expected=expected)
        return Read(word.text, at + 1) if word else None

    return read


def _pattern(walk: Walk, at: int) -> Read | None:
    word = walk.word(at, "pattern", expected="a pattern between slashes")
    return Read({"pattern": word.text, "flags": word.mark}, at + 1) if word else None


def _number(walk: Walk, at: int) -> Read | None:
    word = walk.word(at, "number", expected=A_NUMBER)
    if word and word.mark:
        walk.miss(at, "a number without a unit")
        return None
    return Read(number_of(word), at + 1) if word else None


def _count(walk: Walk, at: int) -> Read | None:
    word = walk.word(at, "number", expected="a whole number")
    if word and (word.mark or not word.text.isdecimal()):
        walk.miss(at, "a whole number")
        return None
    return Read(int(word.text), at + 1) if word else None


def _quantity(walk: Walk, at: int) -> Read | None:
    word = walk.word(at, "number", expected=A_NUMBER)
    return Read({"number": number_of(word), "unit": word.mark}, at + 1) if word else None


def _operator(walk: Walk, at: int) -> Read | None:
    word = walk.word(at, "operator", expected=AN_OPERATOR)
    if word and word.text not in OPERATORS:
        walk.miss(at, AN_OPERATOR)
        return None
    return Read(word.text, at + 1) if word else None


def _tool(walk: Walk, at: int) -> Read | None:
    if at < len(walk.words) and walk.words[at].kind == "text":
        return Read(walk.words[at].text, at + 1)
    word = walk.word(at, "name", expected="a tool's name")
    return Read(word.text, at + 1) if word else None


def _value(walk: Walk, at: int) -> Read | None:
    word = walk.words[at] if at < len(walk.words) else None
    if word and word.kind == "text":
        return Read(word.text, at + 1)
    if word and word.kind == "number" and not word.mark:
        return Read(number_of(word), at + 1)
    if word and word.kind == "name" and word.text in _CONSTANTS:
        return Read(_CONSTANTS[word.text], at + 1)
    for expected in (A_TEXT, A_NUMBER, *(f"`{name}`" for name in _CONSTANTS)):
        walk.miss(at, expected)
    return None


def _list(item: Reader) -> Reader:
    def read(walk: Walk, at: int) -> Read | None:
        values = []
        while found := item(walk, at):
            values.append(found.value)
            at = found.end
            if not walk.word(at, "comma", expected=A_COMMA):
                return Read(values, at)
            at += 1
        return None

    return read


def _joined(item: Reader) -> Reader:
    def read(walk: Walk, at: int) -> Read | None:
        values = []
        while found := item(walk, at):
            values.append(found.value)
            at = found.end
            if not is_word(walk, at, text="and"):
                walk.miss(at, "`and`")
                return Read(values, at)
            at += 1
        return None

    return read


def _argument(walk: Walk, at: int) -> Read | None:
    path = KINDS["path"](walk, at)
    if path and not is_word(walk, path.end, text="="):
        walk.miss(path.end, "`=`")
        return None
    value = path and KINDS["value"](walk, path.end + 1)
    return Read({"path": path.value, "value": value.value}, value.end) if path and value else None


def _condition(walk: Walk, at: int) -> Read | None:
    path = KINDS["path"](walk, at)
    if not path:
        return None
    is_list = is_word(walk, path.end, text="in")
    if not is_list:
        walk.miss(path.end, "`in`")
    operator = Read("in", path.end + 1) if is_list else _operator(walk, path.end)
    value = operator and KINDS["values" if is_list else "value"](walk, operator.end)
    if not operator or not value:
        return None
    values = value.value if is_list else [value.value]
    return Read({"path": path.value, "operator": operator.value, "values": values}, value.end)


def is_word(walk: Walk, at: int, *, text: str) -> bool:
    """Whether the word at an index is this very name or operator."""
    return at < len(walk.words) and walk.words[at].text == text and walk.words[at].kind in ("name", "operator")


def choice_of(texts: Sequence[str]) -> Reader:
    """A reader that takes one of these words."""

    def read(walk: Walk, at: int) -> Read | None:
        for text in texts:
            if is_word(walk, at, text=text):
                return Read(text, at + 1)
        for text in texts:
            walk.miss(at, f"`{text}`")
        return None

    return read


def number_of(word: Word) -> int | float:
    """The number that a word says."""
    return float(word.text) if "." in word.text else int(word.text)


KINDS: dict[str, Reader] = {
    "arguments": _joined(_argument),
    "condition": _condition,
    "conditions": _joined(_condition),
    "count": _count,
    "name": _one("name", "a name"),
    "number": _number,
    "operator": _operator,
    "path": _one("path", "a path such as `$.status`"),
    "pattern": _pattern,
    "quantity": _quantity,
    "reason": _one("name", "a reason such as `length`"),
    "rubric": _one("name", "the name of a rubric"),
    "text": _one("text", A_TEXT),
    "texts": _list(_one("text", A_TEXT)),
    "tool": _tool,
    "value": _value,
    "values": _list(_value),
}
