"""What a gate decides about a run."""

from typing import Literal

from evalc.model.calibration import JudgedRate
from evalc.model.report import Gate, GateVerdict
from evalc.model.stored import Stored
from evalc.model.verdicts.comparison import CaseScore, TargetComparison


class Baseline(Stored):
    """How cases did when somebody accepted it, without their answers; by id. `name` is the target's."""

    name: str
    scores: tuple[CaseScore, ...]


class Adjustment(Stored):
    """A condition that the policy sets otherwise than the spec, in words; `before` is empty where the spec has none."""

    direction: Literal["loosened", "tightened"]
    before: str
    after: str


class EvalGate(Stored):
    """The decision about one eval at one target, with what the policy and doubts about the judge do to it.

    `doubts` are sentences on why the judge may not be trusted. Where `is_advisory`, the judge alone made the eval fail,
    and that does not count before it is calibrated.
    """

    eval_id: str
    target: str
    gate: Gate
    adjustments: tuple[Adjustment, ...] = ()
    doubts: tuple[str, ...] = ()
    is_advisory: bool = False


class BaselineGate(Stored):
    """The decision about one target against its baseline.

    `p_value` is one-sided: how likely so large a loss is by chance. `needs` says what would decide, where it is open.
    `smallest_visible` is the loss of the pass rate that would fail four times in five.
    """

    target: str
    verdict: GateVerdict
    reason: str
    p_value: float
    smallest_visible: float | None = None
    needs: str = ""
    comparison: TargetComparison


class GateReport(Stored):
    """The decision about a run: the worst of those about its evals and its targets' baselines.

    `corrected` are rates of the judge without what it gets wrong; they decide nothing.
    """

    format: Literal["evalc-gate"] = "evalc-gate"
    format_version: int = 1
    run_id: str
    verdict: GateVerdict
    evals: tuple[EvalGate, ...]
    baselines: tuple[BaselineGate, ...] = ()
    corrected: tuple[JudgedRate, ...] = ()
    notes: tuple[str, ...] = ()
