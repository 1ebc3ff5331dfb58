"""The turns of a case, walked with a target."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalc.model.catalog import Case, Turn
from evalc.model.exchange import Message, Prompt, Response
from evalc.model.plan import Trial
from evalc.model.result import Fault
from evalc.run.asking import Asker


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with what led to it: `turn` is the index of the user's turn, `asked` all messages up to it."""

    turn: int
    asked: tuple[Message, ...]
    response: Response


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was said before the end or the first fault, and how many attempts that took."""

    answers: tuple[Answer, ...]
    fault: Fault | None
    attempts: int


async def converse(case: Case, trial: Trial, *, asker: Asker) -> Conversation:
    """All answers of a target to a case. It answers after each user turn that no assistant turn follows."""
    messages: list[Message] = []
    answers: list[Answer] = []
    attempts = 0
    awaited = frozenset(_awaited_turns(case.turns))
    for index, turn in enumerate(case.turns):
        messages.append(Message(role=turn.role, text=turn.text))
        if index not in awaited:
            continue
        asked = tuple(messages)
        key = answer_key(trial, index)
        found = await asker.ask(
            Prompt(key=key, purpose="answer", case_id=case.id, messages=asked, tools=case.tools),
        )
        attempts += found.attempts
        if found.response is None:
            return Conversation(tuple(answers), found.fault, attempts)
        answers.append(Answer(index, asked, found.response))
        messages.append(Message(role="assistant", text=found.response.text))
    return Conversation(tuple(answers), None, attempts)


def answer_key(trial: Trial, turn: int) -> str:
    """The key of the prompt for the answer after a turn: the same for all targets."""
    return f"{trial.case_id}@{trial.repeat}/{turn}"


def _awaited_turns(turns: Sequence[Turn]) -> Iterator[int]:
    for index, turn in enumerate(turns):
        is_answered = index + 1 < len(turns) and turns[index + 1].role == "assistant"
        if turn.role == "user" and not is_answered:
            yield index
