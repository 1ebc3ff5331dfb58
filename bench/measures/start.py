"""How long a command takes on one spec, from a cold start of the process."""

from collections.abc import Iterator
from pathlib import Path

from bench.measure import BARE_PYTHON, EVALC, Figure, interleave, run_command

_SPEC = Path("specs/baseten/deployments-and-environments.evalc")


def measure() -> Iterator[Figure]:
    """The wall and CPU time of `evalc check` on one spec, beside a Python that does nothing."""
    bare, check, version = interleave(
        [
            lambda: run_command(BARE_PYTHON),
            lambda: run_command([*EVALC, "check", str(_SPEC)]),
            lambda: run_command([*EVALC, "--version"]),
        ],
        rounds=11,
    )
    yield Figure("evalc check, one spec, wall", check.wall_s, "s", "python -c pass", bare.wall_s, target=0.3)
    yield Figure("evalc check, one spec, CPU", check.cpu_s, "s", "python -c pass", bare.cpu_s, target=0.15)
    yield Figure("evalc --version, wall", version.wall_s, "s", "python -c pass", bare.wall_s)
