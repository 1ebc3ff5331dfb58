"""Names say what a thing is, and nothing is left for later or silenced without a reason."""

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.house.modules import ROOT, functions_of, kept_files, package_modules

EMPTY_WORDS = frozenset(
    {"util", "utils", "helper", "helpers", "common", "misc", "manager", "data", "info", "process", "handle"}
)

# Names with an empty word that something outside of this house prescribes.
GIVEN_NAMES: dict[str, str] = {
    "targets/_transport.py Transport.handle_async_request": "httpx calls its transports so",
    "targets/_transport.py _Connection.data_received": "asyncio calls its protocols so",
}

_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_LATER = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
_SILENCED = re.compile(r"#\s*(?:type:\s*ignore|noqa)")
_REASONED = re.compile(r"#\s*(?:type:\s*ignore\[[\w, -]+\]|noqa:\s*[A-Z0-9]+(?:,\s*[A-Z0-9]+)*)\s+#\s*\w.+")


def test_names_are_not_empty_words() -> None:
    """A thing called `manager` or `data` has no name yet, and everything drifts into it."""
    found = {place for place, word in _telling_words() if word in EMPTY_WORDS}

    assert GIVEN_NAMES.keys() == found


def test_folders_are_not_empty_words() -> None:
    """A folder called `common` is where floors end."""
    folders = {part for path in package_modules() for part in PurePosixPath(path).parts[:-1]}

    assert set() == folders & EMPTY_WORDS


def test_nothing_is_left_for_later() -> None:
    """What is noted in a comment is done by nobody."""
    assert [] == [place for place, comment in _comments() if _LATER.search(comment)]


def test_whatever_is_silenced_has_a_reason() -> None:
    """`# type: ignore[code]  # why` tells the next reader whether it is still needed."""
    found = [place for place, comment in _comments() if _SILENCED.search(comment) and not _REASONED.search(comment)]

    assert [] == found


def test_no_test_is_skipped_and_nothing_is_unfinished() -> None:
    """A skipped test guards nothing and looks green."""
    words = {"NotImplementedError", "importorskip", "skip", "skipif", "xfail"}
    found = [
        f"{path}:{node.lineno} {name}"
        for path in _python_files()
        for node in ast.walk(ast.parse((ROOT / path).read_bytes()))
        if isinstance(node, ast.Name | ast.Attribute)
        if (name := node.id if isinstance(node, ast.Name) else node.attr) in words
    ]

    assert [] == found


def _telling_words() -> Iterator[tuple[str, str]]:
    """Where a module, class or function is, with the word of its name that tells what it is.

    That is the last word of a noun (`RunData`); of a function the first as well (`process_row`).
    """
    for path, module in package_modules().items():
        yield path, _words(PurePosixPath(path).stem)[-1]
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                yield f"{path} {node.name}", _words(node.name)[-1]
        for name, function in functions_of(module):
            words = _words(function.name)
            yield from ((f"{path} {name}", word) for word in {words[0], words[-1]})


def _words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name)]


def _python_files() -> Iterator[str]:
    return (path for path in kept_files() if path.endswith(".py"))


def _comments() -> Iterator[tuple[str, str]]:
    for path in _python_files():
        with (ROOT / path).open("rb") as lines:
            for token in tokenize.tokenize(lines.readline):
                if token.type == tokenize.COMMENT:
                    yield f"{path}:{token.start[0]}", token.string
