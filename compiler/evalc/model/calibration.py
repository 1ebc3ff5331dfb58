"""How far a judge agrees with people, as it was measured and kept."""

from typing import Literal

from evalc.model.report import Figure
from evalc.model.stored import Stored

Standing = Literal["fresh", "stale", "missing"]
"""`stale` where the judge or what it is asked by is not what was measured any more."""


class Agreed(Stored):
    """How many answers people gave the `label` and the judge the `verdict`.

    Both are `met`, `not-met` or a score; `passed` or `failed` where a whole rubric or claim is meant. The judge's word
    is empty where it had none.
    """

    label: str
    verdict: str
    count: int


class Measured(Stored):
    """A line of the lock file: what one judge said of labelled answers by one rubric or criterion, as counts.

    `rubric` is `VENDOR/EVAL/RUBRIC`, with `claims` for the rubric where the eval's plain claims are meant; an empty
    `criterion` stands for the verdict of all together. `same` of `asked` answers got the same word in every sample.
    `date` is a day, such as 2026-03-04.
    """

    rubric: str
    criterion: str = ""
    judge: str
    judge_fingerprint: str
    rubric_fingerprint: str
    date: str
    scale: tuple[str, ...]
    counts: tuple[Agreed, ...]
    samples: int = 1
    same: int = 0
    asked: int = 0
    cost_usd: float | None = None


class Calibration(Stored):
    """The figures of a measurement.

    `agreement` is the share of equal words; `kappa` is Cohen's, and `weighted_kappa` the quadratic one where the words
    are scores. `sensitivity` is the share of what people call passed or met that the judge does too, `specificity` that
    of what they call failed or not met; both are None for scores.
    """

    measured: Measured
    standing: Standing = "fresh"
    labels: int
    undecided: int
    agreement: Figure
    kappa: Figure
    weighted_kappa: Figure = Figure()
    sensitivity: Figure = Figure()
    specificity: Figure = Figure()
    consistency: Figure = Figure()


class JudgedRate(Stored):
    """The rate that a judge gave one target by one rubric, and what it is when its errors are taken out.

    `passed` of `total` checks passed, repeats averaged within each. `rubric` is as in a measurement, and `date` the day
    on which the judge was measured.
    """

    target: str
    rubric: str
    passed: float
    total: int
    corrected: Figure
    date: str
