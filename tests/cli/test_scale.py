"""Runs of many trials, and what of them is in memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

CASES = 5000
EVALS = 5
REPEATS = 2

# Called as a target, it notes now and then how many cases are in the memory of the run that calls it.
AGENT = """
import gc
from pathlib import Path

from evalc.model.catalog import Case

calls = 0


async def answer(question):
    global calls
    calls += 1
    if calls % 1000 == 0:
        cases = sum(isinstance(found, Case) for found in gc.get_objects())
        with Path(__file__).with_name("cases.txt").open("a") as file:
            file.write(f"{cases}\\n")
    return question["messages"][-1]["content"]
"""

SPEC = """\
vendor desk-{number}: Desk

eval words-{number}: Words
  for: desk-{number}
  category: Search
  version: 1.0.0

case word: {{{{id}}}}
  severity: low
  each: file "rows-{number}.jsonl"
  input:
    {{{{prompt}}}}
  must contain "{{{{word}}}}"
"""


def write_specs(folder: Path) -> None:
    """So many cases in some evals; one in a hundred fails."""
    folder.mkdir()
    for number in range(EVALS):
        (folder / f"words-{number}.evalc").write_text(SPEC.format(number=number))
        rows = (row(case) for case in range(number * CASES // EVALS, (number + 1) * CASES // EVALS))
        (folder / f"rows-{number}.jsonl").write_text("".join(json.dumps(found) + "\n" for found in rows))


def row(case: int) -> dict[str, str]:
    """A question of some length and the word that its echo has."""
    word = f"word-{case}"
    said = "never" if case % 100 == 99 else word
    return {"id": f"case-{case}", "prompt": f"Say {said}. {'The parcel was late. ' * 15}", "word": word}


def test_a_long_run_has_few_of_its_cases_in_memory(tmp_path: Path) -> None:
    """Only those under way and those that its end shows are, however many there are: the log has the others."""
    installed, work = tmp_path / "installed", tmp_path / "work"
    installed.mkdir()
    work.mkdir()
    write_specs(work / "specs")
    (work / "evalc.toml").write_text('[targets.echo]\ntype = "python"\nfunction = "echoing_agent:answer"\n')
    (installed / "echoing_agent.py").write_text(AGENT)
    command = [sys.executable, "-m", "evalc", "run", "--target", "echo", "--progress", "none", "--repeat", str(REPEATS)]
    path = os.pathsep.join((str(installed), *sys.path))
    environment = os.environ | {"PYTHONPATH": path, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True, check=False)
    counted = [int(line) for line in (installed / "cases.txt").read_text().splitlines()]

    assert 1 == done.returncode
    assert CASES * REPEATS // 1000 == len(counted)
    assert max(counted) < CASES // 10
    assert "desk-0/words-0  echo    990 of 1000  99%" in done.stdout
