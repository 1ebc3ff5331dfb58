"""Whole runs: what is asked, what is kept, and how a run ends."""

import asyncio
import os
import resource
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import JsonValue

from evalc.base.scrub import Scrubber
from evalc.model.catalog import Case, Catalog, Check, Turn
from evalc.model.event import Event, RunFinished, RunStarted, Stopping, TrialFinished, Waiting
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Plan, Trial
from evalc.model.result import CanaryResult, RunResult, TrialResult
from evalc.model.settings import Limits, Policy, RunSettings
from evalc.planning.bind import open_targets
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.run.context import RunContext, Stop
from evalc.run.engine import run_plan
from evalc.run.interrupt import run_to_end
from evalc.store.errors import CannotWrite
from evalc.store.log import LogContext
from evalc.store.open import create_log, hold_log
from evalc.store.read import list_runs, read_run
from evalc.targets.contract import OpenTargets, Target
from tests.builders import PLACE, make_case, make_eval
from tests.run.virtual import Failing, LoopClock, Told, run_virtually
from tests.servers.chat import Call, Say, Script, Status, Step, is_judgement, serve_chat, verdict_on

KEEPING = LogContext(Scrubber({}))


@dataclass
class Watcher:
    """All events of a run, in order."""

    events: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.events.append(event)


async def say_yes(prompt: Prompt) -> str:
    """An answer after a second."""
    await asyncio.sleep(1)
    return "yes"


def a_check(verb: str, arguments: dict[str, JsonValue]) -> Check:
    """A check of a case."""
    return Check(
        id=f"geo/capitals/x#{verb}",
        name=verb,
        level="must",
        is_negated=False,
        verb=verb,
        arguments=arguments,
        words=verb,
        is_judged=verb == "satisfy",
        place=PLACE,
        fingerprint="f",
    )


def cases(number: int, *checks: Check) -> list[Case]:
    """So many cases with these checks, or one for a plain `yes`."""
    wanted = checks or (a_check("contain", {"texts": ["yes"]}),)
    turns = (Turn(role="user", text="Is it so?"),)
    return [make_case(f"c{at}").model_copy(update={"checks": wanted, "turns": turns}) for at in range(number)]


def plan_for(targets: Sequence[Target], number: int, *, judge: Target | None = None) -> Plan:
    """A plan of so many cases for these targets."""
    eval_ = make_eval(cases(number))
    cards = [target.card for target in targets]
    trials = [
        Trial(id=f"{card.name}:{case.id}@1", case_id=case.id, target=card.name, repeat=1)
        for case in eval_.cases
        for card in cards
    ]
    return Plan(
        vendors=(),
        evals=(eval_,),
        targets=tuple(cards),
        judge=judge.card if judge else None,
        trials=tuple(trials),
    )


def run_told(
    folder: Path,
    *targets: Told,
    number: int = 10,
    concurrency: int = 4,
    then: Callable[[Stop], Awaitable[None]] | None = None,
) -> tuple[RunFinished, RunResult, Watcher]:
    """A run of so many cases on virtual time; `then` goes on beside it."""
    plan = plan_for(targets, number)
    watcher = Watcher()
    context = RunContext(Limits(concurrency=concurrency), watch=watcher, clock=LoopClock(), random=lambda: 0.5)
    opened = OpenTargets({target.card.name: target for target in targets})

    async def run() -> RunFinished:
        stop = Stop()
        beside = asyncio.ensure_future(then(stop)) if then else None
        ended = await run_plan(plan, opened, log=log, context=context, stop=stop)
        if beside:
            await beside
        return ended

    with create_log(folder, plan, context=KEEPING) as log:
        ended = run_virtually(run())
    return ended, read_run(log.folder)[0], watcher


@dataclass
class Served:
    """A run against a server: how it ended, what it gave, and what the server was sent."""

    ended: RunFinished
    run: RunResult
    calls: list[Call]
    folder: Path


