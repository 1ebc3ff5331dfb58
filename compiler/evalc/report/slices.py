"""All cases of a comparison, and those of each severity and tag: rates, their difference, and what it is worth."""

from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import Literal, NamedTuple

from evalc.base.digest import digest
from evalc.model.catalog import SEVERITIES
from evalc.model.report import Interval
from evalc.model.verdicts.comparison import CasePair, Rate, Slice
from evalc.report.statistics.intervals import FEWEST_CLUSTERS, Z_95, clustered_interval
from evalc.report.statistics.paired import (
    Alternative,
    bootstrap_interval,
    flip_interval,
    holm,
    mcnemar_p,
    sign_flip_p,
)
from evalc.report.statistics.power import smallest_visible_loss, smallest_visible_mean_loss

ALPHA = 0.05
_FEWEST_CASES = 10
# Beyond so many, means are normal, and drawing them again shows no other digit for a minute of work.
_MOST_DRAWN = 2_000


class Moved(NamedTuple):
    """Differences of pass shares, after less before, by cluster; `is_flips` where each is a whole flip of a case.

    `repeats` is how many answers a share is made of, on average.
    """

    clusters: tuple[tuple[float, ...], ...]
    is_flips: bool
    repeats: float

    @property
    def sums(self) -> list[float]:
        """What the cases of a cluster moved together."""
        return [sum(cluster) for cluster in self.clusters]


def make_slices(
    pairs: Sequence[CasePair], clusters: Mapping[str, str], *, seed_words: Sequence[str]
) -> tuple[Slice, ...]:
    """All pairs first, then each severity and each tag that has some.

    Args:
        clusters: The cluster of each case.
        seed_words: What draws are seeded with, so that the same runs give the same figures.
    """
    seed = int(digest(list(seed_words)), 16)
    tags = sorted({tag for pair in pairs for tag in pair.tags})
    by_severity = {name: [pair for pair in pairs if pair.severity == name] for name in SEVERITIES}
    by_tag = {name: [pair for pair in pairs if name in pair.tags] for name in tags}
    return (
        _slice("all", "", pairs, clusters=clusters, seed=seed),
        *_corrected(_slice("severity", name, part, clusters=clusters, seed=seed) for name, part in by_severity.items()),
        *_corrected(_slice("tag", name, part, clusters=clusters, seed=seed) for name, part in by_tag.items()),
    )


def moved(pairs: Sequence[CasePair], clusters: Mapping[str, str]) -> Moved:
    """How far each case moved; rows of one cluster together where there are enough clusters."""
    groups = [
        tuple(_share(pair, "after") - _share(pair, "before") for pair in group) for group in _grouped(pairs, clusters)
    ]
    is_flips = all(len(group) == 1 and group[0] in (-1, 0, 1) for group in groups)
    decided = [score.decided for pair in pairs for score in (pair.before, pair.after)]
    return Moved(tuple(groups), is_flips, sum(decided) / max(1, len(decided)))


def p_value(moves: Moved, *, seed: int, alternative: Alternative = "different") -> float:
    """How likely such a difference is where there is none: of whole flips by McNemar's test, else by signs."""
    if moves.is_flips:
        return mcnemar_p(moves.sums.count(-1), moves.sums.count(1), alternative=alternative)
    return sign_flip_p(moves.sums, seed=seed, alternative=alternative)


def smallest_visible(moves: Moved, *, alpha: float, alternative: Alternative) -> float | None:
    """The smallest loss that would be found four times in five, a share, or None where none would be."""
    units, error = len(moves.clusters), standard_error(moves)
    if moves.is_flips or not error:
        # What flipped one way beyond what flipped the other is no chance, as far as one can see.
        noise = 2 * min(moves.sums.count(-1), moves.sums.count(1))
        return smallest_visible_loss(units, noise, alpha=alpha, alternative=alternative)
    return smallest_visible_mean_loss(
        error**2 * units, units=units, repeats=moves.repeats, alpha=alpha, alternative=alternative
    )


def standard_error(moves: Moved) -> float:
    """The standard error of the mean difference, by clusters; 0 where none moved.

    Source: Miller 2024, "Adding error bars to evals", arXiv 2411.00640.
    """
    cases, count = sum(map(len, moves.clusters)), len(moves.clusters)
    if count < 2:
        return 0.0
    mean = sum(moves.sums) / cases
    spread = sum((sum(cluster) - len(cluster) * mean) ** 2 for cluster in moves.clusters)
    return sqrt(count / (count - 1) * spread) / cases


def _slice(
    kind: Literal["all", "severity", "tag"],
    name: str,
    pairs: Sequence[CasePair],
    *,
    clusters: Mapping[str, str],
    seed: int,
) -> Slice:
    turns = [(pair.before.outcome, pair.after.outcome) for pair in pairs]
    lost, gained = turns.count(("passed", "failed")), turns.count(("failed", "passed"))
    counted = Slice(kind=kind, name=name, cases=len(pairs), lost=lost, gained=gained)
    if len(pairs) < (1 if kind == "all" else _FEWEST_CASES):
        return counted
    moves = moved(pairs, clusters)
    cases = len(pairs)
    return counted.model_copy(
        update={
            "before": _rate(pairs, clusters, "before"),
            "after": _rate(pairs, clusters, "after"),
            "difference": sum(moves.sums) / cases,
            "interval": _interval(moves, seed=seed),
            "p_value": p_value(moves, seed=seed),
            "test": "mcnemar" if moves.is_flips else "sign-flip",
            "smallest_visible": smallest_visible(moves, alpha=ALPHA, alternative="different"),
        }
    )


def _interval(moves: Moved, *, seed: int) -> Interval:
    """The range of the mean difference."""
    units = len(moves.clusters)
    if moves.is_flips:
        return flip_interval(moves.sums.count(-1), moves.sums.count(1), cases=units)
    if not any(moves.sums):
        # Drawn again, what did not move gives an interval of no width, as if it never could.
        return flip_interval(0, 0, cases=units)
    if units <= _MOST_DRAWN:
        return bootstrap_interval(moves.clusters, seed=seed)
    mean, half = sum(moves.sums) / sum(map(len, moves.clusters)), Z_95 * standard_error(moves)
    return Interval(low=max(-1.0, mean - half), high=min(1.0, mean + half))


def _corrected(slices: Iterable[Slice]) -> list[Slice]:
    """Slices that have cases, with the p-values of several tests."""
    found = [part for part in slices if part.cases]
    raised = iter(holm([part.p_value for part in found if part.p_value is not None]))
    return [part if part.p_value is None else part.model_copy(update={"p_value": next(raised)}) for part in found]


def _rate(pairs: Sequence[CasePair], clusters: Mapping[str, str], side: Literal["before", "after"]) -> Rate:
    shares = [tuple(_share(pair, side) for pair in group) for group in _grouped(pairs, clusters)]
    mean = sum(_share(pair, side) for pair in pairs) / len(pairs)
    return Rate(rate=mean, interval=clustered_interval(shares))


def _grouped(pairs: Sequence[CasePair], clusters: Mapping[str, str]) -> list[list[CasePair]]:
    groups: dict[str, list[CasePair]] = {}
    for pair in pairs:
        groups.setdefault(clusters[pair.case_id], []).append(pair)
    return list(groups.values()) if len(groups) >= FEWEST_CLUSTERS else [[pair] for pair in pairs]


def _share(pair: CasePair, side: Literal["before", "after"]) -> float:
    share = pair.before.share if side == "before" else pair.after.share
    assert share is not None, "cases without a verdict are left out"
    return share
