"""Whether a text says something else than before, or the same in other words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evalc.diff.prose.lexicon import CONDITIONS, NEGATIONS, OPPOSITE, PLAIN, PUNCTUATION, QUANTITIES
from evalc.diff.prose.words import WordChange, compare_words, split_words
from evalc.model.change import Piece

Nature = Literal["meaning", "wording", "reflow"]

# What a reviewer wants to hear of first.
_TELLING = ("the number", "the negation", "the quantity", "the name", "the condition", "the sign", "the word")

_LEAST_ENGLISH_SHARE = 0.12
_MOST_CHANGED_SHARE = 1 / 3
_MOST_CHANGED = 20

_ITEM = re.compile(r"(?:[-*+>|#]|\d+[.)])(?:\s|$)|\||`{3}|~{3}|\s")


@dataclass(frozen=True, slots=True)
class TextChange:
    """How a text changed: only its line ends, only its wording, or what it says, and why that is thought."""

    nature: Nature
    pieces: tuple[Piece, ...]
    reason: str


def compare_texts(before: str, after: str) -> TextChange | None:
    """The change of a prose that people and judges read, or None where there is none.

    It is `wording` only where that is plain: a few words of a text that is recognizably English took the place of
    others, and none is a number, name, sign, negation, quantity, condition or a word that has an opposite.
    """
    if before == after:
        return None
    if before.split() == after.split():
        return TextChange("reflow", (), "only line ends and spaces")
    change = compare_words(before, after)
    reason = _why_meaning(change, before, after)
    if reason:
        return TextChange("meaning", change.pieces, reason)
    return TextChange("wording", change.pieces, "only the wording")


def compare_inputs(before: str, after: str) -> TextChange | None:
    """The change of a text that a target is sent, or None: each word counts, and each line of a list or code."""
    if before == after:
        return None
    if _paragraphs(before.strip("\n")) == _paragraphs(after.strip("\n")):
        return TextChange("reflow", (), "only line ends inside of paragraphs")
    if before.split() == after.split():
        return TextChange("meaning", (), "lines or indentation")
    return TextChange("meaning", compare_words(before, after).pieces, "words")


def _why_meaning(change: WordChange, before: str, after: str) -> str:
    """What speaks for another meaning, in words, or nothing."""
    names = _names(before) | _names(after)
    found = [
        (_TELLING.index(kind), word)
        for removed, added in _hunks(change)
        for word in (*removed, *added)
        if (kind := _telling_kind(word, names)) and (kind == "the name" or _fold(removed) != _fold(added))
    ]
    if found:
        rank, word = min(found, key=lambda item: item[0])
        return f"{_TELLING[rank]} `{word}`"
    changed = [*change.words("removed"), *change.words("added")]
    return _telling_hunk(change) or _telling_amount(changed, before, after)


def _telling_kind(word: str, names: frozenset[str]) -> str:
    """What makes a word one that can change the meaning, or nothing."""
    folded = word.casefold()
    if any(letter.isdigit() for letter in word):
        return "the number"
    if not word[0].isalnum():
        return "" if word in PUNCTUATION else "the sign"
    if folded in NEGATIONS or folded.endswith(("n't", "n\u2019t")):
        return "the negation"
    if folded in QUANTITIES:
        return "the quantity"
    if folded in CONDITIONS:
        return "the condition"
    if word in names or any(sign in word for sign in "._/:@"):
        return "the name"
    return "the word" if OPPOSITE.match(folded) else ""


def _telling_hunk(change: WordChange) -> str:
    """A change that puts content in or takes it out without a replacement, or that moves words."""
    hunks = [(_fold(removed), _fold(added)) for removed, added in _hunks(change)]
    removed, added = ([word for hunk in hunks for word in hunk[side]] for side in (0, 1))
    if removed and sorted(removed) == sorted(added) and any(left != right for left, right in hunks):
        return "the order of words"
    for left, right in hunks:
        gone, new = [word for word in left if word not in PLAIN], [word for word in right if word not in PLAIN]
        if gone and not new:
            return f"the loss of `{gone[0]}`"
        if new and not gone:
            return f"the new word `{new[0]}`"
    return ""


def _telling_amount(changed: Sequence[str], before: str, after: str) -> str:
    words = sum(word not in PUNCTUATION for word in changed)
    if not words:
        return ""
    if words > _MOST_CHANGED or words > _MOST_CHANGED_SHARE * (len(split_words(before)) + len(split_words(after))):
        return "many words"
    return "" if _is_english(before) and _is_english(after) else "a text that is not known to be English"


def _hunks(change: WordChange) -> Iterator[tuple[list[str], list[str]]]:
    """What was taken out and put in at each place."""
    gone: list[str] = []
    new: list[str] = []
    for mark, run in change.runs:
        if mark == "same":
            yield gone, new
            gone, new = [], []
        else:
            (gone if mark == "removed" else new).extend(run)
    yield gone, new


def _fold(words: Iterable[str]) -> list[str]:
    return [word.casefold() for word in words if word not in PUNCTUATION]


def _names(text: str) -> frozenset[str]:
    """The words that look like names: capitals inside of them, or at their beginning inside of a sentence."""
    names = set()
    last = "."
    for word in split_words(text):
        if word[1:] != word[1:].lower() or (word[0].isupper() and last not in ".!?:" and word != "I"):
            names.add(word)
        last = word if word not in "*_`\"'()" else last
    return frozenset(names)


def _is_english(text: str) -> bool:
    words = [word.casefold() for word in split_words(text) if word[0].isalpha()]
    return sum(word in PLAIN for word in words) >= _LEAST_ENGLISH_SHARE * max(len(words), 1)


def _paragraphs(text: str) -> list[str]:
    """The lines of a text with plain ones joined, each with single spaces; code and indented lines stay as they are."""
    joined: list[str] = []
    is_code = continues = False
    for line in text.split("\n"):
        is_fence = line.lstrip().startswith(("```", "~~~"))
        if is_code or is_fence or _ITEM.match(line) or not line:
            joined.append(line.rstrip() if not is_code else line)
            continues = False
            is_code ^= is_fence
        elif continues:
            joined[-1] += " " + " ".join(line.split())
        else:
            joined.append(" ".join(line.split()))
            continues = True
    return joined


def changed_pieces(pieces: Iterable[Piece]) -> tuple[tuple[str, str], ...]:
    """What a change took out and put in, with the words around it: equal for equal edits of different texts."""
    found = list(pieces)
    edge = 40
    parts: list[tuple[str, str]] = []
    for index, piece in enumerate(found):
        if piece.kind != "same":
            parts.append((piece.kind, piece.text))
        else:
            behind = piece.text[:edge] if index else ""
            ahead = piece.text[-edge:] if index < len(found) - 1 else ""
            parts.append(("same", f"{behind}…{ahead}"))
    return tuple(parts)
