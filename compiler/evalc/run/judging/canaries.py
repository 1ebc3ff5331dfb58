"""Canaries of a run, put to its judge like answers."""

from collections.abc import AsyncIterator, Callable, Iterator

from evalc.checks._answered import answered_last
from evalc.model.event import CanaryFinished
from evalc.model.exchange import Response
from evalc.model.plan import Canary
from evalc.model.result import CanaryResult
from evalc.run.judging.bench import Bench, Jury, seed_of
from evalc.run.spending.diary import open_diary
from evalc.run.spending.purse import Purse
from evalc.run.work import Cases


class CanaryRunner:
    """Puts canaries, which are judged as answers to cases, to one jury."""

    def __init__(self, cases: Cases, jury: Jury) -> None:
        self._cases = cases
        self._jury = jury

    async def put(
        self, canaries: Iterator[Canary], purse: Purse, *, is_over: Callable[[], bool]
    ) -> AsyncIterator[CanaryFinished]:
        """What the jury makes of each canary, until asking is over or nothing is left to spend."""
        for canary in canaries:
            refusal = await purse.admit(canary.id)
            if is_over() or self._jury.broken or refusal:
                purse.settle(canary.id)
                return
            with open_diary() as diary:
                result = await self.run(canary)
            purse.settle(canary.id)
            if result:
                yield CanaryFinished(result=result, attempts=tuple(diary.attempts))

    async def run(self, canary: Canary) -> CanaryResult | None:
        """What the jury makes of a canary; None where it is not asked any more, so that a resumed run asks it."""
        case, eval_ = self._cases[canary.case_id]
        check = next(check for check in case.checks if check.name == canary.check)
        answered = answered_last(case, Response(text=canary.text))
        bench = Bench(self._jury, eval_.rubrics)
        key = f"{case.id}@{canary.kind}/{len(answered.asked) - 1}"
        result = await bench.judge(check, answered, key=key, seed=seed_of(check, answered))
        if self._jury.broken:
            return None
        return CanaryResult(
            canary=canary, outcome=result.outcome, check=result, attempts=bench.attempts, cost_usd=bench.cost_usd
        )