def serve_run(folder: Path, script: Script, *checks: Check, number: int = 1, records: bool = False) -> Served:
    """A run of cases with these checks, where one server is target and judge."""
    with serve_chat(script) as server:
        connection = f'type = "openai"\nbase_url = "{server.url}"\nmodel = "m-1"\n'
        text = f"[targets.served]\n{connection}\n[judges.served]\n{connection}\n[limits]\nconcurrency = 4\n"
        plan, policy = planned(folder, text, *checks, number=number)
        opened, _ = open_targets(plan, policy, secret=lambda name: None)
        with create_log(folder / "results", plan, context=KEEPING) as log:
            context = RunContext(policy.limits, records=records, random=lambda: 0.0)
            ended = run_to_end(plan, opened, log=log, context=context)
        return Served(ended, read_run(log.folder)[0], server.calls, log.folder)


def planned(folder: Path, text: str, *checks: Check, number: int = 1) -> tuple[Plan, Policy]:
    """The plan for the one target and judge of a policy."""
    (folder / "evalc.toml").write_text(text)
    policy, findings = read_policy(folder / "evalc.toml")
    assert not findings
    settings = RunSettings(targets=(policy.targets[0].name,), judge=policy.judges[0].name)
    plan, findings = make_plan(Catalog(evals=(make_eval(cases(number, *checks)),)), policy, settings=settings)
    # One server is both, so its judge is warned of.
    assert not findings.has_errors
    return plan, policy


CLAIM = a_check("satisfy", {"claim": "Says yes"})


def judging(*replies: Callable[[Call], Step]) -> Script:
    """A script that answers `yes`, and as a judge takes these replies in turn, the last one for ever."""
    judged: list[Call] = []

    def answer(call: Call) -> Step:
        if not is_judgement(call):
            return Say("yes")
        judged.append(call)
        return replies[min(len(judged), len(replies)) - 1](call)

    return answer


def test_a_run_asks_everything_once_and_says_so(tmp_path: Path) -> None:
    """Planned is finished at the end, and the sums agree."""
    target = Told(say_yes)
    ended, run, watcher = run_told(tmp_path, target)

    assert ("complete", 10, 10, 10) == (ended.ending, ended.planned, ended.finished, ended.attempts)
    assert ["passed"] * 10 == [result.outcome for result in run.results]
    assert (10, 4, 3.0) == (len(target.asked_at), target.most_open, target.closed_at)
    assert run.finished_at
    assert isinstance(watcher.events[0], RunStarted)
    assert [*range(1, 11)] == [event.finished for event in watcher.events if isinstance(event, TrialFinished)]
    assert ended == watcher.events[-1]


class Synced:
    """A log that keeps what was synced and forgets the rest, as a loss of power does."""

    run_id = "run-1"
    finished = 0

    def __init__(self, planned: int) -> None:
        self.planned = planned
        self.kept: set[str] = set()
        self._written: set[str] = set()

    def write(self, result: TrialResult) -> None:
        self._written.add(result.trial.id)

    def write_canary(self, result: CanaryResult) -> None:
        raise AssertionError("no canary is planned here")

    async def sync(self) -> None:
        content = set(self._written)
        await asyncio.sleep(0.3)
        self.kept |= content

    def record(self, role: str, name: str, *, prompt: Prompt, response: Response) -> None:
        raise AssertionError("nothing is recorded here")

    def finish(self, ending: str, reason: str) -> None:
        self.kept |= self._written


def test_whoever_is_told_of_a_result_finds_it_on_disk() -> None:
    """What was shown as finished survives whatever comes next, a loss of power among it."""
    target = Told(say_yes)
    plan = plan_for([target], 20)
    log = Synced(20)
    told: list[bool] = []

    def look(event: Event) -> None:
        if isinstance(event, TrialFinished):
            told.append(event.result.trial.id in log.kept)

    context = RunContext(Limits(concurrency=4), watch=look, clock=LoopClock())
    run_virtually(run_plan(plan, OpenTargets({"told": target}), log=log, context=context))

    assert [True] * 20 == told


