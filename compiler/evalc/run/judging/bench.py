"""Judged checks: their questions asked of judges, the replies read, votes taken together."""

from collections.abc import Sequence
from dataclasses import dataclass

from evalc.base.digest import digest
from evalc.checks._evaluation import judged_result, open_judged
from evalc.checks.contract import Answered
from evalc.judge.panel import decide_votes
from evalc.judge.prompt import prompt_digest
from evalc.judge.question import PairQuestion, Question
from evalc.judge.reading import ReplyProblem
from evalc.judge.reply import read_reply, repair_messages, reply_schema
from evalc.model.catalog import Check, Rubric
from evalc.model.exchange import Message, Prompt
from evalc.model.plan import PanelRule
from evalc.model.result import CheckResult, CriterionResult, Fault, Vote
from evalc.run.asking import Asker


class Unscored(Exception):
    """The judge gave no word on a criterion; the message says why."""


@dataclass(frozen=True, slots=True)
class Jury:
    """Who judges: one judge that is asked once, or a panel whose votes become a word by a rule."""

    askers: tuple[Asker, ...]
    samples: int = 1
    rule: PanelRule = "majority"

    @property
    def is_panel(self) -> bool:
        """Whether there is more than one vote."""
        return len(self.askers) * self.samples > 1

    @property
    def broken(self) -> Fault | None:
        """Why a judge is not asked any more. A panel that lacks one is another panel, so it ends with it."""
        return next((asker.broken for asker in self.askers if asker.broken), None)


@dataclass(slots=True)
class Bench:
    """Before whom the checks of one trial are judged, and what that took so far.

    `cost_usd` is None once the price of a call is not known.
    """

    jury: Jury
    rubrics: Sequence[Rubric]
    attempts: int = 0
    cost_usd: float | None = 0.0

    async def judge(self, check: Check, answered: Answered, *, key: str, seed: str) -> CheckResult:
        """What the jury says of an answer; `unscored` with the reason where it cannot be asked or understood.

        Args:
            key: The key of the prompt that the answer belongs to.
            seed: Makes the marks of the prompt, so it is what no part of the conversation can hold.
        """
        member = open_judged(check)
        # Each sample has marks of its own: an equal prompt would be answered from a cache, and the votes be one.
        seeds = [seed, *(f"{seed}/{number}" for number in range(2, self.jury.samples + 1))]
        drawn = [member.questions(answered, self.rubrics, seed=one) for one in seeds]
        digests = tuple(prompt_digest(question) for question in drawn[0])
        try:
            words = [
                word
                for samples in zip(*drawn, strict=True)
                for word in await self._hear(samples, key=f"{key}/{check.name}", case_id=answered.case.id)
            ]
        except Unscored as problem:
            result = CheckResult(check=check.name, level=check.level, outcome="unscored", reason=str(problem))
        else:
            result = judged_result(check, member, results=words, rubrics=self.rubrics)
        return result.model_copy(update={"prompt_digests": digests})

    async def _hear(self, samples: Sequence[Question], *, key: str, case_id: str) -> tuple[CriterionResult, ...]:
        """What the jury says of each criterion of a question, which is drawn once for each sample."""
        if not self.jury.is_panel:
            key = f"{key}/{samples[0].name}"
            return await self._ask(self.jury.askers[0], samples[0], key=key, case_id=case_id)
        cast: list[tuple[Vote, ...]] = []
        for number, question in enumerate(samples, start=1):
            at = f"{key}/{question.name}" if number == 1 else f"{key}/{question.name}/{number}"
            for asker in self.jury.askers:
                votes = await self._votes(asker, question, key=at, case_id=case_id)
                cast.append(tuple(vote.model_copy(update={"sample": number}) for vote in votes))
        problems = [votes[0].problem for votes in cast]
        if all(problems):
            raise Unscored(problems[0])
        return tuple(
            decide_votes(criterion.name, votes, rule=self.jury.rule)
            for criterion, votes in zip(samples[0].criteria, zip(*cast, strict=True), strict=True)
        )

    async def _votes(self, asker: Asker, question: Question, *, key: str, case_id: str) -> tuple[Vote, ...]:
        """What one judge says of each criterion of a question once."""
        judge = asker.target.card.name
        try:
            words = await self._ask(asker, question, key=key, case_id=case_id)
        except Unscored as problem:
            return tuple(Vote(judge=judge, problem=str(problem)) for _ in question.criteria)
        return tuple(
            Vote(judge=judge, score=word.score, verdict=word.verdict, evidence=word.evidence, reason=word.reason)
            for word in words
        )

    async def _ask(self, asker: Asker, question: Question, *, key: str, case_id: str) -> tuple[CriterionResult, ...]:
        """A judge's words on one question. A reply that cannot be used is asked for once more, with what is wrong."""
        schema = reply_schema(question)
        first = Prompt(key=key, purpose="judgement", case_id=case_id, messages=question.messages, reply_schema=schema)
        text = await self._reply(asker, first)
        words = read_reply(question, text)
        if isinstance(words, ReplyProblem):
            text = await self._reply(asker, repaired(first, question, reply=text, problem=words))
            words = read_reply(question, text)
        if isinstance(words, ReplyProblem):
            raise Unscored(f"the judge's reply on {question.name} cannot be used, twice: {words.sentence}")
        return words

    async def _reply(self, asker: Asker, prompt: Prompt) -> str:
        asked = await asker.ask(prompt)
        self.attempts += asked.attempts
        if asked.response is None:
            assert asked.fault, "an answer or a fault"
            raise Unscored(f"the judge gave no reply: {asked.fault.message}")
        price = asked.response.cost_usd
        self.cost_usd = None if price is None or self.cost_usd is None else self.cost_usd + price
        return asked.response.text


def repaired(first: Prompt, question: Question | PairQuestion, *, reply: str, problem: ReplyProblem) -> Prompt:
    """The prompt that asks once more for a reply, with what is wrong with the one that came."""
    messages: tuple[Message, ...] = repair_messages(question, reply, problem=problem)
    return first.model_copy(update={"key": f"{first.key}/repair", "messages": messages})


def seed_of(check: Check, answered: Answered) -> str:
    """What makes the marks of a judge's prompt.

    It is a digest of all that the target said in this conversation, so that the marks are the same when a recorded
    answer is judged again, and still nothing that was said can hold them: such a text would have to hold its own hash.
    """
    said = [message.text for message in (*answered.asked, *answered.response.transcript)]
    calls = [call.model_dump_json() for call in answered.response.tool_calls]
    return digest([check.id, said, answered.response.text, calls], length=64)
