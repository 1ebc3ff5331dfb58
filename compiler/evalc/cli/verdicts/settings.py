"""What `evalc gate` and `evalc bless` take from the policy."""

import sys
from argparse import Namespace
from pathlib import Path

from evalc.api.catalogs import find_policy
from evalc.base.render import render_text
from evalc.cli.console import wants_colour
from evalc.model.settings import GateSettings
from evalc.planning.policy.read import read_policy


def read_gate_settings(arguments: Namespace) -> tuple[GateSettings, Path] | None:
    """How the policy decides, and the folder of the baselines; None, after saying so, where the policy is wrong.

    Without a policy all is as it is by default, and the folder is beside where the command runs.
    """
    path = Path(arguments.policy) if arguments.policy else find_policy(Path.cwd())
    settings, start = GateSettings(), Path()
    if path is not None:
        policy, findings = read_policy(path)
        if findings:
            print(render_text(findings, colour=wants_colour(sys.stderr)), end="", file=sys.stderr)
        if findings.has_errors:
            return None
        settings, start = policy.gate, path.parent
    return settings, Path(arguments.baseline) if arguments.baseline else start / settings.baseline