def test_the_disk_does_not_slow_asking_down() -> None:
    """A worker asks on while its result goes to disk, together with those of others."""
    target = Told(say_yes)
    plan = plan_for([target], 40)
    context = RunContext(Limits(concurrency=4), clock=LoopClock())
    run_virtually(run_plan(plan, OpenTargets({"told": target}), log=Synced(40), context=context))

    assert 9.0 == target.asked_at[-1]


def test_no_target_waits_for_another_one(tmp_path: Path) -> None:
    """A run over five models takes as long as the slowest of them."""

    async def slowly(prompt: Prompt) -> str:
        await asyncio.sleep(100)
        return "yes"

    slow, fast = Told(slowly, name="slow"), Told(say_yes, name="fast")
    run_told(tmp_path, slow, fast, number=8, concurrency=4)

    assert [0.0] * 4 + [1.0] * 4 == fast.asked_at
    assert [0.0] * 4 + [100.0] * 4 == slow.asked_at


def test_a_target_that_is_over_leaves_the_rest_for_later(tmp_path: Path) -> None:
    """With the right key the run goes on: what was never asked has no result that would stand in the way."""

    async def refuse(prompt: Prompt) -> str:
        raise Failing("target-fatal")

    refusing, other = Told(refuse), Told(say_yes, name="other")
    ended, run, _ = run_told(tmp_path, refusing, other, number=10)
    asked = len(refusing.asked_at)

    assert 1 <= asked <= 4
    assert ("stopped", 20, 10) == (ended.ending, ended.planned, ended.finished)
    assert "it is target-fatal" == ended.reason
    assert {("other", "passed")} == {(result.trial.target, result.outcome) for result in run.results}
    assert "" == run.finished_at


def test_a_trial_without_an_answer_has_no_result_when_its_target_is_over(tmp_path: Path) -> None:
    """It waited for a pause to end when the target was over. A resumed run has to ask it, and nobody waits on."""

    async def answer(prompt: Prompt) -> str:
        match len(target.asked_at):
            case 1:
                await asyncio.sleep(0.5)
                raise Failing("throttled", retry_after_s=60)
            case 2:
                await asyncio.sleep(1)
                raise Failing("target-fatal")
        await asyncio.sleep(0.1)
        return "yes"

    target = Told(answer)
    ended, run, _ = run_told(tmp_path, target, number=50, concurrency=3)

    assert "stopped" == ended.ending
    assert ["passed"] * 5 == [result.outcome for result in run.results]
    assert 1.0 == target.closed_at


def test_a_run_goes_on_with_what_its_log_lacks(tmp_path: Path) -> None:
    """What was paid for is not paid again."""
    first = Told(say_yes)

    async def stop_soon(stop: Stop) -> None:
        await asyncio.sleep(2.5)
        stop.request()

    interrupted, _, _ = run_told(tmp_path, first, number=20, then=stop_soon)
    second = Told(say_yes)
    (folder,) = list_runs(tmp_path)
    watcher = Watcher()
    with hold_log(folder) as held, held.resume(KEEPING) as log:
        context = RunContext(Limits(), watch=watcher, clock=LoopClock())
        ended = run_virtually(run_plan(log.run.work, OpenTargets({"told": second}), log=log, context=context))
    run, findings = read_run(folder)

    assert ("interrupted", 12) == (interrupted.ending, interrupted.finished)
    assert (12, 8) == (len(first.asked_at), len(second.asked_at))
    assert ("complete", 20) == (ended.ending, ended.finished)
    assert [12] == [event.already_finished for event in watcher.events if isinstance(event, RunStarted)]
    assert (20, ()) == (len({result.trial.id for result in run.results}), findings)


def test_the_first_signal_lets_answers_arrive(tmp_path: Path) -> None:
    """They are paid for. Nothing new begins, and those who watch are told."""
    target = Told(say_yes)

    async def stop_soon(stop: Stop) -> None:
        await asyncio.sleep(0.5)
        stop.request()

    ended, run, watcher = run_told(tmp_path, target, then=stop_soon)

    assert ("interrupted", 4, 4) == (ended.ending, ended.finished, len(run.results))
    assert 4 == len(target.asked_at)
    assert 1 == len([event for event in watcher.events if isinstance(event, Stopping)])


