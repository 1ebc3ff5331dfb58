"""Texts without what does not matter when they are compared."""

import unicodedata


def fold(text: str) -> str:
    """The text composed (NFC), without regard to case, with one space for each run of white space and none around."""
    if text.isascii():
        return " ".join(text.lower().split())
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return " ".join(composed.split())
