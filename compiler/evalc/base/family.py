"""Families: folders in which each module holds one member, found by its name."""

import os
from collections.abc import Hashable, Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import TypeVar

Member = TypeVar("Member")

_NOT_MEMBERS = frozenset({"contract", "codes"})


@cache
def member_names(package: str) -> tuple[str, ...]:
    """The words of a family in alphabetical order, read from its folder without importing a member.

    A word is the module's name with `-` for `_`. Modules whose names begin with `_` are the family's own parts.
    """
    # `pkgutil.iter_modules` imports `inspect`, which takes longer than all else here.
    files = [name for folder in import_module(package).__path__ for name in os.listdir(folder)]
    modules = {name.removesuffix(".py") for name in files if name.endswith(".py")} - _NOT_MEMBERS
    return tuple(sorted(name.replace("_", "-") for name in modules if not name.startswith("_")))


def find_member(package: str, word: str, kind: type[Member]) -> type[Member] | None:
    """The member of a family that a word names, or None: first the family's own, then an installed package's.

    Raises:
        TypeError: the module holds no member of this kind, or more than one.
    """
    found: type | None = _find(package, word, kind)  # type: ignore[arg-type]  # A class is hashable; mypy asks its own.
    assert found is None or issubclass(found, kind)
    return found


@cache
def _find(package: str, word: str, kind: Hashable) -> type | None:
    assert isinstance(kind, type)
    if word in member_names(package):
        module = import_module(f"{package}.{word.replace('-', '_')}")
        return _only_member(module.__name__, vars(module).values(), kind)
    # Reading the installed packages' metadata costs more than a warm check, so only an unknown word pays for it.
    from importlib.metadata import entry_points

    for entry in entry_points(group=package):
        if entry.name == word:
            return _only_member(entry.value, [entry.load()], kind)
    return None


def members(package: str, kind: type[Member]) -> Iterator[tuple[str, type[Member]]]:
    """Each word of a family with its member, in alphabetical order; installed packages' members last."""
    from importlib.metadata import entry_points

    names = dict.fromkeys(member_names(package))
    names.update(dict.fromkeys(entry.name for entry in entry_points(group=package)))
    for name in names:
        member = find_member(package, name, kind)
        assert member is not None, name
        yield name, member


def _only_member(module: str, values: Iterable[object], kind: type) -> type:
    found = [
        value
        for value in values
        if isinstance(value, type) and issubclass(value, kind) and not _is_abstract(value, module)
    ]
    if len(found) != 1:
        raise TypeError(f"{module} holds {len(found)} members of {kind.__name__}; a member's module holds one")
    return found[0]


def _is_abstract(value: type, module: str) -> bool:
    # A member's module also sees the classes that it imports; only what it defines itself is its member.
    return value.__module__ != module and not module.count(":")
