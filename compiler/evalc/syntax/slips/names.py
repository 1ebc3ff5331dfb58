"""Slips in names, and characters that nobody sees."""

import re
import unicodedata
from collections.abc import Iterator

from evalc.syntax.codes.headers import WRONG_NAME
from evalc.syntax.codes.layout import HIDDEN_CHARACTER
from evalc.syntax.slips.slip import Cure, Part, Slip, Swap

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters that draw nothing: fillers of Hangul, and the blank of Braille.
_EMPTY_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
# Joiners shape letters of Persian and Hindi, and make one picture of several.
_JOINERS = frozenset("\u200c\u200d")


def is_name(name: str) -> bool:
    """Whether a word is small letters and digits, with single `-` between them."""
    return _NAME.fullmatch(name) is not None


def slips_in_name(part: Part) -> Iterator[Slip]:
    """What keeps a part of a text from being a name."""
    name = part.written
    if is_name(name):
        return
    better = as_name(name)
    label = f"write `{better}`" if better else ""
    cure = Cure(f"write `{better}`", (Swap(part.start, part.end, better),), is_safe=False) if better else None
    yield Slip(WRONG_NAME, part.start, part.end, label, cure=cure, values={"name": shown(name)})


def as_name(words: str) -> str:
    """The name that some words make: small letters, digits and `-`; empty where they have none of these."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-")


def slips_in_line(part: Part, *, spaces_too: bool = False) -> Iterator[Slip]:
    """The first character of a part that nobody sees, if there is one; the cure takes out all of them.

    Args:
        spaces_too: Where only plain spaces separate words, others are among what nobody sees.
    """
    if part.written.isprintable():
        return
    text = part.text
    found = [
        at for at in range(part.start, part.end) if is_hidden(text, at) or (spaces_too and _is_odd_space(text[at]))
    ]
    if found:
        swaps = tuple(Swap(at, at + 1, " " if text[at].isspace() else "") for at in found)
        cure = Cure("take out what nobody sees", swaps, is_safe=False)
        label = "write a space" if text[found[0]].isspace() else "take it out"
        named = {"name": name_of(text[found[0]])}
        yield Slip(HIDDEN_CHARACTER, found[0], found[0] + 1, label, cure=cure, values=named)


def is_hidden(text: str, at: int) -> bool:
    """Whether the character at an offset is drawn as nothing, or turns the direction of writing round."""
    character = text[at]
    if character in _JOINERS:
        return at == 0 or text[at - 1].isascii()
    return character in _EMPTY_LETTERS or (character != "\t" and unicodedata.category(character) in _CONTROLS)


def _is_odd_space(character: str) -> bool:
    return unicodedata.category(character) == "Zs" and character != " "


_CONTROLS = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def name_of(character: str) -> str:
    """A character in words: `U+200B (zero width space)`."""
    name = unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def shown(words: str, most: int = 40) -> str:
    """Some words as a message shows them: on one line, and not all of a long text."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 3].rstrip() + "..."


def article(noun: str) -> str:
    """A noun with its article."""
    return f"an {noun}" if noun[:1] in "aeiou" else f"a {noun}"
