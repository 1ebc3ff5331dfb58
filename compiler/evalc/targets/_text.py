"""Text from outside, made fit to be kept and shown."""


def without_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs, which no file can hold, written out as escapes."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def in_few_words(text: str, *, at_most: int = 200) -> str:
    """The text on one line, cut, with what a terminal would obey as escapes."""
    line = " ".join(text[: at_most * 4].split())
    shown = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line)
    return shown if len(shown) <= at_most else shown[:at_most] + "…"
