"""How texts are compared and shown."""

import unicodedata
from collections.abc import Sequence

_SHOWN_AT_MOST = 60


def fold(text: str) -> str:
    """The text composed (NFC), without regard to case, with one space for each run of white space and none around."""
    if text.isascii():
        return " ".join(text.lower().split())
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(composed.split())


def as_compared(text: str, *, exactly: bool) -> str:
    """The text as a check compares it."""
    return text if exactly else fold(text)


def quoted(text: str, *, at_most: int = _SHOWN_AT_MOST) -> str:
    """A text in quotes on one line, for a reason; a long one is cut, between words where it can be."""
    line = " ".join(text[: at_most * 4].split())
    if len(line) > at_most or len(text) > at_most * 4:
        cut = line[:at_most]
        line = f"{cut.rsplit(' ', 1)[0] if ' ' in cut[at_most // 2 :] else cut} …"
    return f'"{line}"'


def all_quoted(texts: Sequence[str], word: str) -> str:
    """Texts in quotes, joined for reading: `"a"`, `"a" or "b"`, `"a", "b" or "c"`."""
    return joined([quoted(text) for text in texts], word)


def joined(items: Sequence[str], word: str) -> str:
    """Items joined for reading: `a`, `a or b`, `a, b or c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
