"""How values fit what a setting takes, said in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, JsonValue, ValidationError

from evalc.targets._options import InlineSecret

Misfit = Literal["unknown", "missing", "secret", "unfit"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one setting: `path` leads to it from the table that was looked at."""

    kind: Misfit
    path: tuple[str, ...]
    words: str


_EXPECTED = {
    "string_type": "a text in quotes fits",
    "int_type": "a whole number fits",
    "int_from_float": "a whole number fits",
    "float_type": "a number fits",
    "finite_number": "a finite number fits",
    "bool_type": "true or false fits",
    "list_type": "a list in [ ] fits",
    "tuple_type": "a list in [ ] fits",
    "dict_type": "a table fits",
    "model_type": "a table fits",
    "literal_error": "{expected} fits",
    "greater_than_equal": "{ge:g} or more fits",
    "greater_than": "more than {gt:g} fits",
    "less_than_equal": "{le:.10g} or less fits",
    "less_than": "less than {lt:.10g} fits",
    "string_too_short": "a longer text fits",
    "too_short": "a longer list fits",
}


def problems_of(kind: type[BaseModel], json: str) -> Iterator[Problem]:
    """What keeps a JSON object from being a value of this kind, in the order of its members."""
    try:
        kind.model_validate_json(json)
    except ValidationError as error:
        for found in error.errors(include_url=False):
            path = tuple(str(part) for part in found["loc"])
            yield _problem(found["type"], path, given=found["input"], context=found.get("ctx", {}))


def _problem(type_: str, path: tuple[str, ...], *, given: JsonValue, context: dict[str, object]) -> Problem:
    match type_:
        case "extra_forbidden":
            return Problem("unknown", path, "")
        case "missing":
            return Problem("missing", path, "")
        case "value_error":
            error = context["error"]
            return Problem("secret" if isinstance(error, InlineSecret) else "unfit", path, str(error))
        case _:
            expected = _EXPECTED.get(type_, "another value fits").format(**context).replace("'", '"')
            return Problem("unfit", path, f"is {shown(given)}; {expected}")


def shown(value: JsonValue) -> str:
    """A value of a policy in a few words."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return f"{value}"
        case str():
            return f'"{value[:40]}…"' if len(value) > 40 else f'"{value}"'
        case list():
            return "a list"
        case _:
            return "a table"
