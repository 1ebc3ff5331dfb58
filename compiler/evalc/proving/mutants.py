"""Good answers, changed so that most of them are good no more."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s|$)[^.!?\n]*)*(?:[.!?]+|\n|$)\s*")
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w])")
# In the middle of a sentence, for its first word is written so anyway.
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'-]+")
_NEGATED = re.compile(r"\b(?:not|never)\s+|n't\b")
_VERB = re.compile(r"\b(is|are|was|were|can|could|will|would|must|should|may|do|does|did|has|have)\b(?! not|n't)")

_MOST_OF_A_KIND = 6
_OTHER_NAME = "Quorvane"


class Mutant(NamedTuple):
    """A changed answer, and what was changed."""

    change: str
    text: str


def mutate(text: str) -> Iterator[Mutant]:
    """Each change that a text offers, a few of every kind; none leaves it as it was."""
    seen = {text}
    for mutant in _all(text):
        if mutant.text not in seen:
            seen.add(mutant.text)
            yield mutant


def sentences(text: str) -> list[str]:
    """The sentences of a text, with the space behind each, so that together they are the text."""
    return [found for found in _SENTENCE.findall(text) if found]


def _all(text: str) -> Iterator[Mutant]:
    parts = sentences(text)
    if len(parts) > 1:
        for number in range(min(len(parts), _MOST_OF_A_KIND)):
            yield Mutant(f"without sentence {number + 1}", "".join(parts[:number] + parts[number + 1 :]))
        yield Mutant("only the first sentence", parts[0])
    for number, part in enumerate(parts[:_MOST_OF_A_KIND]):
        turned = _negate(part)
        if turned != part:
            yield Mutant(f"sentence {number + 1} negated", "".join([*parts[:number], turned, *parts[number + 1 :]]))
    yield from _swaps(text, _NUMBER, "numbers")
    for found in [*_NUMBER.finditer(text)][:_MOST_OF_A_KIND]:
        other = str(int(found[0]) + 1).zfill(len(found[0]))
        yield Mutant(f"{found[0]} is {other}", _put(text, found, other))
    yield from _swaps(text, _NAME, "names")
    for name in list(dict.fromkeys(_NAME.findall(text)))[:_MOST_OF_A_KIND]:
        yield Mutant(f"{name} is {_OTHER_NAME}", re.sub(rf"\b{re.escape(name)}\b", _OTHER_NAME, text))


def _negate(sentence: str) -> str:
    """The sentence without its first `not`, or with one behind its first verb that takes it."""
    if _NEGATED.search(sentence):
        return _NEGATED.sub("", sentence, count=1)
    return _VERB.sub(r"\1 not", sentence, count=1)


def _swaps(text: str, pattern: re.Pattern[str], what: str) -> Iterator[Mutant]:
    """The first two different findings in each other's places."""
    found = [*pattern.finditer(text)]
    other = next((match for match in found if match[0] != found[0][0]), None)
    if other:
        first = found[0]
        swapped = f"{text[: first.start()]}{other[0]}{text[first.end() : other.start()]}{first[0]}{text[other.end() :]}"
        yield Mutant(f"{what} {first[0]} and {other[0]} swapped", swapped)


def _put(text: str, found: re.Match[str], words: str) -> str:
    return text[: found.start()] + words + text[found.end() :]
