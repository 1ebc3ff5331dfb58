"""What the VS Code extension says about the language, as far as it can be read without Node; `make editors` runs it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TypedDict

import pytest

import evalc
from evalc.syntax.colours import paint
from tests.colours.corpus import ROOT

EXTENSION = ROOT / "editors" / "vscode"
LANGUAGE = json.loads((EXTENSION / "language-configuration.json").read_text(encoding="utf-8"))
PACKAGE = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))


class Snippet(TypedDict):
    """One snippet as VS Code reads it."""

    prefix: str
    description: str
    body: list[str]


SNIPPETS: dict[str, Snippet] = json.loads((EXTENSION / "snippets.json").read_text(encoding="utf-8"))

_CHOICE = re.compile(r"\$\{\d+\|([^,|]*)[^|]*\|\}")
_FILLED = re.compile(r"\$\{\d+:((?:[^{}\\]|\\.|\{\{)*?)\}")
_STOP = re.compile(r"\$\d+")


@pytest.mark.parametrize(
    "line",
    [
        *("case a: A", "eval spring-check: Spring checks", "case a", "let rules:", "rubric tone: Tone: warm"),
        *("  input:", "  bad (breaks a, b):", "  about: ", "  criterion warmth: Warm", "  reply first", "  row late"),
        *("    5:", "    met:", "    about:"),
    ],
)
def test_enter_goes_deeper_below_a_header(line: str) -> None:
    """The next line belongs to it, and its column is what the language is about."""
    assert _goes_deeper(line)


@pytest.mark.parametrize(
    "line",
    [
        *("", "# a comment", 'use "vendor.evalc"', "retired old: why", 'let shop = "Spokewell"'),
        *("  severity: high", "  must refuse", "  pass when mean >= 4", "    some prose that goes on", "    Note:"),
        *("    5: Warm.", "    - an item: with a colon", "    | id | day |"),
    ],
)
def test_enter_stays_in_the_column_elsewhere(line: str) -> None:
    """Prose is pasted and typed line below line; an editor that moves it changes what is asked."""
    assert not _goes_deeper(line)


@pytest.mark.parametrize("name", ["rollback-keeps-evidence", "names_paris", "first", "90%", "3.14"])
def test_a_double_click_takes_the_whole_name(name: str) -> None:
    """Half of `keeps-v2` is the name of nothing."""
    assert re.fullmatch(LANGUAGE["wordPattern"], name)


@pytest.mark.parametrize("name", SNIPPETS)
def test_what_a_snippet_inserts_can_be_read(name: str) -> None:
    """A snippet is the first thing of the language that many will see."""
    assert [] == [stroke for stroke in paint(_inserted(name)) if stroke.colour == "error"]


def test_snippets_make_a_sound_catalog(tmp_path: Path) -> None:
    """Somebody who takes the offered words as they are has a spec that compiles."""
    blocks = [
        "Eval",
        "Rubric with a scale",
        "Rubric of things that are met or not",
        "Case",
        "Cases from a table",
        "Conversation",
        "Retired case",
    ]
    (tmp_path / "vendor.evalc").write_text(_inserted("Vendor"), encoding="utf-8")
    (tmp_path / "hours.evalc").write_text("\n".join(map(_inserted, blocks)), encoding="utf-8")
    call = [sys.executable, "-m", "evalc", "check", "."]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert 0 == done.returncode, done.stdout + done.stderr


def test_the_extension_has_the_version_of_the_package() -> None:
    """Both are one thing to their user, who reports one version."""
    assert evalc.__version__ == PACKAGE["version"]


def _goes_deeper(line: str) -> bool:
    return any(re.search(rule["beforeText"], line) for rule in LANGUAGE["onEnterRules"])


def _inserted(name: str) -> str:
    """What a snippet puts into a file when each of its stops is left as it is."""
    text = "\n".join(SNIPPETS[name]["body"])
    text = _STOP.sub("", _FILLED.sub(r"\1", _CHOICE.sub(r"\1", text)))
    return text.replace("\\}", "}").rstrip() + "\n"
