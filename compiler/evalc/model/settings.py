"""What a workspace and a command decide: the policy and the settings of a run."""

from typing import Literal

from pydantic import Field, JsonValue

from evalc.model.stored import Stored


class Binding(Stored):
    """A target or judge as the policy binds it: a member of the family `targets` and its options."""

    name: str
    type: str
    options: dict[str, JsonValue] = {}


class Limits(Stored):
    """Limits of asking; durations in seconds.

    `concurrency` is how many trials of one target go on at a time. A server that asks for a pause above
    `longest_wait_s` is given up.
    """

    concurrency: int = Field(default=20, ge=1, le=1000)
    attempt_timeout_s: float = Field(default=120.0, gt=0, le=3600)
    max_attempts: int = Field(default=5, ge=1, le=20)
    max_answer_bytes: int = Field(default=4 * 1024 * 1024, ge=1, le=256 * 1024 * 1024)
    longest_wait_s: float = Field(default=120.0, gt=0, le=3600)


LintLevel = Literal["error", "warning", "advice", "off"]
"""How severe the findings of a rule are, or that the rule is not asked."""


class Policy(Stored):
    """What `evalc.toml` says. `folder` is where it lies, which relative paths in it start from.

    `lint` has the rules of the linter whose level is not their usual one.
    """

    folder: str
    path: str
    targets: tuple[Binding, ...] = ()
    judges: tuple[Binding, ...] = ()
    limits: Limits = Limits()
    lint: dict[str, LintLevel] = {}


class RunSettings(Stored):
    """What one call of `evalc run` asks for. No selection means all cases; patterns are ids or globs over ids."""

    select: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    judge: str | None = None
    concurrency: int | None = None
    repeat: int | None = None
    record: bool = False
    progress: Literal["auto", "bar", "lines", "none"] = "auto"
