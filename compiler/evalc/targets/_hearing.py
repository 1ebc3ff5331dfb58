"""A stream of events, heard until it is over."""

import time

from evalc.targets._answers import Json, Misread, parse_object
from evalc.targets._faults import ConnectionLost, Unreadable
from evalc.targets._protocol import Gathering
from evalc.targets._refusals import Refusals, is_error
from evalc.targets._sse import EventReader


class Hearing:
    """Listens to a stream until it is over."""

    def __init__(self, gathering: Gathering, refusals: Refusals) -> None:
        self.began_at: float | None = None
        self._gathering = gathering
        self._refusals = refusals
        self._events = EventReader()

    @property
    def is_over(self) -> bool:
        """Whether the stream said that nothing more is to come."""
        return self._gathering.is_over

    def hear(self, part: bytes) -> bool:
        """Take a part of the stream, and tell whether that was its end.

        Raises:
            TargetError: The stream tells of a failure, or holds something else than events.
        """
        for data in self._events.feed(part):
            self._take(data)
        return self._gathering.is_over

    def content(self) -> Json:
        """The whole answer.

        Raises:
            TargetError: It was cut off.
        """
        for data in self._events.end():
            self._take(data)
        if not self._gathering.is_complete:
            raise ConnectionLost(self._refusals.name, "its stream ended without the mark of an end")
        return self._gathering.content()

    def _take(self, data: bytes) -> None:
        gathering = self._gathering
        if data.strip() == b"[DONE]":
            gathering.is_over = True
            return
        try:
            event = parse_object(data)
        except Misread as problem:
            raise Unreadable(self._refusals.name, f"an event of its stream is wrong: {problem}") from None
        if is_error(event):
            raise self._refusals.fault_within(event)
        gathering.add(event)
        if gathering.has_begun and self.began_at is None:
            self.began_at = time.monotonic()
