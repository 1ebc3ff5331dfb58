"""The workflow that publishes a new catalog, run on one."""

import shutil
from pathlib import Path

import pytest

from tests.ci.jobs import Ended, Runner, steps_of_job
from tests.cli.conftest import Workspace
from tests.cli.test_diff import commit, git

_SPEC = "specs/corner-shop/returns.evalc"


@pytest.fixture
def begun(tmp_path: Path) -> Workspace:
    """A catalog as `evalc init` leaves it, with a second commit that changes a case."""
    (tmp_path / "repository").mkdir()
    workspace = Workspace(tmp_path / "repository")
    assert 0 == workspace.evalc("init").returncode
    git(workspace, "init", "--quiet", "--initial-branch=main")
    commit(workspace)
    text = (workspace.folder / _SPEC).read_text("utf-8")
    assert "severity: high" in text
    workspace.write(_SPEC, text.replace("severity: high", "severity: low", 1))
    commit(workspace)
    return workspace


def publish(workspace: Workspace) -> tuple[Ended, Path]:
    """How the job ends that builds the catalog, and the folder of the site."""
    place = workspace.folder.parent / "machine"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    values = {
        "secrets.CANDIDATE_KEY": "",
        "secrets.JUDGE_KEY": "",
        "steps.pages.outputs.base_url": "https://o.pages.example/r",
        "github.server_url": "https://github.com",
        "github.repository": "o/r",
    }
    machine = Runner(place / "work", workspace.folder, workspace.folder.parent / "artifacts", values)
    return machine.run(steps_of_job("build", "catalog"), ref="main"), place / "work" / "build" / "site"


def test_a_push_publishes_results_proofs_and_what_changed(begun: Workspace) -> None:
    """All that a page can tell, without a model and without a key."""
    ended, site = publish(begun)
    page = (site / "evals/corner-shop/returns/index.html").read_text("utf-8")

    assert 0 == ended.code, ended.output
    assert "3 of 3" in page
    assert "What the checks catch" in page
    assert "What changed" in page
    assert '<meta property="og:image" content="https://o.pages.example/r/assets/evalc/cards/' in page
    assert "https://github.com/o/r/blob/HEAD/specs/corner-shop/returns.evalc" in page


def test_a_failed_gate_and_a_weak_check_are_published(begun: Workspace) -> None:
    """Whoever hides what is bad publishes an advertisement."""
    policy = (begun.folder / "evalc.toml").read_text("utf-8")
    begun.write("evalc.toml", policy.replace('type = "scripted"', 'type = "scripted"\nanswers = "bad"', 1))
    commit(begun)
    ended, site = publish(begun)

    assert 0 == ended.code, ended.output
    assert "ev-mark--failed" in (site / "evals/corner-shop/returns/index.html").read_text("utf-8")


def test_a_mistake_is_not_published(begun: Workspace) -> None:
    """The catalog that is there stays as it is."""
    begun.write(_SPEC, (begun.folder / _SPEC).read_text("utf-8").replace("must ", "mustn't ", 1))
    commit(begun)
    ended, site = publish(begun)

    assert 2 == ended.code
    assert not site.exists()
