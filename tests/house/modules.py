"""The package's modules as the house tests read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "compiler" / "evalc"

FAMILIES = frozenset(
    {"checks", "cli/commands", "emitters", "exporters", "forges", "importers", "lint", "pages", "targets"}
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def package_modules() -> dict[str, ast.Module]:
    """Each module of the package, parsed, by its path below `compiler/evalc`."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes()) for path in paths}


def functions_of(module: ast.Module) -> Iterator[tuple[str, Function]]:
    """Each function and method of a module with its dotted name; those inside of functions too."""

    def below(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield prefix + child.name, child
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                yield from below(child, f"{prefix}{child.name}.")
            else:
                yield from below(child, prefix)

    yield from below(module, "")


@cache
def kept_files() -> tuple[str, ...]:
    """What git keeps or would keep, as paths from the top: no build output, nothing ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode().split("\0")
    return tuple(sorted(name for name in set(names) if name and (ROOT / name).is_file()))
