"""What a judge is asked about one criterion."""

from dataclasses import dataclass

from evalc.model.catalog import Criterion, Scale
from evalc.model.exchange import Message


@dataclass(frozen=True, slots=True)
class Question:
    """One call to a judge.

    `name` is the criterion's name, or `claim`. `nonce` must come back with the reply. `answer` is what quotes
    must occur in.
    """

    name: str
    criterion: Criterion
    scale: Scale
    messages: tuple[Message, ...]
    nonce: str
    answer: str
