"""The turns of a case, walked with a target, with the results of the tools that it calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evalc.model.catalog import Case, Tool, awaited_turns
from evalc.model.exchange import Message, Prompt, Response, ToolCall
from evalc.model.plan import Trial
from evalc.model.result import Fault
from evalc.run.asking import Asker

STEP_LIMIT = "step-limit"
"""The reason for the end of an answer that was still calling tools when it was asked for often enough."""


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


@dataclass(slots=True)
class _Answering:
    """One answer as it comes about: `said` is all that was said since the question, `parts` what the target gave."""

    parts: list[Response] = field(default_factory=list)
    said: list[Message] = field(default_factory=list)
    fault: Fault | None = None
    attempts: int = 0
    is_cut: bool = False

    def response(self) -> Response:
        """The answer as a whole: the last text, all calls, and the sum of what its parts took."""
        last = self.parts[-1]
        if self.is_cut:
            last = last.model_copy(update={"finish_reason": STEP_LIMIT})
        if len(self.parts) == 1:
            return last
        said = self.said
        # The last text stands in the answer itself, and calls that nothing came back for stay with their text.
        end = max(index for index, message in enumerate(said) if message.role == "assistant")
        return last.model_copy(
            update={
                "tool_calls": tuple(call for part in self.parts for call in part.tool_calls),
                "transcript": tuple(said[: end + 1] if last.tool_calls else said[:end]),
                "latency_s": round(sum(part.latency_s for part in self.parts), 6),
                "first_token_s": self.parts[0].first_token_s,
                "input_tokens": _total([part.input_tokens for part in self.parts]),
                "output_tokens": _total([part.output_tokens for part in self.parts]),
                "cached_tokens": _total([part.cached_tokens for part in self.parts]),
                "cost_usd": _total([part.cost_usd for part in self.parts]),
            }
        )


async def converse(case: Case, trial: Trial, *, asker: Asker, max_steps: int) -> Conversation:
    """All answers of a target to a case. It answers after each user turn that no assistant turn follows.

    Where it calls tools, it is given their results and asked again, until it answers without a call, calls a tool that
    gives nothing, or was asked `max_steps` times.
    """
    messages: list[Message] = []
    answers: list[Answer] = []
    attempts = 0
    awaited = frozenset(awaited_turns(case.turns))
    for index, turn in enumerate(case.turns):
        messages.append(Message(role=turn.role, text=turn.text))
        if index not in awaited:
            continue
        asked = tuple(messages)
        prompt = Prompt(
            key=answer_key(trial, index), purpose="answer", case_id=case.id, messages=asked, tools=case.tools
        )
        found = await _answer(prompt, asker, max_steps=max_steps)
        attempts += found.attempts
        if found.fault:
            return Conversation(tuple(answers), found.fault, attempts)
        answers.append(Answer(index, asked, found.response()))
        messages += found.said
    return Conversation(tuple(answers), None, attempts)


def answer_key(trial: Trial, turn: int) -> str:
    """The key of the prompt for the answer after a turn: the same for all targets."""
    return f"{trial.case_id}@{trial.repeat}/{turn}"


async def _answer(prompt: Prompt, asker: Asker, *, max_steps: int) -> _Answering:
    found = _Answering()
    tools = {tool.name: tool for tool in prompt.tools}
    for step in range(max_steps):
        key = f"{prompt.key}.{step}" if step else prompt.key
        asked = await asker.ask(
            prompt.model_copy(update={"key": key, "messages": (*prompt.messages, *found.said)}),
        )
        found.attempts += asked.attempts
        if asked.response is None:
            found.fault = asked.fault
            return found
        response = _with_ids(asked.response, step)
        found.parts.append(response)
        if asker.target.gives_whole_answers:
            found.said += [*response.transcript, Message(role="assistant", text=response.text)]
            return found
        calls = response.tool_calls
        found.said.append(Message(role="assistant", text=response.text, tool_calls=calls, kept=response.kept))
        is_over = any(_ends_answer(call, tools) for call in calls)
        # Protocols want a result for each call before anything else is said, so an empty one is given at the end too.
        found.said += [_result(call, tools, is_over=is_over) for call in calls]
        if is_over or not calls:
            return found
    found.is_cut = True
    return found


def _ends_answer(call: ToolCall, tools: Mapping[str, Tool]) -> bool:
    return call.name in tools and not tools[call.name].replies


def _result(call: ToolCall, tools: Mapping[str, Tool], *, is_over: bool) -> Message:
    """What a call gives back: the reply with just these arguments, or else the one without any."""
    if is_over and _ends_answer(call, tools):
        return _tool_message(call, "")
    if call.name not in tools:
        return _tool_message(call, f"there is no tool {call.name}", is_error=True)
    if call.raw:
        return _tool_message(call, "the arguments are no JSON object", is_error=True)
    replies = tools[call.name].replies
    exact = next((reply for reply in replies if reply.arguments == call.arguments), None)
    reply = exact or next((reply for reply in replies if reply.arguments is None), None)
    if reply is None:
        return _tool_message(call, "there is nothing for these arguments", is_error=True)
    return _tool_message(call, reply.content, is_error=reply.is_error)


def _tool_message(call: ToolCall, text: str, *, is_error: bool = False) -> Message:
    return Message(role="tool", text=text, tool_call_id=call.id, is_error=is_error)


def _with_ids(response: Response, step: int) -> Response:
    """The response with an id for each call; results are matched to calls by it, and not every endpoint gives one."""
    if all(call.id for call in response.tool_calls):
        return response
    calls = (
        call if call.id else call.model_copy(update={"id": f"call-{step}-{number}"})
        for number, call in enumerate(response.tool_calls)
    )
    return response.model_copy(update={"tool_calls": tuple(calls)})


def _total(numbers: Sequence[float | None]) -> float | None:
    """The sum, or None where a part of it is not known."""
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None
