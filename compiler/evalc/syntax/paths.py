"""Paths to places in JSON, as specs and policies write them."""

import json
import re
from collections.abc import Sequence

from pydantic import JsonValue

_STEP = re.compile(
    r'\.(?P<name>[A-Za-z_][\w-]*)|\[(?P<index>[0-9]+)\]|(?P<each>\[\*\])|\[(?P<key>"(?:[^"\\\n]|\\.)*")\]'
)


def values_at(value: JsonValue, path: str) -> list[JsonValue]:
    """The values at a path such as `$.items[0]["unit price"]`; with `[*]` those of each item, maybe none."""
    found = [value]
    for step in parse_path(path):
        found = [inner for outer in found for inner in _inside(outer, step)]
    return found


def parse_path(path: str) -> tuple[str | int | None, ...]:
    """The steps of a path: names, indexes, and None for `[*]`.

    Raises:
        ValueError: a step is none of these.
    """
    steps: list[str | int | None] = []
    at = 1
    while at < len(path):
        step = _STEP.match(path, at)
        if not step:
            raise ValueError(f"{path[at:]} is no step of a path")
        at = step.end()
        if step["each"]:
            steps.append(None)
        elif step["index"]:
            steps.append(int(step["index"]))
        else:
            steps.append(step["name"] or _key(step["key"]))
    return tuple(steps)


def _key(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        raise ValueError(f"{text} is no text of JSON") from None


def _inside(value: JsonValue, step: str | int | None) -> Sequence[JsonValue]:
    if isinstance(value, dict) and isinstance(step, str) and step in value:
        return [value[step]]
    if isinstance(value, list) and step is None:
        return value
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return [value[step]]
    return ()
