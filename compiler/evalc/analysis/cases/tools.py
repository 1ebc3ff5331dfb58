"""Tools: what a target may call, and what each call gives it, from JSON."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from evalc.analysis.codes.cases import WRONG_TOOLS
from evalc.analysis.codes.files import WRONG_JSON
from evalc.analysis.lower.context import Context
from evalc.analysis.reporting import span_in
from evalc.analysis.values.strict_json import Json, JsonMistake, read_json
from evalc.analysis.values.wording import Wording
from evalc.base.digest import canonical_json
from evalc.base.record import record
from evalc.base.suggest import closest
from evalc.model.catalog import Tool, ToolReply
from evalc.syntax.tree import FieldDecl

_TOOL_KEYS = ("name", "description", "parameters", "replies")
_REPLY_KEYS = ("arguments", "content", "is_error")
_NO_PARAMETERS: dict[str, JsonValue] = {"type": "object", "properties": {}}
_TOOLS_AT_MOST = 128


class _ToolsMistake(ValueError):
    """What is wrong with a list of tools: completes a sentence about the file."""


@record
class ToolBox:
    """The tools of a case, and how many characters they have together."""

    tools: tuple[Tool, ...] = ()
    length: int = 0


NO_TOOLS = ToolBox()


def read_tools(field: FieldDecl, context: Context, *, wording: Wording) -> ToolBox:
    """The tools that a field gives, none where they are not sound; what is wrong is reported."""
    found = context.files.json(field.file) if field.file else _inline(field, context, wording)
    if found is None:
        return NO_TOOLS
    span = field.file.span if field.file else field.name.span
    try:
        return ToolBox(tuple(_tools(found.value)), len(canonical_json(found.value)))
    except _ToolsMistake as mistake:
        context.reporter.add(WRONG_TOOLS, span, reason=str(mistake))
        return NO_TOOLS


def _inline(field: FieldDecl, context: Context, wording: Wording) -> Json | None:
    text = wording.leave(field.value.text, field.value, where="`tools:`")
    try:
        return Json(read_json(text))
    except JsonMistake as mistake:
        place = span_in(field.value, start=mistake.offset, end=min(mistake.offset + 1, len(text)))
        context.reporter.add(WRONG_JSON, place, path="this text", reason=mistake.reason)
        return None


def _tools(value: JsonValue) -> Iterator[Tool]:
    if not isinstance(value, list) or not value:
        raise _ToolsMistake("the tools are a list of objects, each with a name")
    if len(value) > _TOOLS_AT_MOST:
        raise _ToolsMistake(f"there are {len(value)} tools, at most {_TOOLS_AT_MOST} fit")
    seen: set[str] = set()
    for number, item in enumerate(value, start=1):
        tool = _tool(item, f"tool {number}")
        if tool.name in seen:
            raise _ToolsMistake(f"the tool `{tool.name}` is there twice")
        seen.add(tool.name)
        yield tool


def _tool(item: JsonValue, where: str) -> Tool:
    tool = _object(item, _TOOL_KEYS, where)
    name = _text(tool, "name", where)
    if not name or len(name) > 64 or not name.replace("-", "_").isidentifier() or not name.isascii():
        raise _ToolsMistake(f"{where} needs a `name` of at most 64 letters, digits, `_` and `-`")
    where = f"the tool `{name}`"
    parameters = tool.get("parameters", _NO_PARAMETERS)
    if not isinstance(parameters, dict) or parameters.get("type") != "object":
        raise _ToolsMistake(f'the `parameters` of {where} are a JSON Schema with `"type": "object"`')
    replies = tool.get("replies", [])
    if not isinstance(replies, list):
        raise _ToolsMistake(f"the `replies` of {where} are a list")
    return Tool(
        name=name,
        description=_text(tool, "description", where),
        parameters=parameters,
        replies=tuple(_reply(reply, f"reply {number} of {where}") for number, reply in enumerate(replies, start=1)),
    )


def _reply(item: JsonValue, where: str) -> ToolReply:
    reply = _object(item, _REPLY_KEYS, where)
    if "content" not in reply:
        raise _ToolsMistake(f"{where} needs a `content`")
    content = reply["content"]
    arguments = reply.get("arguments")
    is_error = reply.get("is_error", False)
    if arguments is not None and not isinstance(arguments, dict):
        raise _ToolsMistake(f"the `arguments` of {where} are an object")
    if not isinstance(is_error, bool):
        raise _ToolsMistake(f"`is_error` of {where} is true or false")
    text = content if isinstance(content, str) else canonical_json(content)
    return ToolReply(arguments=arguments, content=text, is_error=is_error)


def _object(item: JsonValue, keys: tuple[str, ...], where: str) -> Mapping[str, JsonValue]:
    if not isinstance(item, dict):
        raise _ToolsMistake(f"{where} is no object")
    for key in item:
        if key not in keys:
            near = closest(key, keys)
            meant = f"did you mean `{near}`?" if near else f"it takes {', '.join(f'`{known}`' for known in keys)}"
            raise _ToolsMistake(f"{where} has a key `{key[:60]}`; {meant}")
    return item


def _text(item: Mapping[str, JsonValue], key: str, where: str) -> str:
    text = item.get(key, "")
    if not isinstance(text, str):
        raise _ToolsMistake(f"the `{key}` of {where} is no text")
    return text
