"""The base of every value that is stored or read, and the formats' versions."""

from pydantic import BaseModel, ConfigDict

SPEC_FORMAT_VERSION = 1
"""Version of `spec.json`. 1: first."""

PLAN_FORMAT_VERSION = 1
"""Version of a plan that `evalc plan` writes. 1: first."""

LOG_FORMAT_VERSION = 2
"""Version of the records in `events.jsonl`.

1: the first record holds the whole plan. 2: cases and trials have records of their own, `planned` ends them, and
`resumed` says what is asked again.
"""


class Stored(BaseModel):
    """A frozen value with a stable JSON form: unknown members, other types, NaN and infinity are refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True, hide_input_in_errors=True
    )


class Place(Stored):
    """Where something stands in the catalog: a file relative to its root, with `/`, and a line from 1."""

    path: str
    line: int
