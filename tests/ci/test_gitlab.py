"""The jobs of `.gitlab/evals.yml`, run on a merge request."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

import yaml

from tests.ci.conftest import PullRequest
from tests.ci.test_jobs import change
from tests.cli.test_diff import commit, weaken
from tests.house.modules import ROOT

Written: TypeAlias = dict[str, list[str]]

INPUTS = {"targets": "good", "judge": "scripted", "budget": "1.00"}


def read_template() -> tuple[dict[str, str], dict[str, Written], dict[str, str]]:
    """The inputs with their values, the jobs, and the variables of all jobs."""
    spec, jobs = yaml.safe_load_all((ROOT / ".gitlab/evals.yml").read_text("utf-8"))
    inputs = {name: str(INPUTS.get(name, given.get("default"))) for name, given in spec["spec"]["inputs"].items()}
    return inputs, jobs, jobs[".evals"]["variables"]


def run(pull_request: PullRequest, name: str) -> "subprocess.CompletedProcess[str]":
    """How a job ends on a machine where evalc is installed; jobs share the project's folder, as artefacts do."""
    inputs, jobs, variables = read_template()
    project, home = pull_request.folder / "project", pull_request.folder / f"home-{name}"
    home.mkdir()
    if not project.exists():
        subprocess.run(["git", "clone", "--quiet", str(pull_request.workspace.folder), str(project)], check=True)
    given = {key: re.sub(r"\$\[\[ inputs\.(\S+) \]\]", lambda m: inputs[m[1]], text) for key, text in variables.items()}
    prepare = [line for line in jobs[".evals"]["before_script"] if "git worktree" in line]
    environment = {
        **given,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "CI": "true",
        "GITLAB_CI": "true",
        "BASE": pull_request.commit_of("main"),
        "CI_API_V4_URL": pull_request.forge.url,
        "CI_PROJECT_ID": "34",
        "CI_PROJECT_DIR": str(project),
        "CI_PROJECT_URL": "https://gitlab.example/o/r",
        "CI_MERGE_REQUEST_IID": "12",
        "EVALC_GITLAB_TOKEN": "token-of-the-project",
    }
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", "\n".join([*prepare, *jobs[name]["script"]])],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_changed_is_run_and_told(pull_request: PullRequest) -> None:
    """As on GitHub."""
    change(pull_request)
    ended = [run(pull_request, f"evals-{name}") for name in ("review", "run", "comment")]

    assert [0, 0, 0] == [found.returncode for found in ended], [found.stderr for found in ended]
    assert "1 case, 1 trial" in ended[0].stdout
    (note,) = pull_request.forge.notes
    assert "## ✅ The gate passed" in note.body
    assert "**input-changed**" in note.body
    assert {"token-of-the-project"} == pull_request.forge.tokens


def test_a_weakening_fails_and_is_told(pull_request: PullRequest) -> None:
    """Without a run, too."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)

    assert 1 == run(pull_request, "evals-review").returncode
    assert 0 == run(pull_request, "evals-comment").returncode
    assert "need somebody who accepts them" in pull_request.forge.notes[0].body
