"""Each kind of finding is shown by a text case, and its message keeps to the style of the house."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

from evalc.lint._linting import lint_rules
from tests.house.modules import ROOT, package_modules


def test_each_code_is_seen_in_a_text_case() -> None:
    """A finding that no case shows may never be made, or be made in the wrong place."""
    seen = {
        name
        for path in (ROOT / "tests" / "cases").rglob("*.txt")
        for name in re.findall(r"^(?:error|warning|advice)\[([\w-]+)\]", path.read_bytes().decode(), re.MULTILINE)
    }
    unseen = [fields["name"] for _, fields in _codes() if fields["name"] not in seen]

    assert [] == unseen


def test_codes_have_names_of_their_own() -> None:
    """`evalc explain CODE` leads to one page."""
    names = Counter(fields["name"] for _, fields in _codes())

    assert [] == [name for name, count in names.items() if count > 1 or not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)]


def test_messages_say_what_is_there() -> None:
    """An author who reads `invalid` knows no more than before."""
    unfit = re.compile(r"^[A-Z][a-z]|\b(?:[Ii]nvalid|illegal|[Pp]lease|sorry)\b|[.!]$")
    found = [f"{place}: {fields['message']}" for place, fields in _codes() if unfit.search(fields["message"])]

    assert [] == found


def _codes() -> Iterator[tuple[str, dict[str, str]]]:
    """Where each code is made, with its fields that are plain text; those of rules stand in their classes."""
    for path, module in package_modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Code":
                if (texts := _texts(node)).get("name"):
                    yield f"{path}:{node.lineno}", texts
    for rule in lint_rules():
        yield f"lint rule {rule.name}", {"name": rule.name, "message": rule.code.message}


def _texts(call: ast.Call) -> dict[str, str]:
    given = [*zip(("name", "level", "message"), call.args, strict=False), *((k.arg, k.value) for k in call.keywords)]
    return {str(name): ast.literal_eval(value) for name, value in given if isinstance(value, ast.Constant)}
