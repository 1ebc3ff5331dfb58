"""JSON as this catalog takes it: one value, no key twice, no NaN, no depth without end."""

import json
import math
from collections.abc import Sequence
from typing import NoReturn

from pydantic import JsonValue

from evalc.base.record import record

MAX_DEPTH = 64

_TOO_DEEP = f"it is nested more than {MAX_DEPTH} levels deep"


class JsonMistake(ValueError):
    """A text is no strict JSON; `offset` is where in the text, `reason` completes "... is no JSON: "."""

    def __init__(self, reason: str, offset: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.offset = offset


@record
class Json:
    """A value that may be null, where None says that there is none."""

    value: JsonValue


def read_json(text: str, *, numbers_as_text: bool = False) -> JsonValue:
    """The value of a JSON text.

    Args:
        numbers_as_text: Give numbers as they are written, for texts whose values fill a template.

    Raises:
        JsonMistake: The text is not one strict JSON value.
    """
    try:
        value: JsonValue = (_AS_TEXT if numbers_as_text else _AS_NUMBERS).decode(text)
    except json.JSONDecodeError as error:
        raise JsonMistake(_plain(error.msg), error.pos) from None
    except RecursionError:
        raise JsonMistake(_TOO_DEEP) from None
    _walk(value)
    return value


def _plain(reason: str) -> str:
    return reason[0].lower() + reason[1:]


def _walk(value: JsonValue) -> None:
    """Refuse what the decoder lets through: depth, and halves of surrogate pairs, which no file can hold."""
    level: list[JsonValue] = [value]
    for _ in range(MAX_DEPTH + 1):
        below: list[JsonValue] = []
        for item in level:
            if isinstance(item, str):
                _refuse_half_characters(item)
            elif isinstance(item, dict):
                below.extend(item.values())
                for key in item:
                    _refuse_half_characters(key)
            elif isinstance(item, list):
                below.extend(item)
        if not below:
            return
        level = below
    raise JsonMistake(_TOO_DEEP)


def _refuse_half_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise JsonMistake("a text in it holds half of a surrogate pair") from None


def _object(pairs: Sequence[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise JsonMistake(f'the key "{_first_twice(pairs)}" stands twice in one object')
    return found


def _first_twice(pairs: Sequence[tuple[str, JsonValue]]) -> str:
    seen: set[str] = set()
    for name, _ in pairs:
        if name in seen:
            break
        seen.add(name)
    return name


def _constant(name: str) -> NoReturn:
    raise JsonMistake(f"{name} is no number of JSON")


def _int(digits: str) -> int:
    if len(digits) > 300:
        raise JsonMistake("a number in it has more than 300 digits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise JsonMistake(f"{digits[:20]} is beyond what a number can hold")
    return number


_AS_NUMBERS = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_int=_int, parse_float=_float)
_AS_TEXT = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_int=str, parse_float=str)
