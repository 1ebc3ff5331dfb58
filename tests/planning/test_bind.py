"""Targets opened as the policy binds them."""

import re
from pathlib import Path

import pytest

from evalc.model.catalog import Catalog
from evalc.model.plan import Plan
from evalc.model.settings import Policy, RunSettings
from evalc.planning.bind import open_targets
from evalc.planning.plan import make_plan
from evalc.planning.policy.read import read_policy
from evalc.targets.contract import TargetError
from tests.builders import make_case, make_eval

POLICY = """
[targets.local]
type = "openai"
base_url = "http://127.0.0.1:8000/v1"
model = "m-1"
key = "LOCAL_KEY"

[targets.good]
type = "scripted"

[judges.good]
type = "scripted"
"""


def planned(folder: Path, text: str = POLICY) -> tuple[Plan, Policy]:
    """The plan for all targets of a policy, and the policy."""
    (folder / "evalc.toml").write_text(text)
    policy, findings = read_policy(folder / "evalc.toml")
    settings = RunSettings(targets=tuple(binding.name for binding in policy.targets), judge="good")
    plan, more = make_plan(Catalog(evals=(make_eval([make_case("france")]),)), policy, settings=settings)
    assert not findings
    assert not more
    return plan, policy


def test_everybody_who_is_asked_is_opened(tmp_path: Path) -> None:
    """A judge may have the name of a target and be somebody else."""
    plan, policy = planned(tmp_path)
    opened, scrubber = open_targets(plan, policy, secret={"LOCAL_KEY": "k-12345678"}.get)

    assert ["local", "good"] == list(opened.targets)
    assert 1 == len(opened.judges)
    assert opened.judges[0] is not opened.targets["good"]
    assert "[secret LOCAL_KEY]" == scrubber.scrub("k-12345678")


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "LOCAL_KEY, which is not set"), ("short", "LOCAL_KEY has less than 8 characters")],
)
def test_a_key_that_cannot_be_used_is_said_at_once(value: str | None, words: str, tmp_path: Path) -> None:
    """A short value would be struck out of every text that happens to hold it."""
    plan, policy = planned(tmp_path)

    with pytest.raises(TargetError, match=words):
        open_targets(plan, policy, secret=lambda name: value)


@pytest.mark.parametrize(
    ("before", "after"),
    [('model = "m-1"', 'model = "m-2"'), ("[targets.local]", "[targets.remote]"), ("127.0.0.1", "127.0.0.2")],
)
def test_a_run_goes_on_with_the_same_targets_only(before: str, after: str, tmp_path: Path) -> None:
    """Answers of two models under one name would be compared with nobody noticing."""
    plan, _ = planned(tmp_path)
    _, changed = planned(tmp_path, POLICY.replace(before, after))
    words = f"`local` is not set in {re.escape(changed.path)} as it was when this run began"

    with pytest.raises(TargetError, match=words):
        open_targets(plan, changed, secret={"LOCAL_KEY": "k-12345678"}.get)


def test_a_run_goes_on_with_another_key(tmp_path: Path) -> None:
    """Keys are renewed, and answers do not depend on them."""
    plan, _ = planned(tmp_path)
    _, renewed = planned(tmp_path, POLICY.replace("LOCAL_KEY", "NEW_KEY"))

    assert "local" in open_targets(plan, renewed, secret={"NEW_KEY": "k-12345678"}.get)[0].targets
