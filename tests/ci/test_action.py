"""The steps of `action.yml`, run on pull requests of people with and without the right to write."""

import pytest

from tests.ci.conftest import PullRequest
from tests.ci.jobs import Ended, Step, defaults_of_action, steps_of_action
from tests.cli.conftest import CAPITALS
from tests.cli.test_diff import commit, weaken

CHECKOUT = Step(uses="actions/checkout@0000000000000000000000000000000000000000")


def review(pull_request: PullRequest, **inputs: str) -> Ended:
    """How a job ends that checks out the pull request and uses the action."""
    values = {
        **defaults_of_action(),
        "inputs.base": pull_request.commit_of("main"),
        "inputs.token": "token-of-the-job",
        "github.action_path": "/nowhere",
        **{f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()},
    }
    machine = pull_request.machine("review", values)
    return machine.run([CHECKOUT, *steps_of_action()], ref=pull_request.commit_of("topic"))


def test_a_weakening_is_told_and_refused(pull_request: PullRequest) -> None:
    """The comment has to be there above all when the job fails."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)
    ended = review(pull_request)

    assert 1 == ended.code, ended.output
    assert "::error file=specs/capitals.evalc,line=" in ended.output
    (note,) = pull_request.forge.notes
    assert "**check-loosened**" in note.body
    assert "need somebody who accepts them" in note.body


def test_a_harmless_change_passes_and_renews_the_comment(pull_request: PullRequest) -> None:
    """A second push mends what the first one weakened."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)
    review(pull_request)
    pull_request.workspace.write("specs/capitals.evalc", CAPITALS.replace("Peru\n", "The capital of Peru\n", 1))
    commit(pull_request.workspace)
    ended = review(pull_request)

    assert 0 == ended.code, ended.output
    (note,) = pull_request.forge.notes
    assert "**1 neutral**" in note.body
    assert "weakened" not in note.body


def test_a_fork_gets_the_same_answer_without_a_comment(pull_request: PullRequest) -> None:
    """Its token may only read; the notes, the exit code and the summary say it all."""
    pull_request.forge.failures = [403]
    weaken(pull_request.workspace)
    commit(pull_request.workspace)
    ended = review(pull_request)

    assert 1 == ended.code
    assert [] == pull_request.forge.notes
    assert "**check-loosened**" in ended.summary


def test_a_label_of_maintainers_takes_all_weakenings(pull_request: PullRequest) -> None:
    """Some changes are meant, and nobody wants a line in each case for it."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)

    mark = pull_request.folder / "never"

    assert 0 == review(pull_request, accept=f"label; $(touch {mark}) `touch {mark}`").code
    assert not mark.exists()


@pytest.mark.parametrize(("fail_on", "code"), [("none", 0), ("weakened:low", 0), ("any", 1)])
def test_what_is_refused_is_for_the_workflow_to_say(pull_request: PullRequest, fail_on: str, code: int) -> None:
    """Nothing in the pull request changes it."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)

    assert code == review(pull_request, fail_on=fail_on).code


def test_a_mistake_is_shown_at_its_line(pull_request: PullRequest) -> None:
    """A spec that cannot be read cannot be reviewed either."""
    pull_request.workspace.write("specs/capitals.evalc", CAPITALS.replace("must contain", "must contains", 1))
    commit(pull_request.workspace)
    ended = review(pull_request)

    assert 2 == ended.code
    assert "::error file=specs/capitals.evalc,line=16," in ended.output


def test_without_a_comment_nobody_is_asked(pull_request: PullRequest) -> None:
    """A workflow that may only read says so."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)
    review(pull_request, comment="false")

    assert [] == pull_request.forge.requests


def test_no_program_of_the_pull_request_is_run(pull_request: PullRequest) -> None:
    """Specs are data; so is all that lies beside them."""
    marks = pull_request.folder / "run"
    hostile = f"open({str(marks)!r}, 'w').write('run')"
    for name in ("sitecustomize.py", "conftest.py", "setup.py", "json.py", "evalc.py", "evalc/__init__.py"):
        pull_request.workspace.write(name, hostile)
    pull_request.workspace.write("evalc.toml", f'[targets.good]\ntype = "command"\ncommand = ["touch", "{marks}"]\n')
    pull_request.workspace.write(".gitattributes", "*.evalc diff=run filter=run\n")
    commit(pull_request.workspace)
    ended = review(pull_request)

    assert 0 == ended.code, ended.output
    assert not marks.exists()
