"""The work of a run."""

from collections.abc import Iterator
from typing import Literal, Self

from evalc.base.digest import digest
from evalc.model.catalog import Case, Eval, Vendor
from evalc.model.stored import PLAN_FORMAT_VERSION, Kept, Stored

PanelRule = Literal["majority", "median", "unanimous"]
"""How votes become one word: what more than half say, the middle of the scores, or what all say."""

CanaryKind = Literal["good", "injected", "hollow"]
"""`good`: an answer that a person labelled as good. `injected`: one that was labelled as bad, with orders to the judge
behind it. `hollow`: the beginning of an answer, and nothing after it."""


class TargetCard(Stored):
    """What is public about a target or a judge: never an address or a key.

    `fingerprint` covers the settings that can change answers. A scripted one answers from text, not from a model.
    """

    name: str
    type: str
    model: str = ""
    is_scripted: bool = False
    fingerprint: str = ""


class Trial(Kept):
    """One case asked of one target once; `repeat` counts from 1. `id` is `TARGET:CASE@REPEAT`."""

    id: str
    case_id: str
    target: str
    repeat: int

    @classmethod
    def from_id(cls, id: str) -> Self:
        """The trial of an id, which says all about it."""
        target, _, rest = id.partition(":")
        case_id, _, repeat = rest.rpartition("@")
        return cls(id=id, case_id=case_id, target=target, repeat=int(repeat))


class Panel(Stored):
    """Several judges, or one that is asked several times: each is asked `samples` times about every criterion."""

    judges: tuple[TargetCard, ...]
    samples: int = 1
    rule: PanelRule = "majority"


class Canary(Stored):
    """An answer whose verdict is known, put to the judge to see whether it can be trusted with a rubric.

    `id` is `VENDOR/EVAL/RUBRIC!KIND`, with `claims` for the rubric where the eval's plain claims are meant. It is
    judged as `text` given to the case `case_id` would be judged by its check `check`.
    """

    id: str
    kind: CanaryKind
    eval_id: str
    rubric: str
    case_id: str
    check: str
    text: str
    should_pass: bool


class Shard(Stored):
    """One of several parts that a plan is dealt out to; `number` counts from 1. `whole` is the digest of that plan."""

    number: int
    of: int
    whole: str


class Plan(Stored):
    """Which trials to run, with everything that is needed to decide them later without the specs.

    `judge` stands for the whole `panel` where there is one. `rejudges` names the run whose answers are judged again
    instead of asking the targets, and is empty otherwise.
    """

    vendors: tuple[Vendor, ...]
    evals: tuple[Eval, ...]
    targets: tuple[TargetCard, ...]
    judge: TargetCard | None
    panel: Panel | None = None
    trials: tuple[Trial, ...]
    canaries: tuple[Canary, ...] = ()
    shard: Shard | None = None
    rejudges: str = ""

    def trials_of(self, target: str) -> Iterator[Trial]:
        """The trials of one target, in their order."""
        return (trial for trial in self.trials if trial.target == target)

    def cases_by_id(self) -> dict[str, tuple[Case, Eval]]:
        """Each case with its eval."""
        return {case.id: (case, eval_) for eval_ in self.evals for case in eval_.cases}

    @property
    def digest(self) -> str:
        """A hash of who is asked what and how it is checked: equal for equal plans, in whatever order they ask."""
        judges = [card.model_dump() for card in (self.panel.judges if self.panel else (self.judge,)) if card]
        return digest(
            {
                "cases": {case.id: case.fingerprint for eval_ in self.evals for case in eval_.cases},
                "evals": {eval_.id: eval_.fingerprint for eval_ in self.evals},
                "targets": [card.model_dump() for card in self.targets],
                "judges": judges,
                "trials": sorted(trial.id for trial in self.trials),
            }
        )


class Bounds(Stored):
    """What a figure is likely between, both ends included."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: "Bounds") -> "Bounds":
        return Bounds(low=self.low + other.low, high=self.high + other.high)

    def times(self, factor: float) -> "Bounds":
        """So many of these together."""
        return Bounds(low=self.low * factor, high=self.high * factor)


class Usage(Stored):
    """Calls and what they are likely to use, where every one succeeds at the first attempt."""

    calls: Bounds = Bounds()
    input_tokens: Bounds = Bounds()
    output_tokens: Bounds = Bounds()

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
        )

    def times(self, factor: float) -> "Usage":
        """So many of these together."""
        return Usage(
            calls=self.calls.times(factor),
            input_tokens=self.input_tokens.times(factor),
            output_tokens=self.output_tokens.times(factor),
        )


class AskedEstimate(Stored):
    """What a plan asks of one target or judge, and what that costs: None where no price is known."""

    role: Literal["target", "judge"]
    name: str
    model: str
    usage: Usage
    cost_usd: Bounds | None


class PlanEstimate(Stored):
    """What a plan takes. `cost_usd` is that of everybody, None where a price is not known."""

    cases: int
    trials: int
    canaries: int = 0
    asked: tuple[AskedEstimate, ...]
    calls: Bounds
    cost_usd: Bounds | None


class FinishedBefore(Stored):
    """How many trials of a plan have a verdict already, on the same case, target and judge; `run_id` has the newest.

    `kept_calls` is how many calls at least are answered by what is kept of earlier ones; None where nothing is taken.
    """

    trials: int
    run_id: str = ""
    kept_calls: int | None = None


class PlanFile(Stored):
    """A plan to be run later just as it is. `seal` is the hash of all of the plan, in 64 hexadecimal digits."""

    format: Literal["evalc-plan"] = "evalc-plan"
    format_version: int = PLAN_FORMAT_VERSION
    seal: str
    estimate: PlanEstimate
    finished_before: FinishedBefore
    plan: Plan
