"""JSON in answers."""

import json
import math
import re
from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from evalc.base.folding import fold

_BLOCK = re.compile(r"[ \t]*```[ \t]*(?P<language>\w*)")


class NotJson(Exception):
    """An answer holds no JSON; the message says why, as the end of `is not JSON: ...`."""


def read_answer(text: str) -> JsonValue:
    """The JSON of an answer: all of it, or else its only fenced block (its only one marked `json` if several are).

    Raises:
        NotJson: there is none, or more than one, or it is damaged.
    """
    try:
        return read_json(text)
    except NotJson as problem:
        blocks = list(_blocks(text))
        marked = [content for language, content in blocks if language.lower() == "json"]
        candidates = marked or [content for _, content in blocks]
        if len(candidates) > 1:
            raise NotJson(f"it holds {len(candidates)} fenced blocks") from None
        if not candidates:
            raise problem from None
        return read_json(candidates[0])


def read_json(text: str) -> JsonValue:
    """The JSON value that a text is, and nothing else.

    Raises:
        NotJson: it is not, names a member twice, or holds NaN or a number that is too large.
    """
    if not text.strip():
        raise NotJson("it is empty")
    try:
        value: JsonValue = json.loads(
            text.strip(), object_pairs_hook=_unique, parse_constant=_refuse, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise NotJson(f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1}") from None
    except RecursionError:
        raise NotJson("it is nested too deep") from None
    except ValueError:
        raise NotJson("it holds a number that is too long") from None
    return value


def is_equal(left: JsonValue, right: JsonValue, *, exactly: bool) -> bool:
    """Whether two values are equal: 1 is 1.0, true is not 1, texts are compared as the check says."""
    if isinstance(left, str) and isinstance(right, str):
        return left == right if exactly else fold(left) == fold(right)
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def shown(value: JsonValue) -> str:
    """A value as JSON for a reason, cut if it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]} …"


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each fenced block of a text: its language and its content."""
    language, lines = None, []
    for line in text.splitlines():
        fence = _BLOCK.match(line)
        if not fence:
            lines.append(line)
        elif language is None:
            language, lines = fence["language"], []
        else:
            yield language, "\n".join(lines)
            language = None


def _unique(pairs: Sequence[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise NotJson("it names a member twice")
    return members


def _refuse(name: str) -> JsonValue:
    raise NotJson(f"{name} is no number of JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise NotJson(f"{text} is too large for a number")
    return number
