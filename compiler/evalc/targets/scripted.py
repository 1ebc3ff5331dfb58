"""Answers written down beforehand."""

import asyncio
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from evalc.model.catalog import Case
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import TargetCard
from evalc.targets._script import Moment, ScriptedAnswer, ScriptedVerdict, read_script
from evalc.targets._scripted_judge import ScriptedJudge
from evalc.targets.contract import Target, TargetContext, TargetError, TargetType

UNSCRIPTED_TURN = "(Nothing is scripted for this turn.)"


class Unscripted(TargetError):
    """Nothing is written down for this question."""

    kind = "case-fatal"

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"`{name}` has nothing written down for {what}")


class Scripted(TargetType):
    """Answers from text instead of a model, for demonstrations and tests. Results are marked wherever they show.

    As a target it gives each case one of its own examples, with the calls that it shows: a good one, or with
    `answers = "bad"` a bad one. `bad` lists the cases, by id or pattern, that get a bad one all the same. Further
    repeats take further examples, from the first again after the last.

    As a judge it knows the examples too. It gives a good one what its label says, or else the best verdict; a bad one
    what its label says, or else the worst, but finds the claims true that the example does not break. Of two answers
    it prefers the example with the better label. Of other answers it cannot tell.

    `file` goes before examples: JSON Lines, of which the first that fits counts. An answer is
    `{"case": "vendor/eval/*", "turn": 0, "repeat": 1, "text": "...", "latency_s": 0.2}`, where all but `text` may be
    left out; `turn` counts the messages of the conversation from 0. With `tool_calls` it calls tools before it answers;
    `step` then counts the rounds of results, from 0. A verdict is
    `{"case": "*", "criterion": "safety", "contains": "delete", "verdict": 1, "reason": "..."}`.

    Example:
        [targets.flawed]
        type = "scripted"
        bad = ["baseten/*/rollback-keeps-evidence"]

        [judges.scripted]
        type = "scripted"
    """

    is_scripted: ClassVar[bool] = True
    is_free: ClassVar[bool] = True

    answers: Literal["good", "bad"] = "good"
    bad: tuple[str, ...] = ()
    file: str | None = None
    latency_s: Annotated[float, Field(ge=0, le=60)] = 0.0

    def open(self, card: TargetCard, context: TargetContext) -> Target:
        return _Script(card, self, context)


class _Script(Target):
    """What is written down for the cases at hand."""

    def __init__(self, card: TargetCard, options: Scripted, context: TargetContext) -> None:
        self.card = card
        self._options = options
        self._cases = {case.id: case for eval_ in context.evals for case in eval_.cases}
        lines = tuple(read_script(card.name, context.folder / options.file)) if options.file else ()
        self._answers = [line for line in lines if isinstance(line, ScriptedAnswer)]
        self._judge = ScriptedJudge(context.evals, [line for line in lines if isinstance(line, ScriptedVerdict)])

    async def ask(self, prompt: Prompt) -> Response:
        if prompt.purpose == "judgement":
            reply = self._judge.reply(prompt)
            if reply is None:
                raise Unscripted(self.card.name, f"the prompt {prompt.key}")
            response = Response(text=reply, finish_reason="stop", latency_s=self._options.latency_s)
        else:
            response = self._answer(prompt)
        if response.latency_s:
            await asyncio.sleep(response.latency_s)
        return response

    def _answer(self, prompt: Prompt) -> Response:
        moment = _moment(prompt)
        for line in self._answers:
            if line.fits(prompt.case_id, moment=moment):
                return Response(
                    text=line.text,
                    tool_calls=line.tool_calls,
                    finish_reason=line.finish_reason or ("tool-calls" if line.tool_calls else "stop"),
                    latency_s=self._options.latency_s if line.latency_s is None else line.latency_s,
                )
        answer = self._example(self._cases[prompt.case_id], moment)
        end = "tool-calls" if answer.tool_calls else "stop"
        return answer.model_copy(update={"finish_reason": end, "latency_s": self._options.latency_s})

    def _example(self, case: Case, moment: Moment) -> Response:
        if moment.turn < max(number for number, said in enumerate(case.turns) if said.role == "user"):
            # Examples are answers at the end of a conversation.
            if any(reply.turn == moment.turn for reply in case.replies):
                message = f"message {moment.turn} of {case.id}; its answer needs a line in `file`"
                raise Unscripted(self.card.name, message)
            return Response(text=UNSCRIPTED_TURN)
        is_bad = self._options.answers == "bad" or any(fnmatchcase(case.id, bad) for bad in self._options.bad)
        label = "bad" if is_bad else "good"
        examples = [example for example in case.examples if example.label == label]
        if not examples:
            raise Unscripted(self.card.name, f"{case.id}: there is no `{label}` example")
        example = examples[(moment.repeat - 1) % len(examples)]
        # All calls are made at once; what they return changes nothing about the answer.
        return Response(text=example.text) if moment.step else Response.like(example)


def _moment(prompt: Prompt) -> Moment:
    repeat, _, place = prompt.key.removeprefix(f"{prompt.case_id}@").partition("/")
    turn, _, step = place.partition(".")
    return Moment(int(repeat), int(turn), int(step or 0))
