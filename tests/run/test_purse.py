"""Caps: who begins, what is counted, and what is left out."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.model.catalog import SEVERITIES, Severity
from evalc.model.event import RunFinished, TrialFinished
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Plan, Trial
from evalc.model.result import RunResult
from evalc.model.settings import Caps, Claim, Limits, Pace, Price, Terms
from evalc.run.context import RunContext
from evalc.run.engine import run_plan
from evalc.run.spending.purse import Purse
from evalc.store.open import create_log
from evalc.store.read import read_run
from evalc.targets.contract import OpenTargets
from tests.builders import make_case, make_eval
from tests.run.test_engine import KEEPING, Watcher
from tests.run.virtual import Failing, LoopClock, Told, run_virtually

CENT = Price(input_usd_per_million=10_000, output_usd_per_million=0)
"""A token of input costs a cent."""


CRITICAL: list[Severity] = ["critical"]
LOW: list[Severity] = ["low"]
MANY: list[Severity] = ["high"] * 50


class Charging(Told):
    """A target that says how many tokens it read: as many as the last word of the question says, or one."""

    async def ask(self, prompt: Prompt) -> Response:
        response = await super().ask(prompt)
        return response.model_copy(update={"input_tokens": 1, "output_tokens": 0})


async def slowly(prompt: Prompt) -> str:
    """An answer after a second."""
    await asyncio.sleep(1)
    return "yes"


def run_capped(
    folder: Path,
    targets: Sequence[Told],
    caps: Caps,
    *,
    severities: Mapping[str, list[Severity]],
    claim_usd: float = 0.01,
) -> tuple[RunFinished, RunResult, Watcher]:
    """A run of cases of these severities for each target, of which none may begin that the caps leave no room for."""
    cases = {
        severity: [make_case(f"{severity}-{number}", severity=severity) for number in range(50)]
        for severity in SEVERITIES
    }
    eval_ = make_eval([case for found in cases.values() for case in found])
    trials, claims = [], {}
    for target in targets:
        for number, severity in enumerate(severities[target.card.name]):
            case = cases[severity][number]
            id = f"{target.card.name}:{case.id}@1"
            trials.append(Trial(id=id, case_id=case.id, target=target.card.name, repeat=1))
            claims[id] = Claim(severity=severity, calls=1, cost_usd=claim_usd)
    plan = Plan(
        vendors=(), evals=(eval_,), targets=tuple(target.card for target in targets), judge=None, trials=tuple(trials)
    )
    watcher = Watcher()
    context = RunContext(
        Limits(concurrency=3),
        terms={("target", target.card.name): Terms(price=CENT, pace=Pace()) for target in targets},
        caps=caps,
        claims=claims,
        watch=watcher,
        clock=LoopClock(),
        random=lambda: 0.5,
    )
    opened = OpenTargets({target.card.name: target for target in targets})
    with create_log(folder, plan, context=KEEPING) as log:
        ended = run_virtually(run_plan(plan, opened, log=log, context=context))
    return ended, read_run(log.folder)[0], watcher


def test_a_budget_ends_the_asking_and_the_rest_is_skipped(tmp_path: Path) -> None:
    """Planned is what passed and what was skipped: nothing is lost, and nothing counts as asked."""
    target = Charging(slowly)
    ended, run, _ = run_capped(tmp_path, [target], Caps(budget_usd=0.07), severities={"told": ["high"] * 20})
    outcomes = [result.outcome for result in run.results]

    assert (7, 7) == (len(target.asked_at), outcomes.count("passed"))
    assert ("complete", 20, 20, 13) == (ended.ending, ended.planned, len(run.results), outcomes.count("skipped"))
    assert 0.07 == pytest.approx(ended.spent_usd)
    assert {"the budget of $0.07 is spent"} == {result.fault.message for result in run.results if result.fault}


def test_a_high_claim_only_waits_for_what_is_under_way(tmp_path: Path) -> None:
    """A guess that is ten times too high makes the end slower, and leaves little of the budget unused."""
    target = Charging(slowly)
    ended, _, _ = run_capped(tmp_path, [target], Caps(budget_usd=0.3), severities={"told": MANY}, claim_usd=0.1)

    assert 21 == len(target.asked_at)
    assert 0.21 == pytest.approx(ended.spent_usd)


def test_severe_cases_are_not_left_out_for_a_faster_target(tmp_path: Path) -> None:
    """The fast one would be through with everything before the slow one had asked what matters."""

    async def crawl(prompt: Prompt) -> str:
        await asyncio.sleep(60)
        return "yes"

    fast, slow = Charging(slowly, name="fast"), Charging(crawl, name="slow")
    severities = {"fast": [*CRITICAL * 2, *LOW * 10], "slow": CRITICAL * 6}
    _, run, _ = run_capped(tmp_path, [fast, slow], Caps(budget_usd=0.1), severities=severities)
    asked = [result.trial for result in run.results if result.outcome == "passed"]

    assert 8 == sum("critical" in trial.case_id for trial in asked)
    assert 2 == sum("low" in trial.case_id for trial in asked)


def test_a_target_that_is_over_keeps_nothing_for_itself(tmp_path: Path) -> None:
    """What its severe cases would have taken is there for the others, and nobody waits for them."""

    async def refuse(prompt: Prompt) -> str:
        await asyncio.sleep(5)
        raise Failing("target-fatal")

    refusing, other = Charging(refuse), Charging(slowly, name="other")
    severities: dict[str, list[Severity]] = {"told": ["critical"] * 10, "other": ["low"] * 10}
    ended, run, _ = run_capped(tmp_path, [refusing, other], Caps(budget_usd=0.1), severities=severities)

    assert "stopped" == ended.ending
    assert 10 == sum(result.outcome == "passed" for result in run.results)


def test_a_target_that_is_over_gives_back_what_was_just_granted(tmp_path: Path) -> None:
    """A trial waited for its share, got it when the one before it failed for good, and was not begun any more."""

    async def refuse(prompt: Prompt) -> str:
        await asyncio.sleep(5)
        raise Failing("target-fatal")

    refusing, other = Charging(refuse), Charging(slowly, name="other")
    severities = {"told": CRITICAL * 2, "other": LOW * 3}
    _, run, _ = run_capped(tmp_path, [refusing, other], Caps(budget_usd=0.1), severities=severities, claim_usd=0.06)

    assert ["passed"] * 3 == [result.outcome for result in run.results]


def test_failed_calls_count_as_calls(tmp_path: Path) -> None:
    """A cap on calls is one on all of them: an endpoint in trouble is not called more often than was allowed."""

    async def fail_at_first(prompt: Prompt) -> str:
        if len(target.asked_at) % 2:
            raise Failing("transient")
        return "yes"

    target = Charging(fail_at_first)
    _, run, _ = run_capped(tmp_path, [target], Caps(max_calls=7), severities={"told": ["high"] * 10})
    outcomes = [result.outcome for result in run.results]

    assert 7 == len(target.asked_at)
    assert 10 == len(outcomes)
    assert {"passed", "skipped"} == set(outcomes)
    assert {"7 calls were made, which is all that may be"} == {
        result.fault.message for result in run.results if result.fault
    }


class Broken(Failing):
    """A failure of the kind whose work was done."""

    may_be_charged = True


def test_what_a_failed_call_may_have_cost_is_counted_and_kept(tmp_path: Path) -> None:
    """A connection that is lost before the answer is charged for by most providers."""

    async def break_off(prompt: Prompt) -> str:
        if len(target.asked_at) == 1:
            raise Broken("transient")
        return "yes"

    target = Charging(break_off)
    ended, run, watcher = run_capped(tmp_path, [target], Caps(), severities={"told": ["high"]})
    (result,) = run.results
    (failed,) = result.failed_attempts
    (finished,) = [event for event in watcher.events if isinstance(event, TrialFinished)]

    assert ("transient", "it is transient") == (
        failed.fault and failed.fault.kind,
        failed.fault and failed.fault.message,
    )
    assert failed.cost_usd
    assert failed.cost_usd > 0.05
    assert ended.spent_usd == result.cost_usd == finished.spent_usd == pytest.approx(failed.cost_usd + 0.01)
    assert [True, False] == [bool(attempt.fault) for attempt in finished.attempts]


def test_a_price_that_is_not_known_is_not_counted_as_nothing(tmp_path: Path) -> None:
    """A sum that leaves some of it out would be read as the whole."""
    target = Told(slowly)
    ended, run, _ = run_capped(tmp_path, [target], Caps(), severities={"told": ["high"]})

    assert (None, None) == (ended.spent_usd, run.results[0].cost_usd)


@given(
    claims=st.lists(st.tuples(st.sampled_from(SEVERITIES), st.integers(1, 5), st.integers(1, 9)), max_size=40),
    budget=st.integers(0, 60),
    workers=st.integers(1, 6),
)
def test_nothing_is_begun_beyond_a_budget_and_every_wait_ends(
    claims: list[tuple[Severity, int, int]], budget: int, workers: int
) -> None:
    """Whatever is claimed and whatever it does cost, as long as claims are honest."""
    named = {
        f"t{number}": Claim(severity=severity, calls=1, cost_usd=cents / 100)
        for number, (severity, _, cents) in enumerate(claims)
    }
    cost_usd = {f"t{number}": min(cents, cheap) / 100 for number, (_, cheap, cents) in enumerate(claims)}
    order = sorted(named, key=lambda name: SEVERITIES.index(named[name].severity))
    purse = Purse(Caps(budget_usd=budget / 100), named)
    begun: list[str] = []

    async def work(names: list[str]) -> None:
        for name in names:
            if await purse.admit(name):
                continue
            begun.append(name)
            await asyncio.sleep(len(begun) % 3)
            purse.pay(cost_usd[name])
            purse.settle(name)

    async def run() -> None:
        async with asyncio.timeout(10_000), asyncio.TaskGroup() as group:
            for number in range(workers):
                group.create_task(work(order[number::workers]))

    run_virtually(run())

    assert purse.spent_usd == pytest.approx(sum(cost_usd[name] for name in begun))
    assert sum(cost_usd[name] for name in begun) <= budget / 100 + 1e-6
