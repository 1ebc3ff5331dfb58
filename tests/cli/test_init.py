"""A catalog begun from nothing, and what is there already left alone."""

import re
from pathlib import Path

import pytest
from mkdocs.utils.yaml import yaml_load

from evalc.starter.files import SETTINGS, starter_files, title_of
from tests.cli.conftest import Workspace


@pytest.fixture
def empty(tmp_path: Path) -> Workspace:
    """A folder with nothing in it."""
    return Workspace(tmp_path)


def test_every_command_works_in_a_new_catalog(empty: Workspace) -> None:
    """The first minute decides whether somebody stays."""
    begun = empty.evalc("init", "our evals")
    catalog = Workspace(empty.folder / "our evals")
    [told] = re.findall(r"next:\n  cd 'our evals'\n((?:  evalc .*\n)+)", begun.stdout)
    commands = [line.split()[1:] for line in told.splitlines()]
    done = [catalog.evalc(*command) for command in commands]

    assert [["check"], ["run", "--target", "good", "--judge", "scripted"], ["site"]] == commands
    assert [0, 0, 0] == [each.returncode for each in done], [each.stderr for each in done]
    page = catalog.folder / "build" / "site" / "evals" / "corner-shop" / "returns" / "index.html"
    assert "3 of 3" in page.read_text("utf-8")
    assert "<title>Our evals</title>" in (catalog.folder / "build" / "site" / "index.html").read_text("utf-8")


def test_a_new_catalog_has_nothing_to_mend(empty: Workspace) -> None:
    """What a tool writes is what its user imitates."""
    empty.evalc("init")

    for command in (["check"], ["lint", "--strict"], ["fmt", "--check"]):
        done = empty.evalc(*command)
        assert 0 == done.returncode, done.stdout + done.stderr


def test_the_bad_answers_of_a_new_catalog_fail(empty: Workspace) -> None:
    """An eval that cannot fail teaches the wrong thing first."""
    empty.evalc("init")

    assert 1 == empty.evalc("run", "--target", "bad", "--judge", "scripted").returncode


def test_a_file_that_is_there_stays(empty: Workspace) -> None:
    """Whatever it holds, and however often the command is called."""
    empty.write("mkdocs.yml", "site_name: mine\n")
    empty.write("specs/own/eval.evalc", "vendor own: Own\n")
    begun = empty.evalc("init")
    first = {path: path.read_bytes() for path in empty.folder.rglob("*") if path.is_file()}
    again = empty.evalc("init")

    assert 0 == begun.returncode == again.returncode
    assert "site_name: mine\n" == (empty.folder / "mkdocs.yml").read_text("utf-8")
    assert "mkdocs.yml                     is there already and stays; for the catalog to be in your" in begun.stdout
    assert not (empty.folder / "specs" / "corner-shop").exists()
    assert first == {path: path.read_bytes() for path in empty.folder.rglob("*") if path.is_file()}
    assert "evalc.toml                     is there already and stays\n" in again.stdout


def test_a_folder_that_cannot_be_made_is_named(empty: Workspace) -> None:
    """The cause lies on the disk, and is told as that."""
    empty.write("taken", "")
    done = empty.evalc("init", "taken")

    assert (5, "") == (done.returncode, done.stdout)
    assert "evalc: taken" in done.stderr
    assert "mistake of evalc" not in done.stderr


def test_actions_of_the_workflow_are_pinned_by_commit(empty: Workspace) -> None:
    """A tag can be moved to other code, which would run with the right to publish."""
    workflows = [file.text for file in starter_files("x") if file.path.startswith(".github/workflows/")]
    used = re.findall(r"uses: (\S+)(.*)", "".join(workflows))

    assert 2 == len(workflows)
    assert [] == [name for name, label in used if not re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name) or not label]
    assert [{}, {}] == [yaml_load(workflow)["permissions"] for workflow in workflows]


@pytest.mark.parametrize("name", ["our-evals", "a: b # c", "x'\"y"])
def test_any_name_of_a_folder_is_a_title(name: str) -> None:
    """The settings are YAML, in which much has a meaning."""
    [settings] = [file.text for file in starter_files(title_of(Path("/x") / name)) if file.path == SETTINGS]
    found = yaml_load(settings)["site_name"]

    assert name.replace("-", " ").casefold() == found.casefold()
