"""Jobs of GitHub Actions run on this machine: their own steps, word for word, with a shell as the runner starts it.

What the runner does itself is stood in for: checking out a commit of a repository, keeping and fetching artefacts, and
the values of expressions, each of which has to be given, so that a new one is noticed.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from evalc import __version__
from evalc.starter.files import starter_files
from tests.house.modules import ROOT

_COMPARISON = re.compile(r"(\S+) (==|!=) '(.*)'")
_INSTALL = re.compile(rf"pip install 'evalc\[[a-z,]+\]=={re.escape(__version__)}'")
_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


class Step(BaseModel):
    """A step as it is written."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    id: str = ""
    name: str = ""
    condition: str = Field(default="", alias="if")
    uses: str = ""
    run: str = ""
    env: dict[str, str] = {}
    given: dict[str, str | bool | int] = Field(default={}, alias="with")


def steps_of_action() -> list[Step]:
    """The steps of `action.yml`."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return [Step.model_validate(step) for step in action["runs"]["steps"]]


def defaults_of_action() -> dict[str, str]:
    """The values of its inputs where a workflow gives none; those that are expressions are left out."""
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    defaults = {f"inputs.{name}": str(given["default"]) for name, given in action["inputs"].items()}
    return {name: value for name, value in defaults.items() if "${{" not in value}


def workflow_of(name: str) -> str:
    """The text of a workflow: `ours` for the one that others call, `starter` and `catalog` are a new catalog's."""
    if name == "ours":
        return (ROOT / ".github/workflows/evals.yml").read_text("utf-8")
    path = f".github/workflows/{'evals' if name == 'starter' else name}.yml"
    return next(file.text for file in starter_files("Evals") if file.path == path)


def steps_of_job(name: str, workflow: str = "ours") -> list[Step]:
    """The steps of a job of a workflow, each with what the workflow sets for all of them."""
    read = yaml.safe_load(workflow_of(workflow))
    shared = {key: str(value) for key, value in read.get("env", {}).items()}
    steps = [Step.model_validate(step) for step in read["jobs"][name]["steps"]]
    return [step.model_copy(update={"env": {**shared, **step.env}}) for step in steps]


@dataclass
class Ended:
    """How the steps of a job ended: the exit code of the first that failed, or 0, all that was printed, and outputs."""

    code: int
    output: str
    summary: str
    outputs: dict[str, str]


@dataclass
class Runner:
    """A machine for one job: an empty work folder, and what the runner knows.

    `artifacts` is a folder that jobs of one workflow share. `values` are those of expressions.
    """

    work: Path
    repository: Path
    artifacts: Path
    values: Mapping[str, str]
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, steps: list[Step], *, ref: str) -> Ended:
        """The steps in turn. After one that failed no more are run, but for those with `if: always()`."""
        printed, code = [], 0
        outputs: dict[str, str] = {}
        summary = self.work.with_name(f"{self.work.name}-summary.md")
        summary.touch()
        for step in steps:
            if not self._is_due(step, has_failed=code != 0):
                continue
            found = self._use(step, ref) if step.uses else self._run(step, summary)
            printed.append(found.stdout)
            code = code or found.returncode
            outputs |= self._outputs()
            if step.id:
                self.values = {**self.values, **{f"steps.{step.id}.outputs.{key}": outputs[key] for key in outputs}}
        return Ended(code, "".join(printed), summary.read_text("utf-8"), outputs)

    def _outputs(self) -> dict[str, str]:
        """What steps wrote so far for others."""
        path = self.work.parent / "outputs"
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        return dict(line.split("=", 1) for line in lines)

    def _is_due(self, step: Step, *, has_failed: bool) -> bool:
        if step.condition == "always()":
            return True
        if has_failed or not step.condition:
            return not has_failed
        found = _COMPARISON.fullmatch(step.condition)
        assert found, step.condition
        return (self.values[found[1]] == found[3]) == (found[2] == "==")

    def _use(self, step: Step, ref: str) -> "subprocess.CompletedProcess[str]":
        name = step.uses.partition("@")[0]
        match name:
            case "actions/checkout":
                call = ["git", "clone", "--quiet", str(self.repository), str(self.work)]
                subprocess.run(call, check=True, capture_output=True)
                call = ["git", "-C", str(self.work), "checkout", "--quiet", "--detach", ref]
                subprocess.run(call, check=True, capture_output=True)
            case "actions/upload-artifact":
                for kept in ("plan.json", "results"):
                    _copy(self.work / kept, self.artifacts / kept)
            case "actions/download-artifact":
                _copy(self.artifacts / "plan.json", self.work.parent / "temp/plan/plan.json")
                _copy(self.artifacts / "results", self.work / "results")
            case "$/.github/actions/install" | "actions/setup-python":
                pass
            case "actions/configure-pages" | "actions/upload-pages-artifact":
                pass
            case _:
                raise ValueError(f"nothing stands in for {name}")
        return subprocess.CompletedProcess([], 0, "", "")

    def _run(self, step: Step, summary: Path) -> "subprocess.CompletedProcess[str]":
        if _INSTALL.fullmatch(step.run):
            # This machine has it.
            return subprocess.CompletedProcess([], 0, "", "")
        return self._shell(step, summary)

    def _shell(self, step: Step, summary: Path) -> "subprocess.CompletedProcess[str]":
        given = {name: _EXPRESSION.sub(lambda found: self.values[found[1]], text) for name, text in step.env.items()}
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(self.work.parent),
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_STEP_SUMMARY": str(summary),
            "GITHUB_OUTPUT": str(self.work.parent / "outputs"),
            "RUNNER_TEMP": str(self.work.parent / "temp"),
            **self.environment,
            **given,
        }
        assert "${{" not in step.run, "an expression in a script is code that others can write"
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step.run],
            cwd=self.work,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)
