"""The pages of commands say what their parsers take."""

import re
import subprocess
import sys

import pytest

from evalc.base.family import member_names
from evalc.reference.commands import CommandEntry, command_entries
from evalc.reference.markdown import command_section
from evalc.reference.pages import all_pages

ENTRIES = list(command_entries())


def test_every_command_has_a_page() -> None:
    """One that nobody can look up is one that nobody uses."""
    paths = {page.path for page in all_pages()}

    assert member_names("evalc.cli.commands") == tuple(entry.name for entry in ENTRIES)
    assert set() == {f"reference/commands/{entry.name}.md" for entry in ENTRIES} - paths


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_a_page_has_all_that_the_help_has(entry: CommandEntry) -> None:
    """Both are made from the same parser, and neither may lose an option on the way."""
    call = [sys.executable, "-m", "evalc", entry.name, "--help"]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[a-z][a-z-]*", said)) - {"--help"}
    page = command_section(entry, level=1)

    assert entry.paragraphs[0].split()[0] in said
    assert [] == [option for option in sorted(options) if option not in page]
    assert all(argument.about for argument in entry.arguments), "an argument says nothing of itself"
