"""The promises of the run log, each with tests that a stranger finds."""

import ast
import re

from tests.house.modules import ROOT

GUIDE = ROOT / "site/docs/run-log.md"
_ROW = re.compile(r"^\| (P\d+) \| (?P<promise>[^|]+) \| (?P<tests>[^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_each_promise_names_tests_that_there_are() -> None:
    """A renamed test would leave a claim that nobody can look up."""
    rows = list(_ROW.finditer(GUIDE.read_text("utf-8")))
    named = {row[1]: _TEST.findall(row["tests"]) for row in rows}

    assert [f"P{number}" for number in range(1, 11)] == list(named)
    assert [] == [promise for promise, tests in named.items() if not tests]
    assert [] == [
        f"{path}::{name}" for tests in named.values() for path, name in tests if name not in _functions_in(path)
    ]


def _functions_in(path: str) -> set[str]:
    file = ROOT / path
    tree = ast.parse(file.read_text("utf-8")) if file.is_file() else ast.Module([], [])
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
