"""How figures are taken: interleaved with their baseline in one run, CPU time beside wall time, medians."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Literal


@dataclass(frozen=True)
class Cost:
    """What one run of something took, in seconds; memory is the peak of a whole process in MB, 0 where unknown.

    `asking_s` is the part from the first call to the last answer, as an endpoint saw it.
    """

    wall_s: float
    cpu_s: float
    memory_mb: float = 0.0
    asking_s: float = 0.0


@dataclass(frozen=True)
class Figure:
    """One measured figure with its baseline and target; a `ratio` target bounds value / baseline, the others value."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float = 0.0
    target: float | None = None
    target_of: Literal["value", "ratio"] = "value"

    @property
    def ratio(self) -> float | None:
        """The figure over its baseline."""
        return self.value / self.baseline_value if self.baseline_value else None

    def row(self) -> str:
        """The figure as a line of the table."""
        text = f"{self.name:<58} {self.value:9.3f} {self.unit:<4}"
        if self.ratio is not None:
            text += f" {self.ratio:7.2f} x {self.baseline} ({self.baseline_value:.3f})"
        if self.target is not None:
            found = self.ratio if self.target_of == "ratio" else self.value
            is_met = found is not None and found <= self.target
            unit = "x" if self.target_of == "ratio" else self.unit
            text += f"  target {self.target:g} {unit}: {'met' if is_met else 'MISSED'}"
        return text


def run_command(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
    folder: Path | None = None,
) -> Cost:
    """What a whole process takes from start to end, in a folder; `environment` is added to ours.

    Raises:
        RuntimeError: It ended with another code than those expected.
    """
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCH, *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        check=True,
    )
    wall_s, cpu_s, memory_kb, code = json.loads(done.stdout)
    if code not in codes:
        raise RuntimeError(f"{' '.join(arguments)} ended with {code}")
    return Cost(wall_s, cpu_s, memory_kb / 1024)


# The memory of a process counts as that of its child until the child has a program of its own, and this one may have
# read a lot by now: so a small one stands in between.
_LAUNCH = """
import json, os, subprocess, sys, time
started = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
wall_s = time.perf_counter() - started
print(json.dumps([wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""


def run_function(function: Callable[[], object]) -> Cost:
    """What a call takes in this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    function()
    return Cost(time.perf_counter() - wall, time.process_time() - cpu)


def interleave(contenders: Sequence[Callable[[], Cost]], *, rounds: int) -> list[Cost]:
    """The median cost of each contender; in each round all take their turn, so that noise meets all alike."""
    costs: list[list[Cost]] = [[] for _ in contenders]
    for _ in range(rounds):
        for kept, contender in zip(costs, contenders, strict=True):
            kept.append(contender())
    return [
        Cost(
            median(cost.wall_s for cost in kept),
            median(cost.cpu_s for cost in kept),
            median(cost.memory_mb for cost in kept),
            median(cost.asking_s for cost in kept),
        )
        for kept in costs
    ]


# A package that was installed has byte code beside its modules, and so has what is measured, also in a checkout that
# may write none.
_BYTE_CODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path("build/bench-bytecode").resolve())}

# lark uses interegular wherever it is installed, which takes longer than a whole check. It is a tool of our tests that
# no user of evalc has, so it is hidden from what is measured.
EVALC = (
    sys.executable,
    "-c",
    "import sys; sys.modules['interegular'] = None; from evalc.cli.main import main; sys.exit(main(sys.argv[1:]))",
)
# What a loss of power would take is not brought to disk: for what that costs, and no option that anybody has.
EVALC_UNSYNCED = (*EVALC[:2], f"import os; os.fdatasync = os.fsync = lambda file: None; {EVALC[2]}")
BARE_PYTHON = (sys.executable, "-c", "pass")
