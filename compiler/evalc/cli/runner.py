"""What a compiled `runner.py` calls."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path

from evalc.cli import exit
from evalc.cli.runs.planned import plan_work
from evalc.cli.runs.running import add_run_options, run_new
from evalc.model.catalog import Catalog, Spec


def run_compiled(spec_path: Path, *, fingerprint: str, arguments: Sequence[str]) -> int:
    """The exit code of one run of a compiled eval.

    Args:
        fingerprint: That of the eval which the runner was made for; another spec beside it is refused.
    """
    from pydantic import ValidationError

    parser = ArgumentParser(prog="runner.py", allow_abbrev=False)
    add_run_options(parser)
    parsed = parser.parse_args(arguments)
    try:
        spec = Spec.model_validate_json(spec_path.read_bytes())
    except (OSError, ValidationError) as error:
        print(f"runner.py: {spec_path} holds no spec of this version: {error}", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    if spec.eval.fingerprint != fingerprint:
        print(f"runner.py: {spec_path} is another version of the eval; `evalc compile` makes both", file=sys.stderr)
        return exit.WRONG_SPEC_OR_COMMAND
    catalog = Catalog(vendors=(spec.vendor,), evals=(spec.eval,))
    return run_new(lambda: plan_work(catalog, parsed), parsed)
