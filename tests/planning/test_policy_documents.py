"""Policies that documents show, and this repository's own."""

import re
import tomllib
from pathlib import Path

import pytest

from evalc.planning.policy.read import read_policy
from tests.house.modules import ROOT, kept_files

_BLOCK = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)

SHOWN = [
    pytest.param(block, id=f"{name}-{number}")
    for name in kept_files()
    if name.startswith("site/docs/") and name.endswith(".md")
    for number, block in enumerate(_BLOCK.findall((ROOT / name).read_text("utf-8")), start=1)
]


@pytest.mark.parametrize("policy", [*SHOWN, pytest.param((ROOT / "evalc.toml").read_text("utf-8"), id="evalc.toml")])
def test_a_policy_that_is_shown_can_be_read(policy: str, tmp_path: Path) -> None:
    """People copy policies from documents and from the repository's own."""
    (tmp_path / "evalc.toml").write_text(policy)
    _, findings = read_policy(tmp_path / "evalc.toml")

    assert [] == [finding.message for finding in findings]
    assert tomllib.loads(policy)
