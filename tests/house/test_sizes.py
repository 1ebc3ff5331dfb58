"""Modules, functions, folders and rows of parameters stay small enough to be read in one go."""

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import PurePosixPath

from tests.house.modules import FAMILIES, PACKAGE, Function, functions_of, package_modules

MODULE, MODULE_AT_MOST, FUNCTION, PARAMETERS, POSITIONAL, MODULES, LEVELS = 250, 400, 40, 5, 2, 12, 2

# What is larger than it should be, and why splitting it would make it worse.
LONG_MODULES: dict[str, str] = {
    "syntax/vocabulary.py": "one table, looked up and never read through",
}
LONG_FUNCTIONS: dict[str, str] = {}
MANY_PARAMETERS: dict[str, str] = {
    "base/diagnostic.py Findings.add": "the one way to make a finding: kind and place, then words that may lack",
}
MANY_POSITIONAL: dict[str, str] = {
    "base/diagnostic.py Findings.add": "a place is always a source and a span",
    "base/family.py find_member": "package and word name the member; the third only types the answer",
    "model/rule.py holds": "reads as the condition does: left, operator, right",
}


def test_modules_are_short() -> None:
    """A module that does not fit into a head is two modules."""
    lengths = {path: len((PACKAGE / path).read_bytes().splitlines()) for path in package_modules()}

    assert LONG_MODULES.keys() == {path for path, length in lengths.items() if length > MODULE}
    assert [] == [path for path, length in lengths.items() if length > MODULE_AT_MOST]


def test_functions_are_short() -> None:
    """A function does one step. Its docstring is not counted, so nobody saves on words."""
    assert LONG_FUNCTIONS.keys() == _functions_where(lambda function: _lines(function) > FUNCTION)


def test_functions_take_few_parameters() -> None:
    """More than five parameters are a type that nobody has named yet."""
    assert MANY_PARAMETERS.keys() == _functions_where(
        lambda function: len([*chain(*_parameters(function))]) > PARAMETERS
    )


def test_parameters_are_keywords_from_the_third_on() -> None:
    """Nobody knows at the call what a third bare value means. Private functions have their caller in sight."""
    found = _functions_where(lambda function: len(_parameters(function)[0]) > POSITIONAL)

    assert MANY_POSITIONAL.keys() == {place for place in found if not re.search(r"[ .]_\w*$", place)}


def test_folders_are_small_and_flat() -> None:
    """A folder is read as a list of contents; only a family may be long, for its members are alike."""
    folders = Counter(str(PurePosixPath(path).parent) for path in package_modules() if not path.endswith("__init__.py"))
    depths = {path: len(PurePosixPath(path).parts) - 1 for path in package_modules()}

    assert [] == [folder for folder, count in folders.items() if count > MODULES and folder not in FAMILIES]
    assert [] == [path for path, depth in depths.items() if depth > LEVELS]


def _functions_where(is_wanted: Callable[[Function], bool]) -> set[str]:
    return {f"{path} {name}" for path, name, function in _functions() if is_wanted(function)}


def _functions() -> Iterator[tuple[str, str, Function]]:
    for path, module in package_modules().items():
        for name, function in functions_of(module):
            yield path, name, function


def _lines(function: Function) -> int:
    """The lines from `def` to the end, without the docstring's."""
    first = function.body[0]
    has_words = ast.get_docstring(function, clean=False) is not None
    words = first.end_lineno - first.lineno + 1 if has_words and first.end_lineno else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - words


def _parameters(function: Function) -> tuple[list[ast.arg], list[ast.arg]]:
    """The parameters that may be given by position and those by name alone, without the instance or class."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if positional and positional[0].arg in {"self", "cls"}:
        positional = positional[1:]
    return positional, arguments.kwonlyargs
