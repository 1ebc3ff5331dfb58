"""A site built again after a change: byte for byte as if built from nothing, and few files are written."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from evalc.cli.main import main

POLICY = """\
[targets.good]
type = "scripted"
answers = "good"

[targets.bad]
type = "scripted"
answers = "bad"
"""

VENDOR = "vendor atlas: Atlas\n  product: Atlas Assistant\n"

SPEC = """\
use "vendor.evalc"

eval {name}: {title}
  for: atlas
  category: Search
  version: 1.0.0
  pass when overall >= 50%

case first: First of {name}
  severity: high
  input:
    What is the first word?
  must contain "one" as names-it
  good:
    It is one.
  bad (breaks names-it):
    It is two.

case second: Second of {name}
  severity: low
  input:
    What is the second word?
  must contain "two" as names-it
  good:
    It is two.
  bad (breaks names-it):
    It is one.
"""

SETTINGS = """\
site_name: Words
site_url: https://evals.example.org/
theme:
  name: material
  custom_dir: own
plugins: [search, {evalc: {templates: words}}]
nav:
  - index.md
  - evals/index.md
"""

WORDS = '[results]\ntitle = "Outcomes"\n'

NAMES = ("amber", "birch", "cedar", "dahlia", "elm")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five evals, each run twice, and a site around them."""
    folder = tmp_path / "workspace"
    (folder / "docs").mkdir(parents=True)
    (folder / "own").mkdir()
    (folder / "words").mkdir()
    (folder / "specs").mkdir()
    (folder / "docs" / "index.md").write_text("# Words\n\n[one](evals/atlas/amber/index.md)\n", "utf-8")
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    (folder / "evalc.toml").write_text(POLICY, "utf-8")
    (folder / "specs" / "vendor.evalc").write_text(VENDOR, "utf-8")
    for name in NAMES:
        write_spec(folder, name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    run("good")
    run("bad")
    return folder


def write_spec(folder: Path, name: str) -> None:
    """One more eval."""
    (folder / "specs" / f"{name}.evalc").write_text(SPEC.format(name=name, title=name.title()), "utf-8")


def run(target: str) -> None:
    """One more run of all evals, in which every case ends as its target answers."""
    assert 0 == main(["run", "--target", target, "--progress", "none"]) or target == "bad"


def build_site(folder: Path, out: Path) -> Path:
    """The site of a workspace, built with what was kept of earlier builds."""
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(out))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return out


def contents(site: Path) -> dict[str, bytes]:
    """All files of a site but the packed map, in which gzip notes the time."""
    files = [file for file in sorted(site.rglob("*")) if file.is_file() and file.suffix != ".gz"]
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def states(site: Path) -> dict[str, tuple[int, int]]:
    """Which file each path is, and when it was written."""
    found = {file.relative_to(site).as_posix(): file.stat() for file in site.rglob("*") if file.is_file()}
    return {path: (state.st_ino, state.st_mtime_ns) for path, state in found.items()}


def replace(folder: Path, path: str, before: str, after: str) -> None:
    """Another text in a file."""
    text = (folder / path).read_text("utf-8")
    assert before in text
    (folder / path).write_text(text.replace(before, after), "utf-8")


def rename(folder: Path) -> None:
    """An eval under another name, found under the former one too."""
    text = (folder / "specs" / "birch.evalc").read_text("utf-8")
    (folder / "specs" / "birch.evalc").unlink()
    text = text.replace("eval birch: Birch\n", "eval beech: Beech\n  formerly: birch\n")
    (folder / "specs" / "beech.evalc").write_text(text, "utf-8")


def remove_case(folder: Path) -> None:
    """An eval with one case less."""
    path = folder / "specs" / "cedar.evalc"
    path.write_text(path.read_text("utf-8").partition("\ncase second")[0], "utf-8")


def own_template(folder: Path) -> None:
    """A theme of one's own."""
    text = '{% extends "base.html" %}{% block announce %}{{ page.title }}{% endblock %}'
    (folder / "own" / "main.html").write_text(text, "utf-8")


def own_page(folder: Path) -> None:
    """A page that is not the catalog's, in the catalog's folder."""
    (folder / "docs" / "evals").mkdir()
    (folder / "docs" / "evals" / "own.md").write_text("# Own\n", "utf-8")


def oldest_run(folder: Path) -> None:
    """One run less."""
    shutil.rmtree(min((folder / "results").iterdir()))


