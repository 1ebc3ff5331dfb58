"""A catalog followed while its files change is always the one that reading all of it anew would give."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evalc.api.catalogs import CatalogFolder, compile_catalog
from evalc.api.packed.following import FollowedCatalog, FollowedReport
from evalc.api.packed.reports import load_report
from evalc.model.catalog import Catalog
from tests.cli.conftest import CAPITALS, POLICY, Workspace

SHARED = """\
vendor desk: Desk

let rules:
  Answer briefly.
"""

SPEC = """\
use "shared.evalc"

eval NAME: Some eval
  for: desk
  category: Search
  version: 1.0.0
  pass when overall >= 50%

case one: One
  severity: low
  system:
    {{rules}}
  user:
    What?
  must contain "x"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog of three specs, two of which use the third."""
    (tmp_path / "shared.evalc").write_text(SHARED, "utf-8")
    for name in ("first", "second"):
        (tmp_path / f"{name}.evalc").write_text(SPEC.replace("NAME", name), "utf-8")
    return tmp_path


def edit(folder: Path, name: str, before: str, after: str) -> None:
    """Another text in a spec."""
    file = folder / name
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")


def add(folder: Path) -> None:
    """One more spec."""
    (folder / "third.evalc").write_text(SPEC.replace("NAME", "third"), "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing": lambda folder: None,
    "a title": lambda folder: edit(folder, "first.evalc", "Some eval", "Another title"),
    "what others use": lambda folder: edit(folder, "shared.evalc", "briefly", "at some length"),
    "the vendor": lambda folder: edit(folder, "shared.evalc", "vendor desk: Desk", "vendor desk: The Desk"),
    "a mistake": lambda folder: edit(folder, "first.evalc", "must contain", "must contains"),
    "a mistake in what others use": lambda folder: edit(folder, "shared.evalc", "let rules:", "let  rule:"),
    "one spec less": lambda folder: (folder / "second.evalc").unlink(),
    "one spec more": add,
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_catalog_is_as_if_read_anew(folder: Path, change: str) -> None:
    """And so it is after the change was taken back."""
    kept = {path: path.read_text("utf-8") for path in folder.iterdir()}
    followed = FollowedCatalog(CatalogFolder(folder, "specs"))
    followed.read()
    CHANGES[change](folder)

    assert told(folder) == seen(followed)
    for path in folder.iterdir():
        path.unlink()
    for path, text in kept.items():
        path.write_text(text, "utf-8")
    assert told(folder) == seen(followed)


def test_what_did_not_change_is_not_compiled_again(folder: Path) -> None:
    """A catalog of thousands would not be followed otherwise."""
    followed = FollowedCatalog(CatalogFolder(folder, "specs"))
    before = {head.id: content for head, content in followed.read()[0].packed()}
    edit(folder, "first.evalc", "Some eval", "Another title")
    after = {head.id: content for head, content in followed.read()[0].packed()}

    assert before["desk/second"] is after["desk/second"]
    assert before["desk/first"] is not after["desk/first"]


def test_a_report_is_read_again_when_a_run_is_added(tmp_path: Path) -> None:
    """Only the newest run of a target keeps its answers; of the others there is how cases ended."""
    workspace = Workspace(tmp_path)
    workspace.write("specs/capitals.evalc", CAPITALS)
    workspace.write("evalc.toml", POLICY)
    run = ("run", "--target", "good", "--judge", "scripted")
    workspace.evalc(*run)
    followed = FollowedReport(workspace.folder / "results")
    once = followed.read()[0].evals
    [first] = once
    again = followed.read()[0].evals
    workspace.evalc(*run)
    newest, earlier = followed.read()[0].evals

    assert once is again
    assert first.run_id == earlier.run_id != newest.run_id
    assert [1, 1] == [len(case.trials) for case in newest.cases]
    assert [0, 0] == [len(case.trials) for case in earlier.cases]
    assert first.cases[0].outcome == earlier.cases[0].outcome == "passed"
    assert [newest, earlier] == list(load_report(workspace.folder / "results")[0].evals)


def told(folder: Path) -> tuple[str, list[str]]:
    """The catalog read from nothing."""
    compiled = compile_catalog(CatalogFolder(folder, "specs"))
    return compiled.catalog.model_dump_json(), sorted(finding.message for finding in compiled.findings)


def seen(followed: FollowedCatalog) -> tuple[str, list[str]]:
    """The catalog as it was followed."""
    catalog, findings = followed.read()
    whole = Catalog(vendors=catalog.vendors, evals=tuple(catalog.evals))
    return whole.model_dump_json(), sorted(finding.message for finding in findings)
