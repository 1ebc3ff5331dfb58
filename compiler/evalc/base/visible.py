"""Text that others wrote, fit to be printed: nothing in it acts on a terminal, is Markdown, or hides from a reader."""

import json
import re
from unicodedata import combining, east_asian_width

_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)

_LONGEST_SPAN = 400


def visible(text: str) -> str:
    r"""The text on one line, with every control, direction and invisible character as `\u{HEX}`; a tab is a space."""
    return _HIDDEN.sub(_shown, text)


def visible_json(text: str) -> str:
    """JSON that says the same, with every such character as an escape."""
    return _HIDDEN.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


def code_span(text: str) -> str:
    """A text as a code span of Markdown on one line: nothing in it is a name, a link, an image or HTML."""
    line = visible(" ".join(text.split()))
    line = line if len(line) <= _LONGEST_SPAN else f"{line[:_LONGEST_SPAN]} …"
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", line)), default=0))
    # A span may not begin or end with the sign that closes it, and an empty one is none.
    space = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{ticks}{space}{line or '-'}{space}{ticks}"


def width(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def _shown(found: re.Match[str]) -> str:
    if found[0] == "\t":
        return " "
    if found[0] == "\n":
        return "\\n"
    return f"\\u{{{ord(found[0]):x}}}"
