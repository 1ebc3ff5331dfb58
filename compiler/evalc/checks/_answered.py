"""Answers that no run gave, put where they would stand in the conversation of their case."""

from collections.abc import Sequence

from evalc.checks.contract import Answered
from evalc.model.catalog import Case
from evalc.model.exchange import Message, Response

UNKNOWN_ANSWER = "(What the AI system said here is not known.)"


def asked_before(
    case: Case, turn: int, *, answers: Sequence[str] = (), unknown: str = UNKNOWN_ANSWER
) -> tuple[Message, ...]:
    """The conversation up to a turn, with what the target answered before it, or `unknown` where that is not known."""
    messages: list[Message] = []
    earlier = iter(answers)
    for number, said in enumerate(case.turns[: turn + 1]):
        messages.append(Message(role=said.role, text=said.text))
        is_answered = number + 1 < len(case.turns) and case.turns[number + 1].role == "assistant"
        if said.role == "user" and number < turn and not is_answered:
            messages.append(Message(role="assistant", text=next(earlier, unknown)))
    return tuple(messages)


def last_turn(case: Case) -> int:
    """The number of the turn that the last answer belongs to."""
    return max((number for number, turn in enumerate(case.turns) if turn.role == "user"), default=-1)


def answered_last(case: Case, response: Response) -> Answered:
    """A response as the last answer to a case."""
    return Answered(case, asked_before(case, last_turn(case)), response)
