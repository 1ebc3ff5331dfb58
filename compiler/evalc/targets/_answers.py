"""JSON from outside, read with care: nothing about it is known before it was looked at."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pydantic import JsonValue, ValidationError

from evalc.model.exchange import ToolCall
from evalc.targets._text import in_few_words, without_surrogates

Json: TypeAlias = dict[str, JsonValue]

_MOST_LEVELS = 64
_MOST_USD = 1e6


class Misread(ValueError):
    """What came is no answer of its protocol; the message says why."""


def parse_object(body: bytes | str) -> Json:
    """The JSON object that a body is.

    Raises:
        Misread: It is empty, no JSON or no object.
    """
    parsed = parse_json(body)
    if not isinstance(parsed, dict):
        raise Misread("it is no JSON object")
    return parsed


def parse_json(body: bytes | str) -> JsonValue:
    """The JSON that a body is.

    Raises:
        Misread: It is empty or no JSON.
    """
    try:
        parsed: JsonValue = json.loads(body)
    except (ValueError, RecursionError) as error:
        text = body if isinstance(body, str) else body.decode(errors="backslashreplace")
        begin = in_few_words(text, at_most=80)
        if not begin:
            raise Misread("it is empty") from None
        problem = "no UTF-8" if isinstance(error, UnicodeDecodeError) else "no JSON"
        raise Misread(f"it is {problem} and begins with {begin}") from None
    return parsed


def object_of(value: JsonValue, what: str) -> Json:
    """The value as an object; `what` is named where it is none.

    Raises:
        Misread: It is none.
    """
    if not isinstance(value, dict):
        raise Misread(f"{what} is no JSON object")
    return value


def members_of(value: JsonValue) -> Json:
    """The members of an object, none where it is no object."""
    return value if isinstance(value, dict) else {}


def objects_of(value: JsonValue) -> list[Json]:
    """The objects of a list, none where it is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def text_of(value: JsonValue) -> str:
    """The value as a text that can be stored, empty where it is none."""
    return without_surrogates(value) if isinstance(value, str) else ""


def count_of(value: JsonValue) -> int | None:
    """The value as a count, None where it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def price_of(value: JsonValue) -> float | None:
    """The value as a price in US dollars, None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value < _MOST_USD else None


def sum_of(counts: Mapping[str, JsonValue], *names: str) -> int | None:
    """The sum of those counts that are given, None where the first is not."""
    found = [count_of(counts.get(name)) for name in names]
    return None if found[0] is None else sum(count or 0 for count in found)


def call_of(id: JsonValue, *, name: JsonValue, arguments: JsonValue) -> ToolCall:
    """A call of a tool; arguments are an object or its JSON text, and stay as they came where they are neither."""
    try:
        # A call without arguments comes as an empty text from some servers.
        given = json.loads(arguments or "{}") if isinstance(arguments, str) else {} if arguments is None else arguments
        if _is_deeper(given, _MOST_LEVELS):
            raise ValueError("too deep to be written and read again")
        # A half of a surrogate pair fits into no file, and nobody else looks at the names of arguments.
        json.dumps(given, ensure_ascii=False).encode()
        return ToolCall.model_validate({"id": text_of(id), "name": text_of(name), "arguments": given})
    except (ValueError, RecursionError, ValidationError):
        return ToolCall(id=text_of(id), name=text_of(name), raw=text_of(arguments) or json.dumps(arguments))


def keep(value: JsonValue | Sequence[JsonValue]) -> str:
    """The JSON of what a provider wants to have back as it came, empty where that is nothing."""
    try:
        return json.dumps(value) if value else ""
    except RecursionError:
        return ""


def merged(extra: Mapping[str, JsonValue], own: Mapping[str, JsonValue]) -> Json:
    """Both objects as one, tables in them too; where they differ the second counts."""
    result = dict(extra)
    for name, value in own.items():
        other = result.get(name)
        result[name] = merged(other, value) if isinstance(other, dict) and isinstance(value, dict) else value
    return result


def _is_deeper(value: JsonValue, levels: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return levels < 0 or any(_is_deeper(item, levels - 1) for item in inner)
