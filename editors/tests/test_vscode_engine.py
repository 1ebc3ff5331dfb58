"""The engine of VS Code gives the colours of the grammar, and what is packed is what was tested."""

import json
import subprocess
import zipfile
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.colours.corpus import CORPUS, ROOT
from tests.colours.drawing import draw, draw_truth
from tests.colours.soup import soups
from tests.colours.textmate import colours

EXTENSION = ROOT / "editors" / "vscode"
GRAMMAR = ROOT / "grammar" / "evalc.tmLanguage.json"
MARKDOWN = EXTENSION / "markdown.tmLanguage.json"


def test_every_spec_has_the_colours_of_the_grammar() -> None:
    """The small engine of the other tests could err where the real one does not."""
    drawn = _drawn(list(CORPUS.values()))

    assert [draw_truth(text) for text in CORPUS.values()] == drawn


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(soups, min_size=40, max_size=40))
def test_every_broken_spec_has_the_colours_of_the_grammar(texts: list[str]) -> None:
    """A spec is broken most of the time that somebody writes it."""
    assert [draw_truth(text) for text in texts] == _drawn(texts)


def test_a_fence_in_markdown_holds_a_spec(tmp_path: Path) -> None:
    """A pull request that explains a case shows it in colour, and the text below the fence is text again."""
    page = '# Title\n\n```evalc title="a"\ncase a: A\n  input:\n    ~~~\n```\n\ncase b: B\n'
    host = tmp_path / "markdown.tmLanguage.json"
    host.write_text(json.dumps({"scopeName": "text.html.markdown", "patterns": []}), encoding="utf-8")
    [scopes] = _scopes([page], "text.html.markdown", [host, MARKDOWN, GRAMMAR])
    painted = {page[start:end] for name, start, end in scopes if name == "entity.name.function.evalc"}

    assert {"a"} == painted
    assert "~~~" in {page[start:end].strip() for name, start, end in scopes if name == "meta.prose.evalc"}


def test_the_package_holds_what_was_tested() -> None:
    """A stale copy of the grammar would be published for good."""
    with zipfile.ZipFile(ROOT / "build" / "evalc.vsix") as archive:
        names = {name.removeprefix("extension/") for name in archive.namelist() if name.startswith("extension/")}
        packed = archive.read("extension/syntaxes/evalc.tmLanguage.json")

    assert GRAMMAR.read_bytes() == packed
    assert {
        *("LICENSE.txt", "extension.cjs", "language-configuration.json", "package.json", "readme.md", "snippets.json"),
        *("syntaxes/evalc.tmLanguage.json", "syntaxes/markdown.tmLanguage.json"),
    } == names


def _drawn(texts: Sequence[str]) -> list[str]:
    found = _scopes(texts, "source.evalc", [GRAMMAR])
    return [draw(text, colours(iter(scopes))) for text, scopes in zip(texts, found, strict=True)]


def _scopes(texts: Sequence[str], root: str, grammars: Iterable[Path]) -> list[list[tuple[str, int, int]]]:
    call = ["node", str(EXTENSION / "test" / "scopes.mjs"), root, *map(str, grammars)]
    done = subprocess.run(call, input=json.dumps(texts), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [_in_code_points(text, scopes) for text, scopes in zip(texts, json.loads(done.stdout), strict=True)]


def _in_code_points(text: str, scopes: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    units = accumulate((2 if letter > "\uffff" else 1 for letter in text), initial=0)
    places = {unit: at for at, unit in enumerate(units)}
    return [(name, places[start], places[end]) for name, start, end in scopes]
