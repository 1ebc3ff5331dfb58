"""Types of targets and their options, from their members."""

import json
from collections.abc import Iterator
from inspect import cleandoc

from pydantic import JsonValue
from pydantic.fields import FieldInfo

from evalc.base.family import members
from evalc.reference.docstrings import read_docstring
from evalc.reference.entry import Entry, Fact, Sample
from evalc.targets.contract import TargetType

FAMILY = "evalc.targets"

_TYPES = {
    "array": "a list of texts",
    "boolean": "`true` or `false`",
    "integer": "a whole number",
    "null": "",
    "number": "a number",
    "object": "a table",
    "string": "a text",
}
_BOUNDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
}


def target_entries() -> Iterator[Entry]:
    """Each type of target."""
    for name, member in members(FAMILY, TargetType):
        page = read_docstring(cleandoc(member.__doc__ or ""))
        schema = member.model_json_schema()["properties"]
        options = tuple(
            Fact(f"`{option}`", _option(schema[option], field)) for option, field in member.model_fields.items()
        )
        samples = (Sample("", f"{page.example}\n", "toml"),) if page.example else ()
        yield Entry("target", name, name, page.paragraphs, options, samples)


def _option(schema: dict[str, JsonValue], field: FieldInfo) -> str:
    default = field.get_default()
    if field.is_required():
        return f"{_kind(schema)}; needed"
    if default in (None, (), {}):
        return _kind(schema)
    shown = "true" if default is True else "false" if default is False else json.dumps(default)
    return f"{_kind(schema)}; `{shown}` when not given"


def _kind(schema: dict[str, JsonValue]) -> str:
    """What an option takes, in words."""
    options = schema.get("anyOf")
    if isinstance(options, list):
        return " or ".join(filter(None, (_kind(option) for option in options if isinstance(option, dict))))
    choices = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(choices, list):
        return " or ".join(f'`"{choice}"`' for choice in choices)
    words = _TYPES[str(schema.get("type", "object"))]
    bounds = [text.format(schema[name]) for name, text in _BOUNDS.items() if name in schema]
    return f"{words}, {' and '.join(bounds)}" if bounds else words
