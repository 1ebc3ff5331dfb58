"""How texts are compared and shown."""

from collections.abc import Sequence

from evalc.base.folding import fold

_SHOWN_AT_MOST = 60


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


def quoted_end(text: str) -> str:
    """The end of a text in quotes on one line, for a reason."""
    line = " ".join(text[-_SHOWN_AT_MOST * 2 :].split())
    return f'"{line}"' if len(line) <= 30 else f'"… {line[-30:]}"'


def all_quoted(texts: Sequence[str], word: str) -> str:
    """Texts in quotes, joined for reading: `"a"`, `"a" or "b"`, `"a", "b" or "c"`."""
    return joined([quoted(text) for text in texts], word)


def joined(items: Sequence[str], word: str) -> str:
    """Items joined for reading: `a`, `a or b`, `a, b or c`."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"
