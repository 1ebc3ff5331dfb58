"""The worked example of the guide shows what its commands say."""

import re

import pytest

from tests.cli.conftest import Workspace
from tests.house.modules import ROOT

PAGE = ROOT / "site" / "docs" / "worked-example.md"

_FILE = re.compile(r"`([\w./-]+)`:\n\n```\w+\n(.*?)```\n", re.DOTALL)
_COMMAND = re.compile(r"(```console\n\$ evalc (?P<words>[^\n]*)\n)(?P<shown>.*?)(?=```\n)", re.DOTALL)
_LONG = 40
"""More lines than that are left out of the page, with three dots."""


def scrubbed(text: str) -> str:
    """A text without what differs from day to day."""
    text = re.sub(r"\d{8}-\d{6}-\d{3}-[0-9a-f]{8}", "20260304-101500-000-5f3a9c1e", text)
    return re.sub(r"\b20\d\d-\d\d-\d\d\b", "2026-03-04", text)


def files_of(page: str) -> list[tuple[str, str]]:
    """The files that the page has its reader write, by their paths."""
    return _FILE.findall(page)


def test_the_page_shows_what_the_commands_say(workspace: Workspace, request: pytest.FixtureRequest) -> None:
    """Whoever follows it compares line by line. `--update` writes the page anew."""
    page = PAGE.read_text(encoding="utf-8")
    (workspace.folder / "specs/capitals.evalc").unlink()
    for path, text in files_of(page):
        workspace.write(path, text)

    def said(found: re.Match[str]) -> str:
        ended = workspace.evalc(*found["words"].split())
        lines = scrubbed(ended.stdout).splitlines(keepends=True)
        shown = [*lines[:_LONG], "...\n"] if len(lines) > _LONG else lines
        return found[1] + "".join(shown)

    made = _COMMAND.sub(said, page)
    if request.config.getoption("--update"):
        PAGE.write_text(made, encoding="utf-8")
        return

    assert page == made
