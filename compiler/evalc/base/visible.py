"""Text that others wrote, fit to be printed: nothing in it acts on a terminal or hides from a reader."""

import re
from unicodedata import combining, east_asian_width

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    r"""The text on one line, with every control, direction and invisible character as `\u{HEX}`; a tab is a space."""
    return _HIDDEN.sub(_shown, text)


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _shown(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return " "
    if found[0] == "\n":
        return "\\n"
    return f"\\u{{{ord(found[0]):x}}}"
