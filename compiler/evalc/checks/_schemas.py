"""JSON Schemas: without references to other places, and without patterns that take long."""

from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import JsonValue

from evalc.base.digest import canonical_json

if TYPE_CHECKING:
    from jsonschema_rs import Validator

_DEEPEST = 64
"""Levels of a schema or an answer; the package's own limit is not much higher."""

_LONGEST_MESSAGE = 120


class SchemaProblem(Exception):
    """A schema cannot be used; the message says why."""


def schema_problem(schema: JsonValue) -> str:
    """Why a value is no schema that can be used, empty if it is one."""
    try:
        _compile(canonical_json(schema))
    except SchemaProblem as problem:
        return str(problem)
    return ""


def misfit(value: JsonValue, schema: JsonValue) -> str:
    """Where a value does not fit a schema, and why; empty if it fits.

    Raises:
        SchemaProblem: the schema cannot be used.
    """
    validator = _compile(canonical_json(schema))
    if _depth(value) > _DEEPEST:
        return f"it is nested deeper than {_DEEPEST} levels"
    for error in validator.iter_errors(value):
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.instance_path)
        # The message quotes the answer, whatever that holds.
        message = " ".join(error.message.split())
        return f"{_cut(message)} at ${_cut(path)}"
    return ""


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]} …"


@lru_cache(maxsize=256)
def _compile(schema: str) -> "Validator":
    import json

    try:
        import jsonschema_rs
    except ImportError:
        raise SchemaProblem("schemas need a package more: pip install 'evalc[schema]'") from None
    value = json.loads(schema)
    if _depth(value) > _DEEPEST:
        raise SchemaProblem(f"it is nested deeper than {_DEEPEST} levels")
    try:
        # The engine of `RegexOptions` takes linear time; the usual one of the package goes back.
        return jsonschema_rs.validator_for(value, retriever=_refuse, pattern_options=jsonschema_rs.RegexOptions())
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        # What the retriever raises comes back inside of a longer message.
        raise SchemaProblem(str(error).partition("\n")[0].rpartition("ValueError: ")[2]) from None


def _refuse(address: str) -> JsonValue:
    raise ValueError(f"a schema refers to nothing outside of itself, and this one to {address}")


def _depth(value: JsonValue) -> int:
    deepest, level = 0, [value]
    while level and deepest <= _DEEPEST:
        deepest += 1
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer if isinstance(outer, list) else ())
        ]
    return deepest
