"""Names: small letters, digits, and `-` between them."""

import re

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_LOOK = 80


def is_name(text: str) -> bool:
    """Whether a text is a name."""
    return _NAME.fullmatch(text) is not None


def as_name(text: str) -> str | None:
    """The name that a text was probably meant to be, or None where nothing of it fits."""
    return re.sub(r"[^a-z0-9]+", "-", text[:_LONGEST_LOOK].casefold()).strip("-") or None
