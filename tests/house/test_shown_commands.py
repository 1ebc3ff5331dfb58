"""The commands that the documents show are there, and those of the tutorial do what it shows."""

import os
import re
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from evalc.base.family import find_member
from evalc.cli.commands.contract import Command
from tests.house.modules import ROOT, kept_files

_BLOCK = re.compile(r'^```(\w+)(?: title="([^"\n]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_SHELL = {"console", "sh", "bash"}
# A title in capitals, or a place for one, stands for what the reader puts there.
_END = {"|", "||", "&&", ";", "<", ">", ">>", "2>", "#"}

DOCUMENTS = [name for name in kept_files() if name.endswith(".md") and "/node_modules/" not in name]
# Documents whose `console` blocks are run from first to last, in a folder of their own.
RUN = ["site/docs/tutorial.md"]


class Step(NamedTuple):
    """A command of a document with what is shown below it."""

    command: str
    shown: str


def blocks(name: str) -> list[tuple[str, str, str]]:
    """The fenced blocks of a document: language, title, text."""
    return _BLOCK.findall((ROOT / name).read_text("utf-8"))


def calls(name: str) -> Iterator[list[str]]:
    """The words of each call of evalc that a document shows."""
    for language, _, text in blocks(name):
        if language in _SHELL:
            for line in text.replace("\\\n", " ").splitlines():
                call = line.removeprefix("$ ").strip()
                if call.startswith("evalc ") and (language != "console" or line.startswith("$ ")):
                    words = shlex.split(call, comments=True)
                    end = next((at for at, word in enumerate(words) if word in _END), len(words))
                    yield words[1:end]


CALLS = [pytest.param(words, id=f"{name}: evalc {' '.join(words)}") for name in DOCUMENTS for words in calls(name)]


@pytest.mark.parametrize("words", CALLS)
def test_a_command_that_is_shown_can_be_called(words: list[str]) -> None:
    """An option that was renamed stays in documents for ever, and fails at the reader's."""
    if words[:1] in (["--help"], ["--version"]):
        return
    command = find_member("evalc.cli.commands", words[0], Command)
    assert command, words[0]
    parser = ArgumentParser(prog=f"evalc {words[0]}", allow_abbrev=False)
    command().configure(parser)

    # It exits where a word does not fit.
    parser.parse_args(words[1:])


def steps(text: str) -> Iterator[Step]:
    """The commands of a block of type `console`, each with the lines up to the next."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield Step(command, shown)


def as_pattern(shown: str) -> re.Pattern[str]:
    """What is shown, with any text in the place of `...`, and any lines for a line of it."""
    lines = [re.escape(line).replace(r"\.\.\.", ".*") for line in shown.splitlines()]
    text = "".join("(?:.*\n)*" if line == ".*" else f"{line}\n" for line in lines)
    return re.compile(text)


@pytest.mark.parametrize("name", RUN)
def test_a_document_does_what_it_shows(name: str, tmp_path: Path) -> None:
    """Whoever types all of it sees what it says, from the first line to the last."""
    folder, code = tmp_path, 0
    programs = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": programs, "NO_COLOR": "1", "COLUMNS": "120", "HOME": str(tmp_path)}
    environment.pop("CI", None)
    for language, title, text in blocks(name):
        if title and language not in _SHELL:
            (folder / title).write_text(text, encoding="utf-8")
        for step in steps(text) if language == "console" else ():
            if step.command == "echo $?":
                assert step.shown == f"{code}\n"
                code = 0
                continue
            assert 0 == code, f"the command before `{step.command}` ended with {code}, which is not shown"
            if step.command.startswith("cd "):
                folder = folder / step.command.removeprefix("cd ")
                continue
            call = ["bash", "-c", f"{step.command} 2>&1"]
            done = subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)
            code = done.returncode
            found = "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())
            assert as_pattern(step.shown).fullmatch(found), f"$ {step.command}\n{found}"
    assert 0 == code


def test_what_is_shown_is_compared() -> None:
    """A pattern that fits anything would prove nothing."""
    shown = as_pattern("run ...\n...\n1 of 2\n")

    assert shown.fullmatch("run 17\na\nb\n1 of 2\n")
    assert not shown.fullmatch("run 17\na\nb\n2 of 2\n")
    assert not shown.fullmatch("ran 17\n1 of 2\n")


def test_there_are_commands_to_look_at() -> None:
    """Without any, the tests above would pass by asking nothing."""
    assert len(CALLS) > 20
    assert sum(language == "console" for language, _, _ in blocks(RUN[0])) > 5
