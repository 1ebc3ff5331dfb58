"""Many made-up runs: equal systems rarely fail the gate, and the loss that a suite is said to see is mostly seen.

Both are promises of the guide. The runs are drawn from fixed seeds, so that a test passes or fails for good.
"""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from scipy import stats

from evalc.model.result import RunResult
from evalc.model.settings import GateSettings
from evalc.model.verdicts.comparison import CasePair, CaseScore
from evalc.model.verdicts.gate import Baseline
from evalc.report.gating.run import gate_run
from evalc.report.scores import score_run
from evalc.report.slices import moved, p_value
from evalc.report.statistics.power import smallest_visible_loss, smallest_visible_mean_loss
from tests.builders import PLACE, make_case, make_eval, make_run, outcomes_of, shares

_ALPHA = 0.05
_RUNS = 400

Chances = Sequence[float]
"""How likely each case passes, one answer at a time."""


def draw_chances(cases: int, *, seed: int) -> Chances:
    """Most cases nearly always pass, some now and then, as in a suite that is in use."""
    random = Random(seed)
    return [random.choice([0.98, 0.95, 0.9, 0.7, 0.5]) for _ in range(cases)]


def draw_pairs(before: Chances, after: Chances, *, repeats: int, random: Random) -> list[CasePair]:
    """One run of each system over the same cases."""
    return [
        CasePair(
            title="",
            severity="high",
            place=PLACE,
            before=_score(number, old, repeats, random),
            after=_score(number, new, repeats, random),
        )
        for number, (old, new) in enumerate(zip(before, after, strict=True))
    ]


def _score(number: int, chance: float, repeats: int, random: Random) -> CaseScore:
    drawn = tuple("passed" if random.random() < chance else "failed" for _ in range(repeats))
    outcome = "passed" if set(drawn) == {"passed"} else "failed"
    return CaseScore(case_id=f"c{number}", fingerprint="f", outcome=outcome, repeats=drawn)  # type: ignore[arg-type]  # Literals.


def share_that_fails(draw: Callable[[Random], list[CasePair]], *, cluster_of: Callable[[str], str] = str) -> float:
    """In how many of the runs a loss is found beyond chance."""
    random = Random(20260304)
    failed = 0
    for _ in range(_RUNS):
        pairs = draw(random)
        moves = moved(pairs, {pair.case_id: cluster_of(pair.case_id) for pair in pairs})
        failed += p_value(moves, seed=1, alternative="worse") <= _ALPHA
    return failed / _RUNS


def is_at_most_one_in_twenty(share: float) -> bool:
    """Whether 400 runs of which so many fail fit a gate that fails one in twenty, or less, in the long run."""
    return bool(stats.binom.sf(round(share * _RUNS) - 1, _RUNS, _ALPHA) > 0.01)


@pytest.mark.parametrize(("cases", "repeats"), [(20, 1), (60, 1), (200, 1), (40, 3), (100, 5)])
def test_equal_systems_rarely_fail(cases: int, repeats: int) -> None:
    """A gate that cries wolf is switched off within a week."""
    chances = draw_chances(cases, seed=cases)

    found = share_that_fails(lambda random: draw_pairs(chances, chances, repeats=repeats, random=random))

    assert is_at_most_one_in_twenty(found)


def test_equal_systems_rarely_fail_where_rows_rise_and_fall_together() -> None:
    """Without clusters, ten rows of one template that have a bad day would be ten losses."""

    def draw(random: Random) -> list[CasePair]:
        # The answers to all rows of one template hang together, as if it were asked once.
        days = [[1.0 if random.random() < 0.8 else 0.0 for _ in range(12)] for _ in range(2)]
        before, after = ([day[number // 10] for number in range(120)] for day in days)
        return draw_pairs(before, after, repeats=1, random=random)

    clustered = share_that_fails(draw, cluster_of=lambda case_id: str(int(case_id[1:]) // 10))
    alone = share_that_fails(draw)

    assert is_at_most_one_in_twenty(clustered)
    assert alone > 0.2


@pytest.mark.parametrize("cases", [60, 200])
def test_the_loss_that_a_suite_is_said_to_see_is_seen(cases: int) -> None:
    """One answer a case: what is printed as visible is found in at least four of five runs."""
    before = draw_chances(cases, seed=cases)
    noise = sum(2 * chance * (1 - chance) for chance in before)
    loss = smallest_visible_loss(cases, noise, alpha=_ALPHA)
    assert loss is not None
    after = _lowered(before, loss)

    assert share_that_fails(lambda random: draw_pairs(before, after, repeats=1, random=random)) >= 0.8


@pytest.mark.parametrize(("cases", "repeats"), [(60, 3), (100, 5)])
def test_repeats_make_a_smaller_loss_visible(cases: int, repeats: int) -> None:
    """The variance within cases is averaged out, and what is left is what the printed loss rests on."""
    before = draw_chances(cases, seed=cases)
    noise = sum(2 * chance * (1 - chance) for chance in before)
    loss = smallest_visible_mean_loss(noise / repeats / cases, units=cases, repeats=repeats, alpha=_ALPHA)
    once = smallest_visible_loss(cases, noise, alpha=_ALPHA)
    assert loss is not None
    assert once is not None
    after = _lowered(before, loss)

    assert loss < once
    assert share_that_fails(lambda random: draw_pairs(before, after, repeats=repeats, random=random)) >= 0.8


def test_whole_gates_decide_as_their_arithmetic() -> None:
    """From runs and a baseline to the verdict, on fewer runs: equal systems pass, and a large loss does not."""
    random = Random(5)
    eval_ = make_eval([make_case(f"c{number}") for number in range(40)], rule=shares(overall=0.2))
    chances = draw_chances(len(eval_.cases), seed=3)

    def run(lowered: float, minute: int) -> RunResult:
        pairs = zip(eval_.cases, chances, strict=True)
        marks = {case.name: "+" if random.random() < chance - lowered else "-" for case, chance in pairs}
        return make_run(eval_, outcomes_of(marks), started_at=f"2026-03-04T05:{minute:02}:00Z")

    baseline = Baseline(name="model", scores=tuple(score_run(run(0.0, 0)).targets[0].scores.values()))

    def verdict(lowered: float, minute: int) -> str:
        settings = GateSettings()
        made = run(lowered, minute)
        return gate_run(made, settings=settings, baselines={"model": baseline}, doubts={}).verdict

    equal = [verdict(0.0, number) for number in range(20)]
    worse = [verdict(0.4, number) for number in range(20)]

    assert equal.count("failed") <= 1
    assert worse.count("failed") >= 16


def _lowered(chances: Chances, loss: float) -> Chances:
    """Chances that are lower by a loss on average, none of them below 0."""
    low, high = 0.0, 1.0
    for _ in range(60):
        step = (low + high) / 2
        lost = sum(min(chance, step) for chance in chances) / len(chances)
        low, high = (step, high) if lost < loss else (low, step)
    return [max(0.0, chance - high) for chance in chances]
