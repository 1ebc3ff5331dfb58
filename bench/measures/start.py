"""How long a command takes on one spec, from a cold start of the process."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure import BARE_PYTHON, EVALC, Cost, Figure, interleave, run_command

_BARE = "python -c pass"
_SPEC = Path("specs/baseten/deployments-and-environments.evalc")


def measure() -> Iterator[Figure]:
    """The wall and CPU time of `evalc check` on one spec, cold and after it was checked, beside a bare Python."""
    with tempfile.TemporaryDirectory() as caches:
        cold = iter(range(1000))

        def check(cache: str) -> Cost:
            return run_command([*EVALC, "check", str(_SPEC)], environment={"XDG_CACHE_HOME": f"{caches}/{cache}"})

        check("warm")
        bare, checked, again, version = interleave(
            [
                lambda: run_command(BARE_PYTHON),
                lambda: check(f"cold-{next(cold)}"),
                lambda: check("warm"),
                lambda: run_command([*EVALC, "--version"]),
            ],
            rounds=11,
        )
    yield Figure("evalc check, one spec, nothing kept, wall", checked.wall_s, "s", _BARE, bare.wall_s, target=0.3)
    yield Figure("evalc check, one spec, nothing kept, CPU", checked.cpu_s, "s", _BARE, bare.cpu_s, target=0.15)
    yield Figure("evalc check, one unchanged spec, wall", again.wall_s, "s", _BARE, bare.wall_s, target=0.15)
    yield Figure(
        "evalc check, one unchanged spec, CPU", again.cpu_s, "s", _BARE, bare.cpu_s, target=3, target_of="ratio"
    )
    yield Figure("evalc --version, CPU", version.cpu_s, "s", _BARE, bare.cpu_s)
