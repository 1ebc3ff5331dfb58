"""What one case takes: how often a target and a judge are asked about it, and how much is said then.

Sizes are those of the prompts that a run sends. Answers are taken to be like the case's examples.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from evalc.checks._evaluation import open_judged
from evalc.checks.contract import Answered
from evalc.model.catalog import Case, Check, Rubric, Turn, awaited_turns
from evalc.model.exchange import Message, Response
from evalc.model.plan import Bounds, Usage
from evalc.targets._tokens import token_bounds

# Where no example tells how long an answer is: a sentence, or a page.
_ANSWER_TOKENS = Bounds(low=20, high=1000)

# A judge's reply on one criterion: a quote, a reason and a verdict.
_REPLY_TOKENS = Bounds(low=60, high=500)

# An answer may well be longer than its example.
_LONGER = 2.0

_MESSAGE_TOKENS = 4


def answer_usage(case: Case, *, max_steps: int) -> Usage:
    """What the answers to a case take. One with tools is asked again with each of their results."""
    most_steps = min(max_steps, 1 + max(1, sum(len(tool.replies) for tool in case.tools))) if case.tools else 1
    tools = _bounds(sum(len(tool.model_dump_json()) for tool in case.tools))
    answer = _answer_tokens(case)
    usage = Usage()
    for number, turn in enumerate(awaited_turns(case.turns)):
        asked = _bounds(_size(case.turns[: turn + 1])) + _messages(turn + 1) + tools + answer.times(number)
        output = Bounds(low=answer.low, high=answer.high * most_steps)
        # Each further step reads what was said before it once more.
        reread = sum(range(most_steps)) * answer.high
        usage += Usage(
            calls=Bounds(low=1, high=most_steps),
            input_tokens=Bounds(low=asked.low, high=asked.high * most_steps + reread),
            output_tokens=output,
        )
    return usage


def judging_usage(case: Case, rubrics: Sequence[Rubric]) -> Usage:
    """What judging one set of answers to a case takes of one judge that is asked once about everything."""
    answer = _answer_tokens(case)
    text = max((example.text for example in case.examples), key=len, default="")
    usage = Usage()
    for turn, check in _judged(case):
        asked = tuple(Message(role=found.role, text=found.text) for found in case.turns[: turn + 1])
        answered = Answered(case=case, asked=asked, response=Response(text=text))
        for question in open_judged(check).questions(answered, rubrics, seed="plan"):
            size = sum(len(message.text.encode()) for message in question.messages)
            prompt = _bounds(size - len(text.encode())) + _messages(len(question.messages)) + answer
            usage += Usage(calls=Bounds(low=1, high=1), input_tokens=prompt, output_tokens=_REPLY_TOKENS)
    return usage


def _judged(case: Case) -> Iterator[tuple[int, Check]]:
    """The checks that a judge decides, each with the turn whose answer it reads."""
    last = max(awaited_turns(case.turns), default=len(case.turns) - 1)
    replies = ((reply.turn, check) for reply in case.replies for check in reply.checks)
    for turn, check in chain(replies, ((last, check) for check in case.checks)):
        if check.is_judged:
            yield turn, check


def _answer_tokens(case: Case) -> Bounds:
    sizes = [len(example.text.encode("utf-8", "surrogatepass")) for example in case.examples]
    if not sizes:
        return _ANSWER_TOKENS
    return Bounds(low=token_bounds(min(sizes))[0], high=token_bounds(max(sizes))[1] * _LONGER)


def _bounds(size: int) -> Bounds:
    low, high = token_bounds(size)
    return Bounds(low=low, high=high)


def _messages(number: int) -> Bounds:
    return Bounds(low=0, high=_MESSAGE_TOKENS * number)


def _size(turns: Sequence[Turn]) -> int:
    return sum(len(turn.text.encode("utf-8", "surrogatepass")) for turn in turns)
