"""The tools that a case may call, as far as they can be read while the case is written."""

from evalc.analysis.values.strict_json import JsonMistake, read_json
from evalc.base.reading import SPEC_LIMIT, ReadProblem
from evalc.lsp.view import View
from evalc.syntax.tree import BlockDecl, FieldDecl


def tool_names(view: View, case: BlockDecl) -> list[str]:
    """The names of a case's tools."""
    field = next((item for item in case.body if isinstance(item, FieldDecl) and item.name.text == "tools"), None)
    if field is None:
        return []
    text = field.value.text
    if field.file:
        path = view.target(view.path, field.file.text)
        try:
            text = view.loader.read_text(path, limit=SPEC_LIMIT) if path else ""
        except ReadProblem:
            return []
    try:
        tools = read_json(text)
    except JsonMistake:
        return []
    named = [tool.get("name") for tool in tools if isinstance(tool, dict)] if isinstance(tools, list) else []
    return [name for name in named if isinstance(name, str)]
