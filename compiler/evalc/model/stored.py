"""The base of every value that is stored or read, and the formats' versions."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, JsonValue
from pydantic_core.core_schema import CoreSchema, any_schema, dict_schema, json_or_python_schema, str_schema

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


class _AsMade:
    """Takes an object that our own code has made as it is, without a look at each value in it.

    pydantic would call a function for each, and copy the object: ten million calls for a large schema that some hundred
    checks share.
    """

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        made = dict_schema(str_schema(), any_schema())
        return json_or_python_schema(json_schema=handler(source), python_schema=made)


JsonObject = Annotated[dict[str, JsonValue], _AsMade()]
"""An object as JSON has it."""


class Kept(Stored):
    """A stored value of which there are many at once: it does not remember which of its members were given.

    Nobody asks for those, and their names in a set of its own take as much memory as the value does.
    """

    def model_post_init(self, context: object, /) -> None:
        """Forget which members were given."""
        _set_member(self, "__pydantic_fields_set__", _NOTHING)

    def model_copy(self, *, update: Mapping[str, object] | None = None, deep: bool = False) -> Self:
        """The same value, with what is updated."""
        copied = super().model_copy(update=update, deep=deep)
        _set_member(copied, "__pydantic_fields_set__", _NOTHING)
        return copied


_NOTHING: set[str] = set()
# What is frozen is set by the way round its own, and called once for each of a hundred thousand values.
_set_member = object.__setattr__


class Place(Kept):
    """Where something stands in the catalog: a file relative to its root, with `/`, and a line from 1."""

    path: str
    line: int
