"""A run against its baseline: whether it lost more than chance takes, or more than is allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import variance

from evalc.base.digest import digest
from evalc.model.catalog import Case
from evalc.model.plan import TargetCard
from evalc.model.report import GateVerdict
from evalc.model.settings import GateSettings
from evalc.model.verdicts.comparison import CasePair, Side, TargetComparison
from evalc.model.verdicts.gate import Baseline, BaselineGate
from evalc.report.compare import compare_scores, pair_scores
from evalc.report.scores import Scored
from evalc.report.slices import Moved, moved, p_value, smallest_visible
from evalc.report.statistics.power import cases_needed, repeats_needed
from evalc.report.statistics.repeats import variance_within


@dataclass(frozen=True, slots=True)
class _Look:
    """A target beside its baseline, by cases of which each has a verdict."""

    comparison: TargetComparison
    pairs: Sequence[CasePair]
    moves: Moved
    p: float

    def verdict(self, settings: GateSettings) -> GateVerdict:
        interval = self.comparison.whole.interval
        if not self.pairs:
            return "inconclusive"
        if settings.margin is None or interval is None:
            return "failed" if self.p <= settings.alpha else "passed"
        if interval.high < -settings.margin:
            return "failed"
        return "passed" if interval.low >= -settings.margin else "inconclusive"


def decide_regression(
    baseline: Baseline, after: Scored, *, cases: Mapping[str, Case], settings: GateSettings
) -> BaselineGate:
    """Whether a target lost against its baseline.

    Without a margin it failed where a loss this large comes by chance in at most `alpha` of runs. With one it failed
    where the whole interval of the difference lies beyond the margin, passed where none of it does, and is inconclusive
    in between. It is so too where it passed and cases without a verdict could turn that, and where no case compares.

    Args:
        cases: The cases of the run, by id.
    """
    side = Side(run_id="", target=TargetCard(name=baseline.name, type=""))
    before = Scored(side, {score.case_id: score for score in baseline.scores})
    look = _look(before, after, cases)
    verdict, needs = look.verdict(settings), ""
    worst = _with_open_cases_lost(before, after)
    if verdict == "inconclusive":
        needs = _needs(look, settings.margin or 0.0)
    elif verdict == "passed" and worst and _look(before, worst, cases).verdict(settings) != "passed":
        verdict, needs = "inconclusive", "cases without a verdict could turn it; `evalc run --resume` asks them again"
    return BaselineGate(
        target=after.side.target.name,
        verdict=verdict,
        reason=_reason(look, settings),
        p_value=look.p,
        smallest_visible=smallest_visible(look.moves, alpha=settings.alpha, alternative="worse"),
        needs=needs,
        comparison=look.comparison,
    )


def _look(before: Scored, after: Scored, cases: Mapping[str, Case]) -> _Look:
    pairs = pair_scores(before, after, cases=cases)
    moves = moved(pairs, {id_: case.cluster for id_, case in cases.items()})
    seed = int(digest([after.side.run_id, after.side.target.name]), 16)
    p = p_value(moves, seed=seed, alternative="worse")
    return _Look(compare_scores(before, after, cases=cases), pairs, moves, p)


def _with_open_cases_lost(before: Scored, after: Scored) -> Scored | None:
    """The run as if all cases without a verdict that could be compared had failed, or None where there are none."""
    lost = {
        id_: score.model_copy(update={"outcome": "failed", "repeats": ("failed",)})
        for id_, score in after.scores.items()
        if score.share is None and id_ in before.scores
    }
    return Scored(after.side, {**after.scores, **lost}) if lost else None


def _reason(look: _Look, settings: GateSettings) -> str:
    whole = look.comparison.whole
    if not whole.cases:
        return "no case of the baseline is in this run as it was"
    counts = f"{whole.lost} lost and {whole.gained} gained of {whole.cases} cases"
    if settings.margin is None or whole.interval is None or whole.difference is None:
        limit = f"and {_percent(settings.alpha)} is the limit"
        return f"{counts}; chance alone loses as much in {_percent(look.p)} of runs, {limit}"
    interval = f"{whole.interval.low:+.1%} to {whole.interval.high:+.1%}"
    return f"{counts}: {whole.difference:+.1%} ({interval}), and {-settings.margin:.1%} is the limit"


def _percent(share: float) -> str:
    return "less than 0.1%" if share < 0.001 else f"{share * 100:.3g}%"


def _needs(look: _Look, margin: float) -> str:
    """What would decide, if what was seen so far is how it is."""
    whole = look.comparison.whole
    if not whole.cases:
        return "`evalc bless` accepts a run of the cases as they are now"
    assert whole.difference is not None
    assert whole.interval is not None
    distance = abs(whole.difference + margin)
    is_within = whole.difference >= -margin
    half = whole.difference - whole.interval.low if is_within else whole.interval.high - whole.difference
    cases = cases_needed(whole.cases, half_width=half, distance=distance)
    if cases is None:
        return "no number of cases decides what lies on the limit"
    repeats = _repeats_needed(look.pairs, (distance / half) ** 2) if half else None
    words = f"about {cases:,} cases would decide"
    return f"{words}, or {repeats:,} repeats of each case in both runs" if repeats else words


def _repeats_needed(pairs: Sequence[CasePair], shrink: float) -> int | None:
    """How many repeats would bring the variance of the differences down to a share of itself, or None."""
    counts = [(score.passes, score.decided) for pair in pairs for score in (pair.before, pair.after)]
    repeats = sum(decided for _, decided in counts) / len(counts)
    within = variance_within(counts)
    if within is None or len(pairs) < 2:
        return None
    differences = [(pair.after.share or 0.0) - (pair.before.share or 0.0) for pair in pairs]
    spread = variance(differences)
    # Both sides have repeats to average out.
    return repeats_needed(spread, min(spread, 2 * within / repeats), repeats=repeats, wanted=spread * shrink)
