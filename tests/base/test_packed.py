"""Values kept as packed texts."""

from evalc.base.memory.packed import Packed, pack


def make(count: int, *, at_hand: int = 2) -> tuple[Packed[str], list[str]]:
    """Texts, and which of them were read."""
    read: list[str] = []

    def note(content: bytes) -> str:
        read.append(content.decode())
        return read[-1]

    return Packed((pack(f"value {number}".encode()) for number in range(count)), note, at_hand=at_hand), read


def test_values_are_read_when_they_are_asked_for() -> None:
    """All of them at once would not fit into the memory."""
    packed, read = make(3)

    assert 3 == len(packed)
    assert [] == read
    assert "value 1" == packed[1]
    assert "value 2" == packed[-1]
    assert ["value 1", "value 2"] == read


def test_the_last_values_are_at_hand() -> None:
    """Pages of one eval ask for it again and again."""
    packed, read = make(4)
    for at in (0, 1, 0, 2, 1):
        assert f"value {at}" == packed[at]

    assert ["value 0", "value 1", "value 2"] == read


def test_going_through_all_keeps_what_is_at_hand() -> None:
    """And reads each once."""
    packed, read = make(4)
    first = packed[0]
    read.clear()

    assert ["value 0", "value 1", "value 2", "value 3"] == list(packed)
    assert ["value 0", "value 1", "value 2", "value 3"] == read
    assert first is packed[0]
    assert ["value 1", "value 2"] == packed[1:3]


def test_texts_take_less_room() -> None:
    """That is what it is for."""
    text = b'{"outcome":"passed","reason":"has 44 words"}' * 50

    assert len(pack(text)) < len(text) / 10