def test_the_second_signal_gives_up_what_is_under_way(tmp_path: Path) -> None:
    """And the log is whole all the same."""

    async def never(prompt: Prompt) -> str:
        await asyncio.sleep(3600)
        return "yes"

    async def stop_twice(stop: Stop) -> None:
        stop.request()
        await asyncio.sleep(1)
        stop.request()

    target = Told(never)
    ended, run, _ = run_told(tmp_path, target, then=stop_twice)

    assert ("interrupted", 0, ()) == (ended.ending, ended.finished, run.results)
    assert target.closed_at is not None


def test_answers_under_way_have_ten_seconds_after_a_signal(tmp_path: Path) -> None:
    """Nobody waits for a slow model after an interrupt."""

    async def last(prompt: Prompt) -> str:
        await asyncio.sleep(5 if len(target.asked_at) == 1 else 500)
        return "yes"

    async def stop_soon(stop: Stop) -> None:
        stop.request()

    target = Told(last)
    ended, _, _ = run_told(tmp_path, target, then=stop_soon, concurrency=2)

    assert ("interrupted", 1) == (ended.ending, ended.finished)


def test_a_mistake_of_ours_ends_the_run_and_is_not_a_result(tmp_path: Path) -> None:
    """Nothing is counted as errored that was never the world's fault."""

    async def break_down(prompt: Prompt) -> str:
        if len(target.asked_at) > 3:
            raise ZeroDivisionError
        return "yes"

    target = Told(break_down)
    with pytest.raises(ZeroDivisionError):
        run_told(tmp_path, target, concurrency=1)
    run, findings = read_run(list_runs(tmp_path)[0])

    assert (3, ()) == (len(run.results), findings)
    assert target.closed_at is not None


def test_a_full_disk_ends_the_run(tmp_path: Path) -> None:
    """Answers that cannot be kept are not bought. What was told of is there."""
    target = Told(say_yes)
    plan = plan_for([target], 100)
    watcher = Watcher()
    with create_log(tmp_path, plan, context=KEEPING) as log:
        context = RunContext(Limits(concurrency=4), watch=watcher, clock=LoopClock())
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = os.stat(log.folder / "events.jsonl").st_size + 10_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
        try:
            with pytest.raises(CannotWrite):
                run_virtually(run_plan(plan, OpenTargets({"told": target}), log=log, context=context))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    told = {event.result.trial.id for event in watcher.events if isinstance(event, TrialFinished)}

    assert told <= {result.trial.id for result in read_run(log.folder)[0].results}
    assert 4 < len(target.asked_at) < 50


def test_pauses_are_told(tmp_path: Path) -> None:
    """Otherwise a run that waits looks like one that hangs."""

    async def slow_down(prompt: Prompt) -> str:
        if len(target.asked_at) == 1:
            raise Failing("throttled", retry_after_s=20)
        return "yes"

    target = Told(slow_down)
    _, _, watcher = run_told(tmp_path, target, concurrency=1)
    pauses = [event for event in watcher.events if isinstance(event, Waiting)]

    assert [("told", 20.0, "it is throttled")] == [(event.target, event.wait_s, event.reason) for event in pauses]


def test_a_judge_is_asked_over_the_same_road(tmp_path: Path) -> None:
    """Its word is read from a real reply, and its calls are counted."""
    served = serve_run(tmp_path, judging(lambda call: verdict_on(call, "met")), CLAIM)
    (result,) = served.run.results

    assert ("passed", 2) == (result.outcome, result.attempts)
    assert [("met", ("yes",))] == [(word.verdict, word.evidence) for word in result.checks[0].criteria]
    assert 1 == len(result.checks[0].prompt_digests)
    assert [False, True] == [is_judgement(call) for call in served.calls]