CHANGES: dict[str, Callable[[Path], object]] = {
    "an input": lambda folder: replace(folder, "specs/amber.evalc", "first word", "very first word"),
    "the title of a case": lambda folder: replace(folder, "specs/dahlia.evalc", "Second of", "The second of"),
    "the title of an eval": lambda folder: replace(folder, "specs/amber.evalc", "amber: Amber", "amber: Two ambers"),
    "the vendor": lambda folder: replace(folder, "specs/vendor.evalc", "Assistant", "Helper"),
    "one eval more": lambda folder: write_spec(folder, "fir"),
    "one eval less": lambda folder: (folder / "specs" / "elm.evalc").unlink(),
    "an eval renamed": rename,
    "one case less": remove_case,
    "one run more": lambda folder: run("good"),
    "one run less": oldest_run,
    "a page": lambda folder: replace(folder, "docs/index.md", "# Words", "# Many words"),
    "the name of the site": lambda folder: replace(folder, "mkdocs.yml", "site_name: Words", "site_name: More words"),
    "an eval in the navigation": lambda folder: replace(
        folder, "mkdocs.yml", "  - evals/index.md", "  - evals/index.md\n  - evals/atlas/amber/index.md"
    ),
    "the theme": own_template,
    "the words": lambda folder: (folder / "words" / "words.toml").write_text(WORDS, "utf-8"),
    "a page of ours gone": lambda folder: (folder / "site/evals/atlas/amber/first/index.html").unlink(missing_ok=True),
    "a page of ours damaged": lambda folder: (folder / "site/evals/atlas/cedar/index.html").write_text("x", "utf-8"),
    "an own page between ours": own_page,
}


@pytest.mark.parametrize("seed", range(2))
def test_after_any_changes_a_site_is_as_if_built_from_nothing(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """A reader of a stale page would take it for true. Changes come in any order, some at a time."""
    names = Random(seed).sample(sorted(CHANGES), k=len(CHANGES))
    site = build_site(workspace, workspace / "site")
    for at in range(0, len(names), 3):
        for name in names[at : at + 3]:
            CHANGES[name](workspace)
        build_site(workspace, workspace / "site")
        with monkeypatch.context() as fresh:
            fresh.setenv("XDG_CACHE_HOME", str(tmp_path / f"none-{at}"))
            clean = build_site(workspace, tmp_path / "clean")

        assert contents(clean) == contents(site), names[: at + 3]


def test_a_change_of_one_spec_writes_what_shows_it(workspace: Path) -> None:
    """The pages of thousands of other evals stay as they are."""
    site = build_site(workspace, workspace / "site")
    before = states(site)
    replace(workspace, "specs/amber.evalc", "first word", "very first word")
    after = states(build_site(workspace, workspace / "site"))
    written = {path for path in after if after[path] != before.get(path)}
    ours = sorted(path for path in written if path.startswith(("evals/atlas/", "comparisons/", "runs/")))

    assert before.keys() == after.keys()
    assert {
        "comparisons/atlas/amber/index.html",
        "evals/atlas/amber/badge.json",
        "evals/atlas/amber/badge.svg",
        "evals/atlas/amber/eval.json",
        "evals/atlas/amber/first/index.html",
        "evals/atlas/amber/index.html",
        "evals/atlas/amber/second/index.html",
    } <= written
    assert ["evals/atlas/index.html"] == [path for path in ours if "/amber/" not in path]


def test_words_that_are_put_aside_are_not_shown_any_more(workspace: Path) -> None:
    """Where a file of one's own lies says whether it counts, so that alone is a change."""
    (workspace / "words" / "words.toml").write_text(WORDS, "utf-8")
    page = build_site(workspace, workspace / "site") / "evals/atlas/amber/index.html"
    shown = 'id="results">Outcomes' in page.read_text("utf-8")
    (workspace / "words" / "old").mkdir()
    (workspace / "words" / "words.toml").rename(workspace / "words" / "old" / "words.toml")
    build_site(workspace, workspace / "site")

    assert (True, False) == (shown, 'id="results">Outcomes' in page.read_text("utf-8"))


def test_what_was_kept_may_be_deleted(workspace: Path, tmp_path: Path) -> None:
    """It costs time, and nothing else; a damaged file is one that is not there."""
    site = build_site(workspace, workspace / "site")
    once = contents(site)
    kept = [file for file in (tmp_path / "cache" / "evalc" / "site").rglob("*") if file.is_file()]
    for number, file in enumerate(kept):
        file.write_bytes(b"{}" if number % 2 else b"") if number % 3 else file.unlink()

    assert len(kept) > 3
    assert once == contents(build_site(workspace, workspace / "site"))


def test_a_build_that_fails_leaves_nothing_hidden(workspace: Path) -> None:
    """A folder of a site is published as it is."""
    site = build_site(workspace, workspace / "site")
    (workspace / "own" / "main.html").write_text("{% extends 'nowhere.html' %}", "utf-8")
    with pytest.raises(BaseException, match="nowhere"):
        build_site(workspace, workspace / "site")

    assert not (site / ".evalc").exists()
    (workspace / "own" / "main.html").unlink()
    assert (build_site(workspace, workspace / "site") / "evals/atlas/amber/index.html").is_file()


def test_a_site_is_built_where_nothing_can_be_kept(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may have no home, or one that nobody may write to."""
    once = contents(build_site(workspace, workspace / "site"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(workspace / "mkdocs.yml"))
    build_site(workspace, workspace / "site")

    assert once == contents(build_site(workspace, workspace / "site"))
