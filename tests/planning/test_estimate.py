"""Estimates: what is planned is what a run then does."""

from collections import Counter
from pathlib import Path

import pytest

from evalc.api.catalogs import compile_catalog, find_catalog
from evalc.base.scrub import Scrubber
from evalc.model.exchange import Prompt, Response
from evalc.model.plan import Plan, PlanEstimate
from evalc.model.settings import Policy, RunSettings, Selection
from evalc.planning.bind import open_targets
from evalc.planning.estimate import claims_of, estimate_plan, severe_first
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.planning.selection import deal
from evalc.run.context import RunContext
from evalc.run.engine import run_plan
from evalc.store.log import LogContext
from evalc.store.open import create_log
from evalc.store.read import read_run
from evalc.targets.contract import OpenTargets, Target
from tests.house.modules import ROOT
from tests.run.virtual import LoopClock, run_virtually

PRICES = """
[targets.hosted]
type = "openai"
base_url = "http://127.0.0.1:9/v1"
model = "large"

[judges.hosted]
type = "openai"
base_url = "http://127.0.0.1:9/v1"
model = "small"

[prices.large]
input_usd_per_million = 3
output_usd_per_million = 15
"""


class Weighing(Target):
    """Passes questions on, and keeps how large they were."""

    def __init__(self, target: Target) -> None:
        self.card = target.card
        self.sizes: list[int] = []
        self._target = target

    async def ask(self, prompt: Prompt) -> Response:
        self.sizes.append(sum(len(message.text.encode()) for message in prompt.messages))
        return await self._target.ask(prompt)


@pytest.fixture(scope="module")
def own() -> tuple[Plan, Policy]:
    """The plan for all of this repository's specs, with a scripted target and judge."""
    policy, _ = read_policy(ROOT / "evalc.toml")
    catalog = compile_catalog(find_catalog(ROOT / "specs")).catalog
    plan, findings = make_plan(catalog, policy, settings=RunSettings(targets=("good",), judge="scripted"))
    assert not findings
    return plan, policy


def asked_of(estimate: PlanEstimate, role: str) -> tuple[float, float, float, float]:
    """Least and most calls of the only target or judge, and least and most tokens of its input."""
    (asked,) = [found for found in estimate.asked if found.role == role]
    calls, tokens = asked.usage.calls, asked.usage.input_tokens
    return calls.low, calls.high, tokens.low, tokens.high


def test_a_run_makes_the_calls_that_were_planned(own: tuple[Plan, Policy], tmp_path: Path) -> None:
    """Over every spec of this repository, with conversations, tools and rubrics: else an estimate is a guess."""
    plan, policy = own
    estimate = estimate_plan(plan, policy)
    opened, _ = open_targets(plan, policy, secret=lambda name: None)
    target, judge = Weighing(opened.targets["good"]), Weighing(opened.judges[0])
    with create_log(tmp_path, plan, context=LogContext(Scrubber({}))) as log:
        context = RunContext(policy.limits, clock=LoopClock())
        run_virtually(run_plan(plan, OpenTargets({"good": target}, (judge,)), log=log, context=context))
    results = read_run(log.folder)[0].results

    for role, weighing in (("target", target), ("judge", judge)):
        least_calls, most_calls, least_tokens, most_tokens = asked_of(estimate, role)
        assert least_calls <= len(weighing.sizes) <= most_calls
        assert least_tokens <= sum(weighing.sizes) / 4 <= most_tokens
    assert len(judge.sizes) == asked_of(estimate, "judge")[0]
    assert (len(results), len(results)) == (estimate.trials, len(plan.trials))


def test_claims_are_the_upper_end_of_the_estimate(own: tuple[Plan, Policy]) -> None:
    """Trials that claimed less together than the whole may take would begin what the budget does not cover."""
    plan, policy = own
    claims = claims_of(plan, policy)
    estimate = estimate_plan(plan, policy)

    assert estimate.calls.high == sum(claim.calls for claim in claims.values())
    assert {*(trial.id for trial in plan.trials), *(canary.id for canary in plan.canaries)} == claims.keys()


def test_a_price_that_is_not_known_makes_the_sum_unknown(tmp_path: Path) -> None:
    """The target's part alone would be read as the price of the run."""
    (tmp_path / "evalc.toml").write_text(PRICES)
    policy, _ = read_policy(tmp_path / "evalc.toml")
    catalog = compile_catalog(find_catalog(ROOT / "specs")).catalog
    plan, _ = make_plan(catalog, policy, settings=RunSettings(targets=("hosted",), judge="hosted"))
    estimate = estimate_plan(plan, policy)
    target, judge = estimate.asked

    assert target.cost_usd
    assert 0 < target.cost_usd.low < target.cost_usd.high
    usage = target.usage
    assert pytest.approx((3 * usage.input_tokens.low + 15 * usage.output_tokens.low) / 1e6) == target.cost_usd.low
    assert (None, None) == (judge.cost_usd, estimate.cost_usd)


def test_shards_are_a_partition_and_stay_when_cases_come(own: tuple[Plan, Policy]) -> None:
    """Every trial is in one part, all repeats of a case in the same, and a new case moves none of the others."""
    plan, _ = own
    parts = [deal(plan, number, of=8) for number in range(1, 9)]
    smaller = plan.model_copy(update={"trials": plan.trials[10:]})
    before = {trial.id: number for number in range(8) for trial in deal(smaller, number + 1, of=8).trials}
    after = {trial.id: number for number, part in enumerate(parts) for trial in part.trials}

    assert sorted(after) == sorted(trial.id for trial in plan.trials)
    assert sum(len(part.trials) for part in parts) == len(plan.trials)
    assert before.items() <= after.items()
    assert {plan.digest} == {part.shard.whole for part in parts if part.shard}
    assert max(Counter(after.values()).values()) < len(plan.trials) / 3


def test_severe_cases_come_first_and_keep_their_order(own: tuple[Plan, Policy]) -> None:
    """What the budget reaches should be what matters most."""
    plan, _ = own
    severities = {case.id: case.severity for eval_ in plan.evals for case in eval_.cases}
    sorted_ = [severities[trial.case_id] for trial in severe_first(plan).trials]

    assert sorted(sorted_, key=["critical", "high", "medium", "low"].index) == sorted_
    assert sorted(severe_first(plan).trials, key=plan.trials.index) == list(plan.trials)


def test_a_drawn_order_is_the_same_for_a_seed_and_changes_with_it() -> None:
    """Somebody who repeats a run to find a flaw needs its order."""
    policy, _ = read_policy(ROOT / "evalc.toml")
    catalog = compile_catalog(find_catalog(ROOT / "specs")).catalog

    def order(seed: int | None) -> list[str]:
        settings = RunSettings(selection=Selection(seed=seed), targets=("good",), judge="scripted")
        return [trial.id for trial in make_plan(catalog, policy, settings=settings)[0].trials]

    assert order(1) == order(1)
    assert sorted(order(1)) == sorted(order(None))
    assert 3 == len({tuple(order(seed)) for seed in (1, 2, None)})
