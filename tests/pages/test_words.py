"""All words of the pages stand in one file, and no template makes HTML in another way."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from evalc.pages._words import pattern, say

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "site" / "theme" / "pages"
PYTHON = ROOT / "compiler" / "evalc" / "pages"

_QUOTED = re.compile(r"""["']([a-z_]+\.[a-z_-]*)["'{]""")


def known_keys() -> dict[str, str | dict[str, str]]:
    """Every key of the file with its words."""
    parts = tomllib.loads((ROOT / "site" / "theme" / "words.toml").read_text("utf-8"))
    return {f"{part}.{name}": words for part, found in parts.items() for name, words in found.items()}


def test_every_key_that_is_used_is_there_and_every_word_is_used() -> None:
    """A word that nobody says is a word that nobody keeps right."""
    known = known_keys()
    parts = {key.split(".")[0] for key in known}
    sources = [path.read_text("utf-8") for path in (*TEMPLATES.iterdir(), *PYTHON.glob("*.py"))]
    quoted = {key for source in sources for key in _QUOTED.findall(source) if key.split(".")[0] in parts}
    # A key that ends in its dot is put together with a name from the model, such as `outcome.` with `passed`.
    begun = tuple(key for key in quoted if key.endswith("."))
    # Names of files look like keys, and some keys like names of files.
    files = (".", ".html", ".json", ".svg", ".txt", ".xml")
    used = {key for key in quoted if key in known or not key.endswith(files)}

    assert set() == used - known.keys()
    assert set() == {key for key in known.keys() - used if not key.startswith(begun)}


def test_both_forms_of_a_count_hold_the_same_values() -> None:
    """One of something need not say its number; anything else that a form lacks is lost."""
    for key, words in known_keys().items():
        if isinstance(words, dict):
            assert {"one", "many"} == words.keys(), key
            assert _names(words["one"]) | {"n"} == _names(words["many"]) | {"n"}, key


@pytest.mark.parametrize(("n", "words"), [(1, "1 case"), (0, "0 cases"), (2, "2 cases")])
def test_a_count_chooses_its_form(n: int, words: str) -> None:
    """One case, two cases."""
    assert words == say("card.cases", n=n)


def test_a_value_is_no_pattern() -> None:
    """A vendor whose name has braces must not reach into our values."""
    assert "For {n.__class__}" == say("page.for", vendor="{n.__class__}")


def test_a_pattern_keeps_its_names() -> None:
    """The script fills it in the browser."""
    assert "{n} cases" == pattern("card.cases", 2)


def test_only_the_environment_makes_markup() -> None:
    """Escaping can be reasoned about only while it happens in one place."""
    templates = [
        path.name for path in TEMPLATES.iterdir() if re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8"))
    ]
    modules = [path.name for path in PYTHON.glob("*.py") if "Markup(" in path.read_text("utf-8")]

    assert [] == templates
    # The stand-in is words of our own, which show what a theme does with pages.
    assert {"_environment.py", "_stand_in.py"} == set(modules)


def _names(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}
