"""The pages of findings that other tests do not try: those about the words of checks, and about policies and runs."""

import shlex
from pathlib import Path

import pytest

from evalc.base.diagnostic import Code
from evalc.planning.policy.read import read_policy
from evalc.reference.findings import code_groups
from tests.checks.clauses import reading_of
from tests.phases.planning import make

CODES = {group.room: group.codes for group in code_groups() if group.room in ("checks", "planning")}
# Their texts are right, and something else lacks: a file beside the spec, the policy itself.
ELSEWHERE = frozenset({"bad-schema", "unreadable-policy"})

POLICY = '[targets.good]\ntype = "scripted"\n\n[judges.scripted]\ntype = "scripted"\n'


def found_in(text: str, folder: Path, *, case: str) -> set[str]:
    """What is found in a policy, or by a command of a workspace with a target `good` and a judge `scripted`."""
    if text.startswith("evalc "):
        command = shlex.join(shlex.split(text, comments=True))
        sections = {"evalc.toml": POLICY, "cases": f"{case}\n", "command": command}
        made = make(sections, folder).get("diagnostics", "")
        return {line.partition("[")[2].partition("]")[0] for line in made.splitlines() if line.startswith("error[")}
    (folder / "evalc.toml").write_text(text, encoding="utf-8")
    return {finding.code.name for finding in read_policy(folder / "evalc.toml")[1]}


@pytest.mark.parametrize("code", [code for code in CODES["checks"] if code.name not in ELSEWHERE], ids=lambda x: x.name)
def test_pages_about_checks_show_the_mistake_and_its_cure(code: Code) -> None:
    """A page whose example shows something else teaches the wrong thing."""
    assert [code.name] == [mistake.code.name for mistake in reading_of(code.wrong).mistakes]
    assert () == reading_of(code.right).mistakes


@pytest.mark.parametrize(
    "code", [code for code in CODES["planning"] if code.name not in ELSEWHERE], ids=lambda x: x.name
)
def test_pages_about_policies_and_runs_show_the_mistake_and_its_cure(code: Code, tmp_path: Path) -> None:
    """The first thing that a reader does is to copy what stands below `Right`."""
    case = "baseten/chains/one judged" if code.name == "no-judge" else "baseten/chains/one"

    assert {code.name} == found_in(code.wrong, tmp_path, case=case)
    assert set() == found_in(code.right, tmp_path, case=case)
