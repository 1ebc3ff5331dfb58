"""Imports go down the floors, rooms of one floor do not know each other, and few rooms know a foreign package."""

import ast
import sys
from collections.abc import Iterator

from tests.house.modules import package_modules

FLOORS = {
    "__init__": 0, "base": 0,
    "model": 1, "syntax": 1,
    "forges": 2, "judge": 2, "targets": 2,
    "checks": 3,
    "analysis": 4,
    "history": 5, "lint": 5, "planning": 5, "run": 5, "store": 5,
    "report": 6, "diff": 6, "proving": 6,
    "emitters": 7, "exporters": 7, "importers": 7, "pages": 7,
    "api": 8, "reference": 8, "starter": 8,
    "lsp": 9, "mkdocs_plugin": 9, "pygments_lexer": 9,
    "cli": 10,
    "__main__": 11,
}  # fmt: skip

_MODELLED = FLOORS.keys() - {"__init__", "__main__", "base"}

# The rooms that may import a package from outside.
FOREIGN = {
    "PIL": {"pages"},
    "h11": {"targets"},
    "httpx": {"forges", "targets"},
    "jinja2": {"emitters", "judge", "mkdocs_plugin", "pages"},
    "jsonschema_rs": {"checks"},
    "lark": {"syntax"},
    "lsprotocol": {"lsp"},
    "markupsafe": {"pages"},
    "mkdocs": {"mkdocs_plugin"},
    "opentelemetry": {"run"},
    "pydantic": _MODELLED,
    "pydantic_core": _MODELLED,
    "pygls": {"lsp"},
    "pygments": {"pygments_lexer"},
    "re2": {"checks"},
    "rich": {"cli"},
    "ruamel": {"importers"},
}


def room_of(path: str) -> str:
    """The room of a module: the first folder below the package, or the module's own name."""
    return path.split("/")[0].removesuffix(".py")


def imported(module: ast.Module) -> Iterator[str]:
    """The dotted name of everything that a module imports, inside of functions too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_allowed(room: str, name: str) -> bool:
    """Whether a room may import what has this dotted name."""
    top, _, rest = name.partition(".")
    if top == "evalc":
        other = rest.split(".")[0]
        other = other if other in FLOORS else "__init__"
        return other == room or FLOORS[other] < FLOORS[room]
    return top in sys.stdlib_module_names or room in FOREIGN.get(top, ())


def test_every_room_has_a_floor() -> None:
    """A new room is a decision about what it may know, so it is entered in the map first."""
    strange = {room_of(path) for path in package_modules()} - FLOORS.keys()

    assert set() == strange


def test_imports_go_down_the_floors() -> None:
    """An import that goes up, or next door, lets a change spread to where nobody expects it."""
    found = [
        f"{path} imports {name}"
        for path, module in package_modules().items()
        for name in imported(module)
        if not is_allowed(room_of(path), name)
    ]

    assert [] == found


def test_nothing_untyped_passes_between_rooms() -> None:
    """A public signature with `Any` in it would let mypy agree to everything behind it."""
    found = [
        f"{path}:{node.lineno} {node.name}"
        for path, module in package_modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        if any(_names_any(part) for part in [node.args, node.returns])
    ]

    assert [] == found


def _names_any(part: ast.AST | None) -> bool:
    return part is not None and any(isinstance(name, ast.Name) and name.id == "Any" for name in ast.walk(part))
