"""What `evalc check` keeps of earlier checks, and when it looks again."""

import os
import sys
from pathlib import Path

import pytest

from evalc.cli.cache import Cache
from tests.cli.conftest import CAPITALS, Workspace

WRONG = CAPITALS.replace('must contain "Paris"', 'must contains "Paris"')


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of the test's own."""
    return tmp_path_factory.mktemp("cache")


def test_a_second_check_says_the_same_without_parsing(workspace: Workspace, cache: Path) -> None:
    """A warm check must be told from a cold one by nothing but its speed."""
    workspace.write("specs/capitals.evalc", WRONG)
    first = workspace.evalc("check", XDG_CACHE_HOME=str(cache))
    warm = (sys.executable, "-X", "importtime", "-m", "evalc", "check")
    second = workspace.run(*warm, XDG_CACHE_HOME=str(cache))
    imported = {line.rpartition("|")[2].strip() for line in second.stderr.splitlines() if "import time:" in line}
    said = "".join(line for line in second.stderr.splitlines(keepends=True) if "import time:" not in line)

    assert (2, 2) == (first.returncode, second.returncode)
    assert first.stderr == said
    assert "evalc.cli.cache" in imported
    assert set() == imported & {"lark", "pydantic", "jinja2", "httpx", "mkdocs", "dataclasses"}


def test_a_changed_spec_is_checked_again(workspace: Workspace, cache: Path) -> None:
    """An old verdict on a new text would be the worst that a cache can do."""
    assert 0 == workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode
    path = workspace.write("specs/capitals.evalc", WRONG)
    # The same size and time do not make it the same text.
    os.utime(path, (0, 0))

    assert 2 == workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode


def test_a_file_that_a_spec_names_counts_too(workspace: Workspace, cache: Path) -> None:
    """A used file, a new spec, and one that was missing all change what a check says."""
    workspace.write("specs/capitals.evalc", 'use "more.evalc"\n\n' + CAPITALS)
    outcomes = [workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode]
    workspace.write("specs/more.evalc", 'let city = "Paris"\n')
    outcomes.append(workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode)
    workspace.write("specs/more.evalc", "let city\n")
    outcomes.append(workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode)
    workspace.write("specs/more.evalc", 'let city = "Paris"\n')
    workspace.write("specs/other.evalc", WRONG)
    outcomes.append(workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode)

    assert [2, 0, 2, 2] == outcomes


@pytest.mark.parametrize("content", ["", "{", "[]", '{"seen": 1}', "[" * 100_000])
def test_a_damaged_cache_costs_time_and_nothing_else(workspace: Workspace, cache: Path, content: str) -> None:
    """What is kept may be deleted, cut short or overwritten at any time."""
    workspace.evalc("check", XDG_CACHE_HOME=str(cache))
    for kept in cache.rglob("*.json"):
        kept.write_text(content)

    ended = workspace.evalc("check", XDG_CACHE_HOME=str(cache))

    assert 0 == ended.returncode, ended.stderr
    assert "1 eval with 2 cases" in ended.stderr


def test_a_cache_that_others_could_write_to_is_not_used(workspace: Workspace, cache: Path) -> None:
    """Somebody else's verdict must not be printed as ours."""
    folder = cache / "evalc" / "check"
    folder.mkdir(parents=True)
    folder.chmod(0o777)

    ended = workspace.evalc("check", XDG_CACHE_HOME=str(cache))

    assert 0 == ended.returncode, ended.stderr
    assert [] == list(folder.iterdir())


def test_of_many_specs_only_a_changed_one_is_compiled_again(workspace: Workspace, cache: Path) -> None:
    """What an author changes is one file; the others cost next to nothing."""
    other = CAPITALS.replace("eval capitals", "eval rivers").replace("vendor ", "vendor other-")
    workspace.write("specs/capitals.evalc", CAPITALS)
    workspace.write("specs/rivers.evalc", other.replace("for: ", "for: other-"))
    assert 0 == workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode
    before = set((cache / "evalc" / "evals").iterdir())
    workspace.write("specs/capitals.evalc", CAPITALS.replace("Paris", "Lyon"))
    assert 0 == workspace.evalc("check", XDG_CACHE_HOME=str(cache)).returncode

    assert 2 == len(before)
    assert 1 == len(set((cache / "evalc" / "evals").iterdir()) - before)


def test_what_is_kept_does_not_grow_without_end(tmp_path: Path) -> None:
    """Each text of each spec is kept once, and there may be years of them."""
    kept = Cache(tmp_path, most=100)
    for number in range(2000):
        kept.put(number, str(number))

    assert "1999" == kept.get(1999)
    assert len(list(tmp_path.iterdir())) < 1500


def test_no_place_for_a_cache_is_no_trouble(workspace: Workspace, cache: Path) -> None:
    """In a container the home folder is often read-only or not there."""
    ended = workspace.evalc("check", XDG_CACHE_HOME=str(cache / "file-in-the-way" / "x"))
    (cache / "taken").write_text("")
    taken = workspace.evalc("check", XDG_CACHE_HOME=str(cache / "taken"))

    assert (0, 0) == (ended.returncode, taken.returncode)
