"""The shapes of foreign formats, as far as exporters use them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_SUITE = {"name": str, "tests": int, "failures": int, "errors": int, "skipped": int, "time": float, "timestamp": str}
_TEST = {"name": str, "classname": str, "time": float, "file": str, "line": int}

# Element: its attributes with their types, those that it needs, and what may stand in it and how often.
# Source: xunit plug-in of Jenkins, junit-10.xsd; `file` and `line` as pytest writes them and GitLab reads them.
_JUNIT: dict[str, tuple[dict[str, type], set[str], dict[str, int | None]]] = {
    "testsuites": (
        {"name": str, "tests": int, "failures": int, "errors": int, "time": float},
        set(),
        {"testsuite": None},
    ),
    "testsuite": (_SUITE, {"name", "tests"}, {"testcase": None}),
    "testcase": (_TEST, {"name", "classname"}, {"properties": 1, "failure": 1, "error": 1, "skipped": 1}),
    "properties": ({}, set(), {"property": None}),
    "property": ({"name": str, "value": str}, {"name", "value"}, {}),
    "failure": ({"message": str, "type": str}, set(), {}),
    "error": ({"message": str, "type": str}, set(), {}),
    "skipped": ({"message": str}, set(), {}),
}


def junit_problems(element: Element) -> Iterator[str]:
    """What keeps an element and all in it from the shape."""
    attributes, needed, children = _JUNIT[element.tag]
    for name, value in element.attrib.items():
        if name not in attributes:
            yield f"{element.tag} has no {name}"
        else:
            attributes[name](value)
    yield from (f"{element.tag} lacks {name}" for name in needed - element.attrib.keys())
    tags = [child.tag for child in element]
    for tag in set(tags):
        most = children.get(tag, 0)
        if most is not None and tags.count(tag) > most:
            yield f"{element.tag} holds {tags.count(tag)} {tag}"
    if element.tag in ("testsuite", "testsuites"):
        yield from _wrong_counts(element)
    for child in element:
        yield from junit_problems(child)


def _wrong_counts(suite: Element) -> Iterator[str]:
    found = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name, tag in found.items():
        count = sum(1 for _ in suite.iter(tag))
        if name in suite.attrib and int(suite.attrib[name]) != count:
            yield f"{suite.tag} says {suite.attrib[name]} {name}, and there are {count}"


_TEXT = {
    "type": "object",
    "required": ["text"],
    "properties": {"text": {"type": "string"}},
    "additionalProperties": False,
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}


def _object(required: list[str], **properties: object) -> dict[str, object]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


_PLACE = _object(
    ["physicalLocation"],
    physicalLocation=_object(
        ["artifactLocation"],
        artifactLocation=_object(["uri"], uri={"type": "string", "format": "uri-reference"}),
        region=_object(["startLine"], startLine={"type": "integer", "minimum": 1}),
    ),
)
_RULE = _object(
    ["id"],
    id={"type": "string"},
    shortDescription=_TEXT,
    fullDescription=_TEXT,
    defaultConfiguration=_object([], level=_LEVEL),
)
_RESULT = _object(
    ["message"],
    ruleId={"type": "string"},
    level=_LEVEL,
    message=_TEXT,
    locations={"type": "array", "items": _PLACE},
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string"}},
    properties={"type": "object"},
)
_INVOCATION = _object(
    ["executionSuccessful"],
    executionSuccessful={"type": "boolean"},
    toolExecutionNotifications={"type": "array", "items": _object(["message"], level=_LEVEL, message=_TEXT)},
)
_RUN = _object(
    ["tool"],
    tool=_object(
        ["driver"], driver=_object(["name"], name={"type": "string"}, rules={"type": "array", "items": _RULE})
    ),
    invocations={"type": "array", "items": _INVOCATION},
    results={"type": "array", "items": _RESULT},
)

SARIF: dict[str, object] = _object(
    ["version", "runs"],
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={"type": "array", "items": _RUN},
)
"""Source: OASIS, "Static Analysis Results Interchange Format Version 2.1.0", sarif-schema-2.1.0.json."""
