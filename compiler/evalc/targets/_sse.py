"""Server-sent events: a stream of small texts over HTTP.

Source: WHATWG HTML, "Server-sent events", section 9.2.6, interpreting an event stream.
"""

from collections.abc import Iterator

_BOM = b"\xef\xbb\xbf"


class EventReader:
    """Reads the data of events from a body that comes in parts, cut anywhere. Names and ids are not needed here."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._is_first = True

    def feed(self, part: bytes) -> Iterator[bytes]:
        """The data of each event that this part completes."""
        text = self._rest + part
        # A CR at the end may be the first half of a line end.
        held = text.endswith(b"\r")
        lines = (text[:-1] if held else text).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = lines.pop() + (b"\r" if held else b"")
        for line in lines:
            if self._is_first:
                line, self._is_first = line.removeprefix(_BOM), False
            if not line and self._data:
                yield b"\n".join(self._data)
                self._data = []
            elif line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))

    def end(self) -> Iterator[bytes]:
        """What an event has that lacks only its empty line, as some servers end."""
        yield from self.feed(b"\n\n")
