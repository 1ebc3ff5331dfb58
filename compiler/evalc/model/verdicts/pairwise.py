"""What a judge says of two targets' answers to the same questions."""

from typing import Literal

from evalc.model.plan import Panel, TargetCard
from evalc.model.report import Interval
from evalc.model.stored import Stored

Word = Literal["first", "second", "equal", "cannot-tell"]

Winner = Literal["a", "b", "equal", "order", "open", "split"]
"""`order` where the judge says another thing when the answers change places, `open` where it gave no word on one, and
`split` where a panel does not agree."""


class Preference(Stored):
    """A judge's word on two answers in one order; `problem` says why there is none. Quotes occur in the answers."""

    word: Word | None = None
    evidence: tuple[str, ...] = ()
    reason: str = ""
    problem: str = ""


class PairVote(Stored):
    """What one judge of a panel prefers in both orders when asked for the `sample`-th time, counted from 1."""

    judge: str
    sample: int = 1
    a_first: Preference
    b_first: Preference
    winner: Winner


class Pair(Stored):
    """Two answers to one case, compared by one rubric: with that of `a` first, and with that of `b` first.

    `votes` are what a panel's word was made of; its words are those of the first vote that says what the panel does.
    """

    case_id: str
    repeat: int
    rubric: str
    a_first: Preference
    b_first: Preference
    winner: Winner
    votes: tuple[PairVote, ...] = ()


class Pairwise(Stored):
    """All pairs of two targets, each named `RUN:TARGET`.

    `share` is how many of the decided pairs `a` wins, 0 to 1, and `p_value` how likely a share so far from a half is by
    chance (sign test); both are None where nothing is decided. `by_place` are pairs in which the judge took the same
    place in both orders. `panel` is who votes, where there is more than one vote. `left_out` are sentences on cases
    that are not compared.
    """

    format: Literal["evalc-pairwise"] = "evalc-pairwise"
    format_version: int = 1
    a: str
    b: str
    judge: TargetCard
    panel: Panel | None = None
    pairs: tuple[Pair, ...]
    wins_a: int
    wins_b: int
    equal: int
    by_order: int
    open: int
    split: int = 0
    by_place: int
    share: float | None
    interval: Interval | None
    p_value: float | None
    left_out: tuple[str, ...] = ()
