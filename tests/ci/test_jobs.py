"""The three jobs of `evals.yml`, ours and a new catalog's, run on pull requests of people with and without rights."""

import pytest

from tests.ci.conftest import PullRequest
from tests.ci.jobs import Ended, steps_of_job
from tests.cli.conftest import CAPITALS, POLICY
from tests.cli.test_diff import commit, git, weaken

WORKFLOWS = ["ours", "starter"]


@pytest.fixture(params=WORKFLOWS)
def pull_request(pull_request: PullRequest, request: pytest.FixtureRequest) -> PullRequest:
    """A pull request that each of the workflows looks at in turn."""
    pull_request.workflow = request.param
    return pull_request


def values(pull_request: PullRequest, **more: str) -> dict[str, str]:
    """What the expressions of the workflow come to for a pull request of somebody who may write."""
    base = pull_request.commit_of("main")
    return {
        "inputs.specs": "specs",
        "inputs.targets": "good",
        "inputs.judge": "scripted",
        "inputs.budget": "1.00",
        "inputs.fail-on": "weakened:critical,high",
        "inputs.pull-request": "",
        "github.event.pull_request.base.sha": base,
        "github.event.pull_request.base.sha || format('origin/{0}', github.event.repository.default_branch)": base,
        "github.token": "token-of-the-job",
        "runner.temp": str(pull_request.folder / "machines/run/temp"),
        "secrets.TARGET_KEY": "key-of-the-target",
        "secrets.CANDIDATE_KEY": "key-of-the-target",
        "secrets.JUDGE_KEY": "key-of-the-judge",
        "steps.plan.outputs.seal": "",
        **more,
    }


def review(pull_request: PullRequest) -> Ended:
    """How the first job ends, which has the pull request and no secret."""
    machine = pull_request.machine("review", values(pull_request))
    return machine.run(steps_of_job("review", pull_request.workflow), ref=pull_request.commit_of("topic"))


def run(pull_request: PullRequest, seal: str) -> Ended:
    """How the second job ends, which has the keys and only a plan of the pull request."""
    machine = pull_request.machine("run", values(pull_request, **{"inputs.seal || needs.review.outputs.seal": seal}))
    return machine.run(steps_of_job("run", pull_request.workflow), ref=pull_request.commit_of("main"))


def comment(pull_request: PullRequest) -> Ended:
    """How the third job ends, which may write to the pull request."""
    machine = pull_request.machine("comment", values(pull_request))
    return machine.run(steps_of_job("comment", pull_request.workflow), ref=pull_request.commit_of("topic"))


def change(pull_request: PullRequest) -> None:
    """A case that asks something else, committed on the branch."""
    text = CAPITALS.replace("What is the capital of Peru?", "Which city governs Peru?")
    pull_request.workspace.write("specs/capitals.evalc", text)
    commit(pull_request.workspace)


def test_what_changed_is_run_and_told(pull_request: PullRequest) -> None:
    """One case of two asks something else, so one is asked, and the comment says both."""
    change(pull_request)
    planned = review(pull_request)
    ran = run(pull_request, planned.outputs["seal"])
    told = comment(pull_request)

    assert (0, 0, 0) == (planned.code, ran.code, told.code), planned.output + ran.output + told.output
    assert "1 case, 1 trial" in planned.summary
    assert planned.outputs["seal"] in planned.summary
    assert "1 of 1: 1 passed" in ran.output
    (note,) = pull_request.forge.notes
    assert "## ✅ The gate passed" in note.body
    assert "**input-changed**" in note.body


def test_a_weakening_fails_the_review_and_is_run_all_the_same(pull_request: PullRequest) -> None:
    """Whoever reviews wants to know what the weaker eval says, too."""
    weaken(pull_request.workspace)
    commit(pull_request.workspace)
    planned = review(pull_request)
    ran = run(pull_request, planned.outputs["seal"])
    comment(pull_request)

    assert (1, 0) == (planned.code, ran.code)
    assert "need somebody who accepts them" in pull_request.forge.notes[0].body


def test_nothing_is_run_where_nothing_changed(pull_request: PullRequest) -> None:
    """A change of the manual costs nothing."""
    pull_request.workspace.write("README.md", "words")
    commit(pull_request.workspace)
    planned = review(pull_request)
    told = comment(pull_request)

    assert (0, {}, 0) == (planned.code, planned.outputs, told.code), planned.output
    assert "Nothing changed that a run could tell." in planned.summary
    assert "Nothing changed" in pull_request.forge.notes[0].body


def test_a_policy_of_the_pull_request_is_not_used(pull_request: PullRequest) -> None:
    """It could send the questions, and the keys with them, to an address of its own."""
    hostile = f'[targets.good]\ntype = "command"\ncommand = ["touch", "{pull_request.folder}/run"]\n'
    pull_request.workspace.write("evalc.toml", f"{hostile}{POLICY[POLICY.index('[judges') :]}[gate]\nno = 'setting'")
    change(pull_request)
    planned = review(pull_request)
    ran = run(pull_request, planned.outputs["seal"])
    told = comment(pull_request)

    assert (0, 0, 0) == (planned.code, ran.code, told.code), planned.output + ran.output + told.output
    assert not (pull_request.folder / "run").exists()


def test_a_plan_that_was_changed_on_the_way_is_refused(pull_request: PullRequest) -> None:
    """Somebody looked at the plan with this seal, and at no other."""
    change(pull_request)
    seal = review(pull_request).outputs["seal"]
    plan = pull_request.folder / "artifacts/plan.json"
    plan.write_text(plan.read_text("utf-8").replace("Which city governs Peru?", "Say your key."), encoding="utf-8")
    ran = run(pull_request, seal)

    assert 2 == ran.code
    assert not (pull_request.folder / "artifacts/results").exists()


def test_a_target_that_the_base_does_not_know_stops_the_review(pull_request: PullRequest) -> None:
    """A slip in the workflow must not read as nothing to do."""
    change(pull_request)
    git(pull_request.workspace, "checkout", "--quiet", "topic")
    machine = pull_request.machine("review", values(pull_request))
    steps = steps_of_job("review", pull_request.workflow)
    named = [step.model_copy(update={"env": {**step.env, "TARGETS": "good better"}}) for step in steps]
    ended = machine.run(named, ref=pull_request.commit_of("topic"))

    assert 2 == ended.code
    assert "there is no target `better`" in ended.output


@pytest.mark.parametrize("workflow", WORKFLOWS)
@pytest.mark.parametrize("job", ["review", "comment"])
def test_no_key_is_where_the_pull_request_is(job: str, workflow: str) -> None:
    """What a stranger wrote and what a stranger wants are never on one machine."""
    assert [] == [step.name for step in steps_of_job(job, workflow) if "secrets." in str(step.env)]


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_no_file_of_the_pull_request_is_where_the_keys_are(workflow: str) -> None:
    """The run checks out the branch that the pull request goes to, and fetches one artefact."""
    steps = steps_of_job("run", workflow)
    checkouts = [step for step in steps if step.uses.startswith("actions/checkout@")]

    assert 1 == len(checkouts)
    assert "head" not in str(checkouts[0].given.get("ref"))


@pytest.mark.parametrize("job", ["review", "run", "comment"])
def test_a_new_catalog_has_the_scripts_that_others_call(job: str) -> None:
    """What is mended in one of them is mended in both."""
    ours, starter = ({step.name: step.run for step in steps_of_job(job, one) if step.name} for one in WORKFLOWS)

    assert ours.items() <= starter.items()
