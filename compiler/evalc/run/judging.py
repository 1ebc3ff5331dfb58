"""Judged checks: their questions asked of a judge, its replies read."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.checks._evaluation import judged_result, open_judged
from evalc.checks.contract import Answered
from evalc.judge.prompt import prompt_digest
from evalc.judge.question import Question
from evalc.judge.reply import ReplyProblem, read_reply, repair_messages, reply_schema
from evalc.model.catalog import Check, Rubric
from evalc.model.exchange import Message, Prompt
from evalc.model.result import CheckResult, CriterionResult
from evalc.run.asking import Asker


class Unscored(Exception):
    """The judge gave no word on a criterion; the message says why."""


@dataclass(slots=True)
class Bench:
    """Before whom the checks of one trial are judged, and what that took so far.

    `cost_usd` is None once the price of a call is not known.
    """

    asker: Asker
    rubrics: Sequence[Rubric]
    attempts: int = 0
    cost_usd: float | None = 0.0

    async def judge(self, check: Check, answered: Answered, *, key: str, seed: str) -> CheckResult:
        """What the judge says of an answer; `unscored` with the reason where it cannot be asked or understood.

        Args:
            key: The key of the prompt that the answer belongs to.
            seed: Makes the marks of the prompt, so it is what no part of the conversation can hold.
        """
        member = open_judged(check)
        questions = member.questions(answered, self.rubrics, seed=seed)
        digests = tuple(prompt_digest(question) for question in questions)
        try:
            words = [
                word
                for question in questions
                for word in await self._ask(
                    question, key=f"{key}/{check.name}/{question.name}", case_id=answered.case.id
                )
            ]
        except Unscored as problem:
            result = CheckResult(check=check.name, level=check.level, outcome="unscored", reason=str(problem))
        else:
            result = judged_result(check, member, results=words, rubrics=self.rubrics)
        return result.model_copy(update={"prompt_digests": digests})

    async def _ask(self, question: Question, *, key: str, case_id: str) -> tuple[CriterionResult, ...]:
        """The judge's words on one question. A reply that cannot be used is asked for once more, with what is wrong."""
        schema = reply_schema(question)
        first = Prompt(key=key, purpose="judgement", case_id=case_id, messages=question.messages, reply_schema=schema)
        text = await self._reply(first)
        words = read_reply(question, text)
        if isinstance(words, ReplyProblem):
            messages: tuple[Message, ...] = repair_messages(question, text, problem=words)
            text = await self._reply(first.model_copy(update={"key": f"{key}/repair", "messages": messages}))
            words = read_reply(question, text)
        if isinstance(words, ReplyProblem):
            raise Unscored(f"the judge's reply on {question.name} cannot be used, twice: {words.sentence}")
        return words

    async def _reply(self, prompt: Prompt) -> str:
        asked = await self.asker.ask(prompt)
        self.attempts += asked.attempts
        if asked.response is None:
            assert asked.fault, "an answer or a fault"
            raise Unscored(f"the judge gave no reply: {asked.fault.message}")
        price = asked.response.cost_usd
        self.cost_usd = None if price is None or self.cost_usd is None else self.cost_usd + price
        return asked.response.text
