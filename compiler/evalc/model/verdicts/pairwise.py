"""What a judge says of two targets' answers to the same questions."""

from typing import Literal

from evalc.model.plan import TargetCard
from evalc.model.report import Interval
from evalc.model.stored import Stored

Word = Literal["first", "second", "equal", "cannot-tell"]

Winner = Literal["a", "b", "equal", "order", "open"]
"""`order` where the judge says another thing when the answers change places, `open` where it gave no word on one."""


class Preference(Stored):
    """A judge's word on two answers in one order; `problem` says why there is none. Quotes occur in the answers."""

    word: Word | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    problem: str = ""


class Pair(Stored):
    """Two answers to one case, compared by one rubric: with that of `a` first, and with that of `b` first."""

    case_id: str
    repeat: int
    rubric: str
    a_first: Preference
    b_first: Preference
    winner: Winner


class Pairwise(Stored):
    """All pairs of two targets, each named `RUN:TARGET`.

    `share` is how many of the decided pairs `a` wins, 0 to 1, and `p_value` how likely a share so far from a half is by
    chance (sign test); both are None where nothing is decided. `by_place` are pairs in which the judge took the same
    place in both orders. `left_out` are sentences on cases that are not compared.
    """

    format: Literal["evalc-pairwise"] = "evalc-pairwise"
    format_version: int = 1
    a: str
    b: str
    judge: TargetCard
    pairs: tuple[Pair, ...]
    wins_a: int
    wins_b: int
    equal: int
    by_order: int
    open: int
    by_place: int
    share: float | None
    interval: Interval | None
    p_value: float | None
    left_out: tuple[str, ...] = ()
