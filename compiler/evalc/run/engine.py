"""A run: trials go in, results go to the log."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from evalc.model.event import CanaryFinished, Ending, Event, RunFinished, RunStarted, Stopping, TrialFinished, Waiting
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Canary, Panel, Trial
from evalc.model.result import Attempt, Fault, TrialResult
from evalc.model.settings import Terms
from evalc.run.asking import Asker, Patience
from evalc.run.clock import moment
from evalc.run.context import RunContext, Stop
from evalc.run.judging.bench import Jury
from evalc.run.judging.canaries import CanaryRunner
from evalc.run.log import Role, RunLog
from evalc.run.spending.diary import open_diary
from evalc.run.spending.purse import Purse
from evalc.run.trial import TrialRunner
from evalc.run.work import Work
from evalc.targets.contract import OpenTargets, Target

GRACE_S = 10.0
"""How long what is under way may take after a run was told to stop."""

# Results that wait for the disk; when there are more, asking waits too.
_MOST_UNSYNCED = 1000


async def run_plan(
    plan: Work, opened: OpenTargets, *, log: RunLog, context: RunContext, stop: Stop | None = None
) -> RunFinished:
    """How a run ended, after all trials of the plan were tried; their results are in the log.

    The plan of a run that goes on is what its log lacks.

    A result is on disk before anybody is told of it. A target or judge that cannot be asked any more ends its part of
    the run: trials without an answer have no result then, and a resumed run asks them. Connections are given back in
    any case.

    Raises:
        StorageError: The log could not be written. Everything under way is given up.
    """
    try:
        return await _Engine(plan, opened, log=log, context=context).run(stop or Stop())
    finally:
        await opened.aclose()


async def _come(event: asyncio.Event) -> None:
    await event.wait()


@dataclass(frozen=True, slots=True)
class _Ran:
    """A result that is not on disk yet, and all calls that were made for it."""

    result: TrialResult
    attempts: tuple[Attempt, ...]


class _Engine:
    """One run. Workers write results; one task brings them to disk together and then tells who watches."""

    def __init__(self, plan: Work, opened: OpenTargets, *, log: RunLog, context: RunContext) -> None:
        self._plan = plan
        self._log = log
        self._context = context
        self._purse = Purse(context.caps, context.claims)
        self._patience = Patience(
            context.limits, self._purse, context.clock, context.random, on_pause=self._tell_of_pause
        )
        self._askers = {name: self._open_asker("target", target) for name, target in opened.targets.items()}
        judges = tuple(self._open_asker("judge", judge) for judge in opened.judges)
        panel = plan.panel or Panel(judges=())
        self._jury = Jury(judges, panel.samples, panel.rule) if judges else None
        self._runner = TrialRunner(
            plan.cases_by_id(), jury=self._jury, clock=context.clock, max_steps=context.limits.max_steps
        )
        self._is_stopping = False
        self._unsynced: asyncio.Queue[_Ran | CanaryFinished | None] = asyncio.Queue(_MOST_UNSYNCED)
        self._finished = log.finished

    async def run(self, stop: Stop) -> RunFinished:
        planned, run_id = self._log.planned, self._log.run_id
        started_at = moment(self._context.clock)
        self._context.watch(RunStarted(run_id=run_id, at=started_at, planned=planned, already_finished=self._finished))
        acknowledging = asyncio.create_task(self._acknowledge())
        crew = asyncio.create_task(self._employ())
        try:
            await self._watch_over(crew, acknowledging, stop=stop)
            crew.cancel()
            await asyncio.wait({crew})
            await self._unsynced.put(None)
            await acknowledging
        finally:
            acknowledging.cancel()
            crew.cancel()
            await asyncio.gather(acknowledging, crew, return_exceptions=True)
        ending, reason = self._ending()
        self._log.finish(ending, reason)
        ended = RunFinished(
            run_id=run_id,
            at=moment(self._context.clock),
            ending=ending,
            reason=reason,
            planned=planned,
            finished=self._finished,
            attempts=self._purse.calls,
            spent_usd=self._purse.spent_usd,
        )
        self._context.watch(ended)
        return ended

    async def _employ(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for asker, trials in self._posts():
                    group.create_task(self._work(asker, trials))
                if not self._context.caps.are_set:
                    self._put_all(group)
            async with asyncio.TaskGroup() as group:
                # Where little may be spent, answers to cases go first.
                if self._context.caps.are_set:
                    self._put_all(group)
        except ExceptionGroup as failures:
            # The others were given up because of the first.
            raise failures.exceptions[0] from None

    def _put_all(self, group: asyncio.TaskGroup) -> None:
        if not self._plan.canaries:
            return
        assert self._jury, "a plan with canaries has a judge"
        runner = CanaryRunner(self._plan.cases_by_id(), self._jury)
        canaries = iter(self._plan.canaries)
        for _ in range(min(self._context.limits.concurrency, len(self._plan.canaries))):
            group.create_task(self._put(canaries, runner))

    async def _put(self, canaries: Iterator[Canary], runner: CanaryRunner) -> None:
        """Put canaries to the judge while answers come in."""
        async for put in runner.put(canaries, self._purse, is_over=lambda: self._is_stopping):
            self._log.write_canary(put.result)
            await self._unsynced.put(put)

    def _posts(self) -> Iterator[tuple[Asker, Iterator[Trial]]]:
        """A post for each worker. Workers of one target share its trials; no target waits for another one."""
        for name, asker in self._askers.items():
            shared = self._plan.trials_of(name)
            for _ in range(min(self._context.limits.concurrency, self._log.planned)):
                yield asker, shared

    async def _work(self, asker: Asker, trials: Iterator[Trial]) -> None:
        for trial in trials:
            refusal = await self._purse.admit(trial.id)
            if self._is_over(asker):
                self._purse.settle(trial.id)
                break
            ran = await self._run(trial, asker, refusal=refusal)
            if ran.result.fault and ran.result.fault == asker.broken:
                break
            self._log.write(ran.result)
            await self._unsynced.put(ran)
            # A target that answers without waiting would keep signals and the disk from being looked at.
            await asyncio.sleep(0)
        # Whoever waits for a share of the budget need not wait for those that do not begin any more.
        self._purse.forget_all(trial.id for trial in trials)

    def _is_over(self, asker: Asker) -> bool:
        return bool(self._is_stopping or asker.broken or (self._jury and self._jury.broken))

    async def _run(self, trial: Trial, asker: Asker, *, refusal: Fault | None) -> "_Ran":
        if refusal:
            return _Ran(TrialResult(trial=trial, outcome="skipped", fault=refusal), ())
        with open_diary() as diary:
            result = diary.complete(await self._runner.run(trial, asker))
        self._purse.settle(trial.id)
        return _Ran(result, tuple(diary.attempts))

    async def _acknowledge(self) -> None:
        """Sync what was written, many results at a time when they come fast, and then tell of them."""
        is_open = True
        while is_open:
            batch = [await self._unsynced.get()]
            while not self._unsynced.empty():
                batch.append(self._unsynced.get_nowait())
            await self._log.sync()
            for ran in batch:
                if ran is None:
                    is_open = False
                else:
                    self._context.watch(self._told(ran))

    def _told(self, ran: _Ran | CanaryFinished) -> Event:
        spent_usd = self._purse.spent_usd
        if isinstance(ran, CanaryFinished):
            return ran.model_copy(update={"spent_usd": spent_usd})
        self._finished += 1
        return TrialFinished(
            result=ran.result,
            attempts=ran.attempts,
            finished=self._finished,
            planned=self._log.planned,
            spent_usd=spent_usd,
        )

    async def _watch_over(self, crew: asyncio.Task[None], acknowledging: asyncio.Task[None], *, stop: Stop) -> None:
        """Return when the crew is done, or has been told to stop and is done or out of time."""
        softly, at_once = asyncio.create_task(_come(stop.softly)), asyncio.create_task(_come(stop.at_once))
        try:
            await asyncio.wait({crew, acknowledging, softly}, return_when=asyncio.FIRST_COMPLETED)
            if softly.done() and not crew.done():
                self._is_stopping = True
                reason = f"finishing what is under way, {GRACE_S:g} s at most; once more stops at once"
                self._context.watch(Stopping(reason=reason))
                ends = {crew, acknowledging, at_once}
                await asyncio.wait(ends, timeout=GRACE_S, return_when=asyncio.FIRST_COMPLETED)
            for task in (acknowledging, crew):
                if task.done():
                    task.result()
        finally:
            softly.cancel()
            at_once.cancel()

    def _ending(self) -> tuple[Ending, str]:
        """How the run ended, and why where it is not complete."""
        if self._finished == self._log.planned:
            return "complete", ""
        if self._is_stopping:
            return "interrupted", "it was told to stop"
        askers = (*self._askers.values(), *(self._jury.askers if self._jury else ()))
        return "stopped", "; ".join(asker.broken.message for asker in askers if asker.broken)

    def _open_asker(self, role: Role, target: Target) -> Asker:
        name = target.card.name
        terms = self._context.terms.get((role, name), Terms())
        recall = self._context.recall

        def record(prompt: Prompt, response: Response) -> None:
            if self._context.records:
                self._log.record(role, name, prompt=prompt, response=response)
            if recall:
                recall.keep(target.card, prompt, response=response)

        return Asker(target, self._patience, terms=terms, on_answer=record, recall=recall)

    def _tell_of_pause(self, name: str, pause_s: float, reason: str) -> None:
        self._context.watch(Waiting(target=name, wait_s=pause_s, reason=reason))
