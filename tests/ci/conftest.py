"""A repository on a forge, a pull request to it, and machines that run the jobs for it."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ci.jobs import Runner
from tests.cli.conftest import CAPITALS, POLICY, Workspace
from tests.cli.test_diff import commit, git
from tests.servers.forge import ForgeServer, serve_forge


@dataclass
class PullRequest:
    """A pull request: the repository with its branch, the forge that it is on, and the workflow that looks at it."""

    workspace: Workspace
    forge: ForgeServer
    folder: Path
    workflow: str = "ours"

    def commit_of(self, name: str) -> str:
        """The id of a commit."""
        return self.workspace.run("git", "rev-parse", name).stdout.strip()

    def machine(self, name: str, values: dict[str, str]) -> Runner:
        """A new machine for a job; those of one pull request share artefacts."""
        event = self.folder / "event.json"
        event.write_text(json.dumps({"pull_request": {"number": 12}}), encoding="utf-8")
        environment = {
            "GITHUB_API_URL": self.forge.url,
            "GITHUB_SERVER_URL": "https://github.example",
            "GITHUB_REPOSITORY": "o/r",
            "GITHUB_EVENT_PATH": str(event),
        }
        place = self.folder / "machines" / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return Runner(place / "work", self.workspace.folder, self.folder / "artifacts", values, environment)


@pytest.fixture
def pull_request(tmp_path: Path) -> Iterator[PullRequest]:
    """A repository with a branch `topic`, checked out, that has not changed anything yet."""
    (tmp_path / "repository").mkdir()
    workspace = Workspace(tmp_path / "repository")
    workspace.write("specs/capitals.evalc", CAPITALS)
    workspace.write("evalc.toml", POLICY)
    workspace.write(".gitignore", "results/\n")
    git(workspace, "init", "--quiet", "--initial-branch=main")
    commit(workspace)
    git(workspace, "checkout", "--quiet", "-b", "topic")
    with serve_forge() as forge:
        yield PullRequest(workspace, forge, tmp_path)
