"""Policies: what is wrong with them, and what is kept of them."""

import json
from collections.abc import Mapping
from pathlib import Path

from evalc.base.render import render_text
from evalc.planning.policy.read import read_policy
from tests.text_cases import scrub, write_files

MAKES = ("diagnostics", "policy")


def make(sections: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What is found in `evalc.toml`, and what can be used of it all the same."""
    write_files(sections, folder)
    policy, findings = read_policy(folder / "evalc.toml")
    kept = policy.model_dump(mode="json", exclude={"folder", "path"}, exclude_defaults=True)
    made = {"policy": json.dumps(kept, indent=2)}
    if findings:
        made = {"diagnostics": render_text(findings, colour=False)} | made
    return {name: scrub(text, folder) for name, text in made.items()}
