"""What the package never does, as its own text shows."""

import ast

from tests.house.modules import package_modules

_CALLS = frozenset({"eval", "exec", "compile", "__import__", "breakpoint"})
_MODULES = frozenset({"pickle", "shelve", "marshal", "dill", "joblib", "code", "codeop", "yaml"})


def test_nothing_is_made_code() -> None:
    """Text of others is data, on every way through the package: neither evaluated nor unpickled nor read as YAML."""
    found = []
    for path, module in package_modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
                found.append(f"{path}: {node.func.id}()")
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
                found += [f"{path}: import {name}" for name in names if name.partition(".")[0] in _MODULES]

    assert [] == found
