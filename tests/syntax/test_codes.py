"""The page of each mistake shows it and its cure."""

import importlib
import pkgutil

import pytest

from evalc.base.diagnostic import Code
from evalc.base.source import Source
from evalc.syntax import codes
from evalc.syntax.parser import parse

CODES = [
    value
    for module in pkgutil.iter_modules(codes.__path__)
    for value in vars(importlib.import_module(f"{codes.__name__}.{module.name}")).values()
    if isinstance(value, Code)
]


def _found(text: str) -> set[str]:
    return {item.code.name for item in parse(Source("page.evalc", text))[1]}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_the_wrong_part_shows_the_mistake(code: Code) -> None:
    """A page whose example is read without a word of complaint teaches nothing."""
    assert code.name in _found(code.wrong)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_the_right_part_is_right(code: Code) -> None:
    """What a page tells to write must pass."""
    assert set() == _found(code.right)


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.name)
def test_one_mistake_is_one_message(code: Code) -> None:
    """The example of a page has one mistake. Too many mistakes are the exception."""
    found = parse(Source("page.evalc", code.wrong))[1]

    assert 1 == len([item for item in found if code.name != "too-many-mistakes" or item.code is code])
