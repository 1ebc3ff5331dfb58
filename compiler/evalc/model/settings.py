"""What a workspace and a command decide: the policy and the settings of a run."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, JsonValue

from evalc.model.catalog import Severity, Status
from evalc.model.plan import PanelRule
from evalc.model.result import Outcome
from evalc.model.stored import Stored


class Pace(Stored):
    """How much somebody is asked at most in any minute; None where only the endpoint sets a limit."""

    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)


class Binding(Stored):
    """A target or judge as the policy binds it: a member of the family `targets`, its options, and its pace."""

    name: str
    type: str
    options: dict[str, JsonValue] = {}
    pace: Pace = Pace()


class Price(Stored):
    """What a million tokens of a model cost in US dollars. Cached input costs as other input unless it has a price."""

    input_usd_per_million: float = Field(ge=0)
    output_usd_per_million: float = Field(ge=0)
    cached_input_usd_per_million: float | None = Field(default=None, ge=0)

    def cost_usd(self, input_tokens: float, output_tokens: float, *, cached: int = 0) -> float:
        """What a call with so many tokens costs; `cached` is how many of the input's were."""
        cached_price = self.cached_input_usd_per_million
        read = cached * (self.input_usd_per_million if cached_price is None else cached_price)
        rest = (input_tokens - cached) * self.input_usd_per_million
        return (read + rest + output_tokens * self.output_usd_per_million) / 1_000_000


FREE = Price(input_usd_per_million=0, output_usd_per_million=0)
"""What those cost who answer without a model."""


class Terms(Stored):
    """What somebody is asked by: the price, None where it is not known, and the pace."""

    price: Price | None = None
    pace: Pace = Pace()


class Caps(Stored):
    """What one call of `evalc run` may take at most; None is no limit."""

    budget_usd: float | None = Field(default=None, ge=0)
    max_calls: int | None = Field(default=None, ge=0)

    @property
    def are_set(self) -> bool:
        """Whether there is any limit."""
        return self.budget_usd is not None or self.max_calls is not None


class Claim(Stored):
    """What one trial may take, all of its calls together, and how severe its case is."""

    severity: Severity
    calls: int
    cost_usd: float


class Limits(Stored):
    """Limits of asking; durations in seconds.

    `concurrency` is how many trials of one target go on at a time. `max_steps` is how often a target is asked for one
    answer, with the results of tools in between. A server that asks for a pause above `longest_wait_s` is given up.
    """

    concurrency: int = Field(default=20, ge=1, le=1000)
    attempt_timeout_s: float = Field(default=120.0, gt=0, le=3600)
    max_attempts: int = Field(default=5, ge=1, le=20)
    max_steps: int = Field(default=20, ge=1, le=1000)
    max_answer_bytes: int = Field(default=4 * 1024 * 1024, ge=1, le=256 * 1024 * 1024)
    longest_wait_s: float = Field(default=120.0, gt=0, le=3600)


class PanelSettings(Stored):
    """A panel as the policy has it: the names of its judges, how often each is asked, and how votes become a word."""

    judges: tuple[str, ...] = Field(min_length=1)
    samples: int = Field(default=1, ge=1, le=25)
    rule: PanelRule = "majority"


class CalibrationSettings(Stored):
    """What a judge has to reach on answers that people labelled before its word counts; None asks for nothing.

    `labels` is how many of them there have to be, the others are least figures, shares or kappas.
    """

    labels: int = Field(default=30, ge=1)
    agreement: float | None = Field(default=0.8, ge=0, le=1)
    kappa: float | None = Field(default=None, ge=-1, le=1)
    sensitivity: float | None = Field(default=None, ge=0, le=1)
    specificity: float | None = Field(default=None, ge=0, le=1)


LintLevel = Literal["error", "warning", "advice", "off"]
"""How severe the findings of a rule are, or that the rule is not asked."""


class Thresholds(Stored):
    """The share of cases that must pass, 0 to 1, instead of what a spec says of them; None leaves that as it is."""

    overall: float | None = Field(default=None, ge=0, le=1)
    critical: float | None = Field(default=None, ge=0, le=1)
    high: float | None = Field(default=None, ge=0, le=1)
    medium: float | None = Field(default=None, ge=0, le=1)
    low: float | None = Field(default=None, ge=0, le=1)


class GateSettings(Stored):
    """How `evalc gate` decides.

    `baseline` is a folder. `alpha` is how often two equal systems may fail against a baseline. With a `margin`, a
    share, a run passes only where the cases show that it lost no more than that; without one it fails only where it
    lost beyond chance. `uncalibrated` says whether a failure that only an uncalibrated judge sees counts. `thresholds`
    are by vendor, eval or pattern; of several that fit, the last counts.
    """

    baseline: str = Field(default="baselines", min_length=1)
    alpha: float = Field(default=0.05, gt=0, le=0.5)
    margin: float | None = Field(default=None, ge=0, le=1)
    uncalibrated: Literal["advisory", "binding"] = "advisory"
    thresholds: dict[str, Thresholds] = {}


class CacheSettings(Stored):
    """Whether answers are kept between runs and found again, and how large their folder may be."""

    use: bool = False
    most_mb: int = Field(default=512, ge=1, le=1024 * 1024)


def _proxy_address(value: str) -> str:
    if not re.fullmatch(r"http://([^/@:\s?#\[\]]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?/?", value):
        raise ValueError("is no address of a proxy such as http://proxy.example:3128, without a user and a path")
    return value


class Network(Stored):
    """How endpoints are reached.

    `proxy` is who passes calls on; hosts in `direct`, where `.example` means all below it, and this machine are
    reached without it. `ca` is a file of certificates of authorities that are trusted beside those of the system.
    """

    proxy: Annotated[str, AfterValidator(_proxy_address)] | None = None
    direct: tuple[str, ...] = ()
    ca: str | None = Field(default=None, min_length=1)


class Policy(Stored):
    """What `evalc.toml` says. `folder` is where it lies, which relative paths in it start from.

    `prices` has what models cost, by the name of the model, or by the name of a target or judge that has none.
    `lint` has the rules of the linter whose level is not their usual one.
    """

    folder: str
    path: str
    targets: tuple[Binding, ...] = ()
    judges: tuple[Binding, ...] = ()
    panels: dict[str, PanelSettings] = {}
    calibration: CalibrationSettings = CalibrationSettings()
    limits: Limits = Limits()
    prices: dict[str, Price] = {}
    lint: dict[str, LintLevel] = {}
    gate: GateSettings = GateSettings()
    cache: CacheSettings = CacheSettings()
    network: Network = Network()


LastOutcome = Outcome | Literal["never"]
"""How a case ended in the newest run that has it; `never` where none has."""


class Selection(Stored):
    """Which cases a run is about: those that fit in all respects, in each of them one of several. Nothing means all.

    `patterns` are ids or globs over ids. With a `seed` the order is drawn, and `limit` takes from it. `shard` is number
    and count of the parts that the rest is dealt out to.
    """

    patterns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    statuses: tuple[Status, ...] = ()
    last: tuple[LastOutcome, ...] = ()
    changed_since: str = ""
    seed: int | None = None
    limit: int | None = None
    shard: tuple[int, int] | None = None


class RunSettings(Stored):
    """What one call of `evalc run` asks for."""

    selection: Selection = Selection()
    targets: tuple[str, ...] = ()
    judge: str | None = None
    repeat: int | None = None
    caps: Caps = Caps()
