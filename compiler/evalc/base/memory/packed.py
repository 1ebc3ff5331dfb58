"""Many values in little memory."""

import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

Value = TypeVar("Value")


def pack(content: bytes) -> bytes:
    """A text in a tenth of the space, or less where it repeats itself."""
    return zlib.compress(content, 1)


def unpack(packed: bytes) -> bytes:
    """The text again."""
    return zlib.decompress(packed)


class Packed(Sequence[Value], Generic[Value]):
    """Values that are kept as packed texts, and read when they are asked for. The last few of these are at hand.

    Args:
        read: The value of a text.
        at_hand: How many values are not read again when they are asked for again.
    """

    def __init__(self, packed: Iterable[bytes], read: Callable[[bytes], Value], *, at_hand: int = 16) -> None:
        self.packed = tuple(packed)
        self._read = read
        self._room = at_hand
        self._at_hand: OrderedDict[int, Value] = OrderedDict()

    def __len__(self) -> int:
        return len(self.packed)

    @overload
    def __getitem__(self, at: int) -> Value: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Value]: ...

    def __getitem__(self, at: int | slice) -> Value | Sequence[Value]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        place = range(len(self))[at]
        if place not in self._at_hand:
            self._at_hand[place] = self._unpack(place)
            if len(self._at_hand) > self._room:
                self._at_hand.popitem(last=False)
        return self._at_hand[place]

    def __iter__(self) -> Iterator[Value]:
        # Who reads all of them looks back at none.
        return map(self._unpack, range(len(self)))

    def _unpack(self, place: int) -> Value:
        return self._read(unpack(self.packed[place]))
