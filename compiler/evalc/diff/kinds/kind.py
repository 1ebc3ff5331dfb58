"""What a kind of change is."""

from dataclasses import dataclass

from evalc.model.change import Direction


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of change: a word, what it does to the eval, and its sentence, a format string.

    `meaning` completes the reference: what it is, and why it has this direction.
    """

    name: str
    direction: Direction
    sentence: str
    meaning: str