def test_a_judge_that_writes_prose_is_asked_once_more(tmp_path: Path) -> None:
    """Most models mend their reply when they are told what is wrong with it."""
    script = judging(lambda call: Say("Well, it is met!"), lambda call: verdict_on(call, "not-met"))
    served = serve_run(tmp_path, script, CLAIM)
    (result,) = served.run.results
    repair = served.calls[2].texts

    assert ("failed", 3) == (result.outcome, result.attempts)
    assert served.calls[1].texts == repair[:2]
    assert "That reply cannot be used" in repair[-1]


def test_a_judge_that_goes_on_with_prose_leaves_the_check_unscored(tmp_path: Path) -> None:
    """Its fault is no fail of the answer, and is never clamped into a verdict."""
    served = serve_run(tmp_path, judging(lambda call: verdict_on(call, 6)), CLAIM)
    (result,) = served.run.results

    assert ("unscored", 3) == (result.outcome, result.attempts)
    assert result.checks[0].reason.startswith("the judge's reply on claim cannot be used, twice: ")


def test_a_judge_that_is_away_leaves_answers_kept_and_unscored(tmp_path: Path) -> None:
    """The answer is paid for, and can be judged later."""
    served = serve_run(tmp_path, judging(lambda call: Status(400, b'{"error": "no"}')), CLAIM)
    (result,) = served.run.results

    assert ("unscored", None) == (result.outcome, result.fault)
    assert "the judge gave no reply: `served` does not take this question: no (status 400)" == result.checks[0].reason
    assert "yes" == result.responses[0].text


def test_nothing_more_is_asked_for_a_judge_that_is_over(tmp_path: Path) -> None:
    """Answers that nobody can judge are money for nothing; the run can go on once the key is right."""
    served = serve_run(tmp_path, judging(lambda call: Status(401)), CLAIM, number=50)

    assert "stopped" == served.ended.ending
    assert 1 <= served.ended.finished <= 4
    assert sum(not is_judgement(call) for call in served.calls) <= 8


def test_a_run_that_was_recorded_can_be_replayed(tmp_path: Path) -> None:
    """Answers and verdicts come back as they were, the judge's marks included, and nobody is called."""
    checks = (CLAIM, a_check("contain", {"texts": ["yes"]}))
    script = judging(lambda call: verdict_on(call, "met" if len(call.texts) == 2 else 1))
    served = serve_run(tmp_path, script, *checks, number=5, records=True)
    role = '[{role}s.served]\ntype = "replay"\nfile = "{folder}/recordings/{role}s/served.jsonl"\n'
    text = "".join(role.format(role=name, folder=served.folder) for name in ("target", "judge"))
    plan, policy = planned(tmp_path, text, *checks, number=5)
    opened, _ = open_targets(plan, policy, secret=lambda name: None)
    with create_log(tmp_path / "again", plan, context=KEEPING) as log:
        run_to_end(plan, opened, log=log, context=RunContext(policy.limits))
    replayed, _ = read_run(log.folder)

    assert 10 == len(served.calls)
    assert [(result.outcome, result.checks) for result in served.run.results] == [
        (result.outcome, result.checks) for result in replayed.results
    ]
    assert [result.responses for result in served.run.results] == [result.responses for result in replayed.results]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_a_run_in_good_order(number: signal.Signals, tmp_path: Path) -> None:
    """Whoever sends it, from a keyboard, a scheduler or a closed terminal, finds a log that is whole."""

    async def answer(prompt: Prompt) -> str:
        if len(target.asked_at) == 5:
            os.kill(os.getpid(), number)
        return "yes"

    target = Told(answer)
    plan = plan_for([target], 50)
    with create_log(tmp_path, plan, context=KEEPING) as log:
        context = RunContext(Limits(concurrency=1))
        ended = run_to_end(plan, OpenTargets({"told": target}), log=log, context=context)
    run, findings = read_run(log.folder)

    assert ("interrupted", "it was told to stop") == (ended.ending, ended.reason)
    assert 5 <= ended.finished < 50
    assert (ended.finished, ()) == (len(run.results), findings)
