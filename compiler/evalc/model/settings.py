"""What a workspace and a command decide: the policy and the settings of a run."""

from typing import Literal

from pydantic import JsonValue

from evalc.model.stored import Stored


class Binding(Stored):
    """A target or judge as the policy binds it: a member of the family `targets` and its options."""

    name: str
    type: str
    options: dict[str, JsonValue] = {}


class Limits(Stored):
    """Limits of asking; durations in seconds."""

    concurrency: int = 20
    attempt_timeout_s: float = 120.0
    max_attempts: int = 5
    max_answer_bytes: int = 4 * 1024 * 1024


class Policy(Stored):
    """What `evalc.toml` says. `folder` is where it lies, which relative paths in it start from."""

    folder: str
    path: str
    targets: tuple[Binding, ...] = ()
    judges: tuple[Binding, ...] = ()
    limits: Limits = Limits()


class RunSettings(Stored):
    """What one call of `evalc run` asks for. No selection means all cases; patterns are ids or globs over ids."""

    select: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    judge: str | None = None
    concurrency: int | None = None
    repeat: int | None = None
    record: bool = False
    progress: Literal["auto", "bar", "lines", "none"] = "auto"
