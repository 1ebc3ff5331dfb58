"""`evalc site`: with settings, without them, and with settings that lack something."""

import sys
from socket import socket
from time import sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.cli.conftest import Workspace


def test_a_workspace_without_settings_gets_a_site(workspace: Workspace) -> None:
    """Specs and results are all that somebody needs to have written."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    done = workspace.evalc("site")
    html = (workspace.folder / "build" / "site" / "evals" / "atlas" / "capitals" / "index.html").read_text("utf-8")

    assert 0 == done.returncode, done.stderr
    assert "the site is in build/site" in done.stdout
    assert "2 of 2" in html
    assert "specs/capitals.evalc" in html
    assert str(workspace.folder) not in html


def test_the_site_goes_where_it_is_told_to(workspace: Workspace) -> None:
    """A host takes it from a folder of its choice."""
    done = workspace.evalc("site", "--out", "public")

    assert 0 == done.returncode, done.stderr
    assert (workspace.folder / "public" / "evals" / "index.html").is_file()
    assert not (workspace.folder / "build").exists()


def test_settings_without_the_plug_in_are_told_what_they_lack(workspace: Workspace) -> None:
    """A site without a single eval would look like a success."""
    workspace.write("mkdocs.yml", "site_name: x\n")
    workspace.write("docs/index.md", "# x\n")
    done = workspace.evalc("site")

    assert 2 == done.returncode
    assert "evalc: mkdocs.yml has no catalog in it: add `- evalc` below `plugins:`" in done.stderr


def test_a_mistake_in_a_spec_stops_the_site(workspace: Workspace) -> None:
    """A catalog that lacks an eval without a word would be taken for all there is."""
    spec = workspace.folder / "specs" / "capitals.evalc"
    spec.write_text(spec.read_text("utf-8").replace("must contain", "must contains"), "utf-8")
    done = workspace.evalc("site")

    assert 2 == done.returncode
    assert "WARNING: specs/capitals.evalc:16:" in done.stderr
    assert "unknown-verb" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--config", "other.yml"], "there is no other.yml"),
        (["--watch", "--out", "public"], "--out does not go with it"),
        (["--plain", "--watch"], "--plain uses no MkDocs"),
    ],
)
def test_arguments_that_do_not_fit_are_told_why(workspace: Workspace, arguments: list[str], said: str) -> None:
    """Before anything is built."""
    done = workspace.evalc("site", *arguments)

    assert (2, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_a_folder_without_specs_is_told_how_to_begin(workspace: Workspace) -> None:
    """Most likely it is the wrong folder, or nothing is there yet."""
    (workspace.folder / "empty").mkdir()
    done = Workspace(workspace.folder / "empty").evalc("site")

    assert 2 == done.returncode
    assert "`evalc init` begins a catalog" in done.stderr


def test_pages_are_written_without_a_generator(workspace: Workspace) -> None:
    """Whole documents, for a web server or for a generator that copies what is HTML already."""
    workspace.evalc("run", "--target", "good", "--judge", "scripted")
    done = workspace.evalc("site", "--plain", "--out", "docs")
    page = (workspace.folder / "docs" / "evals" / "atlas" / "capitals" / "index.html").read_text("utf-8")

    assert 0 == done.returncode, done.stderr
    assert "pages are in docs; the first is docs/evals/index.html" in done.stdout
    assert page.startswith("<!doctype html>")
    assert "2 of 2" in page
    assert (workspace.folder / "docs" / "assets" / "evalc" / "library.js").is_file()


@pytest.mark.parametrize("arguments", [["--plain", "--out", "public"], ["--out", "public"]])
def test_pages_say_what_was_measured_and_proven(workspace: Workspace, arguments: list[str]) -> None:
    """From the lock file beside the specs, and the proofs of the specs as they are."""
    page = workspace.folder / "public" / "evals" / "atlas" / "capitals" / "index.html"
    spec = workspace.folder / "specs" / "capitals.evalc"
    workspace.evalc("prove")
    measured = workspace.evalc("calibrate", "--judge", "scripted")
    workspace.evalc("site", *arguments)
    proven = page.read_text("utf-8")
    spec.write_text(spec.read_text("utf-8").replace("must contain", "must not contain"), "utf-8")
    workspace.evalc("site", *arguments)

    assert "specs/calibration.lock" in measured.stdout, measured.stderr
    assert "not a judge of the latest runs" in proven
    assert "the checks caught" in proven
    assert "the checks caught" not in page.read_text("utf-8")


@pytest.mark.parametrize("arguments", [["--plain"], []])
def test_a_lock_file_in_conflict_stops_the_build(workspace: Workspace, arguments: list[str]) -> None:
    """Without a word the site would call judges unmeasured."""
    workspace.write("specs/calibration.lock", "<<<<<<< ours\n")
    done = workspace.evalc("site", *arguments)

    assert 0 != done.returncode
    assert "calibration.lock:1: this is no measurement; of two sides of a conflict keep one" in done.stderr


def test_plain_pages_with_a_mistake_in_a_spec_are_not_written(workspace: Workspace) -> None:
    """As with MkDocs."""
    spec = workspace.folder / "specs" / "capitals.evalc"
    spec.write_text(spec.read_text("utf-8").replace("must contain", "must contains"), "utf-8")
    done = workspace.evalc("site", "--plain")

    assert 2 == done.returncode
    assert "unknown-verb" in done.stderr
    assert not (workspace.folder / "build").exists()


def test_a_site_without_settings_follows_its_specs(workspace: Workspace) -> None:
    """The settings of its own are read again at each change, as those of a file would be."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "evalc", "site", "--watch", "--address", address]
    page = f"http://{address}/evals/atlas/capitals/"
    spec = workspace.folder / "specs" / "capitals.evalc"
    temporary = workspace.folder / "temporary"
    temporary.mkdir()
    server = workspace.start(command, environment={"TMPDIR": str(temporary)})
    try:
        assert wait_for(page, "Capitals")
        for title in ("Towns", "Cities"):
            text = spec.read_text("utf-8")
            spec.write_text(text.replace(text.partition("eval capitals: ")[2].split("\n")[0], title, 1), "utf-8")
            assert wait_for(page, title)
    finally:
        server.terminate()
        server.communicate(timeout=60)
    assert not (workspace.folder / "build").exists()
    assert [] == list(temporary.iterdir())


def test_a_proof_shows_while_the_site_is_served(workspace: Workspace) -> None:
    """Who mends a check wants to see what it catches now."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "evalc", "site", "--watch", "--address", address]
    page = f"http://{address}/evals/atlas/capitals/"
    (workspace.folder / "build" / "proofs").mkdir(parents=True)
    server = workspace.start(command, environment={})
    try:
        assert wait_for(page, "Capitals")
        workspace.evalc("prove")
        assert wait_for(page, "the checks caught")
    finally:
        server.terminate()
        server.communicate(timeout=60)


def wait_for(page: str, words: str) -> bool:
    """Whether a page has some words, now or soon."""
    for _ in range(600):
        try:
            with urlopen(page) as response:
                if words in response.read().decode():
                    return True
        except URLError:
            pass
        sleep(0.1)
    return False
