"""A matcher of word sequences against forms, such as `contain [any of|all of] <texts:texts> [exactly]`.

A form is made of literal words, slots `<name:kind>`, optional groups `[...]` and alternatives `(... | ...)`.
A kind is one of `evalc.syntax.slots.KINDS`, or the words to choose from: `<measure:words|lines>`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from evalc.base.record import record
from evalc.syntax.slots import KINDS, Reader, Walk, choice_of, is_word
from evalc.syntax.tree import Word

if TYPE_CHECKING:
    from pydantic import JsonValue

END = "nothing more"
"""What is expected where a form is complete."""

_TOKEN = re.compile(r"<([a-z_]+):([a-z_|]+)>|([\[\]()|])|([a-z][a-z0-9-]*|[<>=!]=?)")
_BARE_SLASH = re.compile(r"(?<!\\)((?:\\\\)*)/")


@record
class Match:
    """Words that fit a form: the value of each slot, the words [start, end) that gave it, and the literal words."""

    values: "dict[str, JsonValue]"
    places: dict[str, tuple[int, int]]
    said: frozenset[str]


@record
class Mismatch:
    """Words that do not fit: the index of the first such word, and what would fit there.

    `at` is the number of words where something is missing at their end.
    """

    at: int
    expected: tuple[str, ...]


@record
class Literal:
    """A word that has to be there as it is; `shown` is what is expected there, with the words right behind it."""

    text: str
    shown: str


@record
class Slot:
    """A place for words of one kind; its value is known by the name."""

    name: str
    kind: str
    read: Reader


@record
class Branch:
    """Sequences of which one has to fit, tried in order; an optional group has an empty one at the end."""

    options: "tuple[tuple[Part, ...], ...]"


Part = Literal | Slot | Branch


@record
class _Step:
    part: Literal | Slot
    value: "JsonValue"
    start: int
    end: int


def match(form: str, words: Sequence[Word]) -> Match | Mismatch:
    """What the words say in a form, or where they leave it."""
    walk = Walk(words)
    for end, steps in _sequences(walk, parse_form(form), 0):
        if end == len(words):
            return _matched(steps)
        walk.miss(end, END)
    return Mismatch(walk.furthest, tuple(walk.expected))


def best_match(forms: Sequence[str], words: Sequence[Word]) -> Match | Mismatch:
    """The match of the first form that fits, or else the best mismatch of all."""
    misses = []
    for form in forms:
        found = match(form, words)
        if isinstance(found, Match):
            return found
        misses.append(found)
    return best_mismatch(misses)


def best_mismatch(misses: Sequence[Mismatch]) -> Mismatch:
    """The mismatch that got furthest, with what all that got as far expected; the end comes last."""
    furthest = max(miss.at for miss in misses)
    expected = dict.fromkeys(text for miss in misses if miss.at == furthest for text in miss.expected)
    return Mismatch(furthest, tuple(sorted(expected, key=END.__eq__)))


@cache
def parse_form(form: str) -> tuple[Part, ...]:
    """The parts of a form.

    Raises:
        ValueError: it is not well made, which is a mistake of the member that has it.
    """
    tokens = list(_TOKEN.finditer(form))
    options, end = _parse_options(tokens, 0)
    if end < len(tokens) or len(options) != 1 or "".join(form.split()) != "".join(token[0] for token in tokens):
        raise ValueError(f"{form!r} is no form of words, slots and groups")
    return options[0]


def spell(words: Sequence[Word]) -> str:
    """The canonical text of words: one space between them, none before a comma."""
    text = ""
    for word in words:
        text += spell_word(word) if word.kind == "comma" or not text else f" {spell_word(word)}"
    return text


def spell_word(word: Word) -> str:
    """The canonical text of one word, with the quotes, slashes and marks that its kind has."""
    match word.kind:
        case "text":
            return spell_text(word.text)
        case "pattern":
            escaped = _BARE_SLASH.sub(r"\1\/", word.text)
            return f"/{escaped}/{word.mark}"
        case "number" if word.mark == "$":
            return f"${word.text}"
        case _:
            return word.text + word.mark


def spell_text(text: str) -> str:
    """A text in quotes, escaped."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def _sequences(walk: Walk, parts: tuple[Part, ...], at: int) -> Iterator[tuple[int, tuple[_Step, ...]]]:
    """Each way in which the words from `at` on begin with these parts: where it ends, and its steps."""
    steps: list[_Step] = []
    for index, part in enumerate(parts):
        if isinstance(part, Branch):
            for option in part.options:
                for end, others in _sequences(walk, option + parts[index + 1 :], at):
                    yield end, (*steps, *others)
            return
        step = _step(walk, part, at)
        if step is None:
            return
        steps.append(step)
        at = step.end
    yield at, tuple(steps)


def _step(walk: Walk, part: Literal | Slot, at: int) -> _Step | None:
    if isinstance(part, Slot):
        found = part.read(walk, at)
        return _Step(part, found.value, at, found.end) if found else None
    if is_word(walk, at, text=part.text):
        return _Step(part, None, at, at + 1)
    walk.miss(at, part.shown)
    return None


def _matched(steps: Sequence[_Step]) -> Match:
    slots = {step.part.name: step for step in steps if isinstance(step.part, Slot)}
    return Match(
        {name: step.value for name, step in slots.items()},
        {name: (step.start, step.end) for name, step in slots.items()},
        frozenset(step.part.text for step in steps if isinstance(step.part, Literal)),
    )


def _parse_options(tokens: Sequence[re.Match[str]], at: int) -> tuple[list[tuple[Part, ...]], int]:
    """The sequences up to a closing bracket or the end, and the index of that."""
    options: list[tuple[Part, ...]] = []
    parts: tuple[Part, ...] = ()
    while at < len(tokens) and tokens[at][0] not in ("]", ")"):
        token = tokens[at]
        if token[0] == "|":
            options.append(_named(parts))
            parts = ()
        elif token[0] in ("[", "("):
            inner, at = _parse_options(tokens, at + 1)
            if at == len(tokens) or tokens[at][0] != {"[": "]", "(": ")"}[token[0]]:
                raise ValueError(f"{token.string!r} has a bracket without its other half")
            parts += (Branch((*inner, ()) if token[0] == "[" else tuple(inner)),)
        else:
            parts += (_parse_part(token),)
        at += 1
    return [*options, _named(parts)], at


def _named(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts, in which words that stand together are shown together: `any of`, not `any`."""
    named: tuple[Part, ...] = ()
    words = ""
    for part in reversed(parts):
        words = f"{part.text} {words}".rstrip() if isinstance(part, Literal) else ""
        named = (Literal(part.text, f"`{words}`") if isinstance(part, Literal) else part, *named)
    return named


def _parse_part(token: re.Match[str]) -> Part:
    name, kind = token[1], token[2]
    if not name:
        return Literal(token[0], token[0])
    if "|" in kind:
        return Slot(name, kind, choice_of(kind.split("|")))
    if kind not in KINDS:
        raise ValueError(f"{token.string!r} names {kind!r}, which is no kind of slot")
    return Slot(name, kind, KINDS[kind])
