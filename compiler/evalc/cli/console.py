"""What commands print with: colour where a terminal wants it."""

import os
import sys
from io import TextIOWrapper
from typing import Literal, TextIO

Style = Literal["good", "bad", "open", "dim", "bold"]

_CODES: dict[Style, str] = {"good": "32", "bad": "31", "open": "33", "dim": "2", "bold": "1"}


def wants_colour(stream: TextIO | None = None) -> bool:
    """Whether a stream is a terminal that shows colours; NO_COLOR and FORCE_COLOR decide where they are set."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"


class Painter:
    """Text in a style, or as it is where no colour is wanted."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, style: Style) -> str:
        """The text in this style."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._colour else text


def silence(stream: TextIO) -> None:
    """Let what is printed to a stream go nowhere from now on, the flush at the program's end included."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def show_everything(*streams: TextIO) -> None:
    """Let streams show what their encoding lacks as escapes, as under `LANG=C`, instead of failing."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
