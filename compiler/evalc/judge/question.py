"""What a judge is asked in one call."""

from evalc.base.record import record
from evalc.model.catalog import Criterion, Example, Scale
from evalc.model.exchange import Message, ToolCall


@record
class Subject:
    """What is judged: an answer with the calls made for it, what led to it, and what its author expected.

    `examples` are answers whose verdict is known.
    """

    asked: tuple[Message, ...]
    expect: str
    answer: str
    calls: tuple[ToolCall, ...] = ()
    examples: tuple[Example, ...] = ()


@record
class PairQuestion:
    """One call to a judge that compares two answers in one order; the rest is as in `Question`."""

    messages: tuple[Message, ...]
    nonce: str
    fence: str
    answers: str


@record
class Question:
    """One call to a judge.

    `name` is the criterion's name, `claim`, or `together` where the reply holds a result for each of several criteria.
    `nonce` must come back with the reply, `fence` is in the lines around everything that is shown, and `answer` is what
    quotes must occur in.
    """

    name: str
    criteria: tuple[Criterion, ...]
    scale: Scale
    messages: tuple[Message, ...]
    nonce: str
    fence: str
    answer: str
    is_together: bool = False
