"""The work of a run."""

from evalc.model.catalog import Eval, Vendor
from evalc.model.stored import Stored


class TargetCard(Stored):
    """What is public about a target or a judge: never an address or a key.

    `fingerprint` covers the settings that can change answers. A scripted one answers from text, not from a model.
    """

    name: str
    type: str
    model: str = ""
    is_scripted: bool = False
    fingerprint: str = ""


class Trial(Stored):
    """One case asked of one target once; `repeat` counts from 1. `id` is `TARGET:CASE@REPEAT`."""

    id: str
    case_id: str
    target: str
    repeat: int


class Plan(Stored):
    """Which trials to run, with everything that is needed to decide them later without the specs."""

    vendors: tuple[Vendor, ...]
    evals: tuple[Eval, ...]
    targets: tuple[TargetCard, ...]
    judge: TargetCard | None
    trials: tuple[Trial, ...]
