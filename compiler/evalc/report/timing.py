"""How fast answers came."""

import math
from collections.abc import Iterable, Sequence
from statistics import median

from evalc.model.report import Timing
from evalc.model.result import TrialResult

_MOST = 0.95


def timing_of(trials: Iterable[TrialResult]) -> Timing | None:
    """How long the answers of some trials took; None where no answer has a time, as from a script.

    An answer with tools took all of its steps. Of an answer that was kept, it is the time that it took then.
    """
    responses = [response for trial in trials for response in trial.responses if response.latency_s]
    if not responses:
        return None
    whole = sorted(response.latency_s for response in responses)
    first = sorted(found.first_token_s for found in responses if found.first_token_s is not None)
    return Timing(
        answers=len(whole),
        median_s=_rounded(median(whole)),
        most_s=_rounded(_nearest_rank(whole)),
        streamed=len(first),
        first_token_median_s=_rounded(median(first)) if first else None,
        first_token_most_s=_rounded(_nearest_rank(first)) if first else None,
    )


def _nearest_rank(ordered: Sequence[float]) -> float:
    """The least of the values that 95 % of them do not exceed."""
    return ordered[math.ceil(_MOST * len(ordered)) - 1]


def _rounded(value_s: float) -> float:
    return round(value_s, 6)
