"""How fast answers came."""

import math
from array import array
from collections.abc import Iterable, Sequence
from statistics import median

from evalc.model.exchange import Response
from evalc.model.report import Timing

_MOST = 0.95


class Times:
    """How long answers took; of each one only its times are kept."""

    def __init__(self) -> None:
        self._whole_s = array("d")
        self._first_s = array("d")

    def add(self, responses: Iterable[Response]) -> None:
        """Take the times of some answers. One without a time, as from a script, is left out.

        An answer with tools took all of its steps. Of an answer that was kept, it is the time that it took then.
        """
        for response in responses:
            if response.latency_s:
                self._whole_s.append(response.latency_s)
                if response.first_token_s is not None:
                    self._first_s.append(response.first_token_s)

    def timing(self) -> Timing | None:
        """What all times say; None where there are none."""
        if not self._whole_s:
            return None
        whole, first = sorted(self._whole_s), sorted(self._first_s)
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
