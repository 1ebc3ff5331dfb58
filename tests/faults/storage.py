"""The rows of the fault matrix that come from disks, processes and terminals."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count, pairwise
from pathlib import Path
from shutil import copytree
from zlib import crc32

import pytest

from evalc.base.scrub import Scrubber
from evalc.model.result import TrialResult
from evalc.store.errors import CannotWrite, DamagedLog, LogInUse, NewerLog, NoRun
from evalc.store.log import LogContext
from evalc.store.open import create_log, hold_log
from evalc.store.read import list_runs, read_run
from evalc.store.upkeep.verify import verify_log
from tests.faults.processes import (
    KEEPING,
    PLAN,
    RUN,
    go_on,
    make_workspace,
    ran,
    run_until_dead,
    started,
    wait_for_results,
    whole_log,
)
from tests.store.test_versions import LOGS


@dataclass(frozen=True)
class Row:
    """A fault, what evalc does about it, and how that shows; `fault` and `does` are a row of a table in the guide."""

    fault: str
    does: str
    shown: Callable[[Path], None]


def _die_at(folder: Path, sizes: list[int]) -> None:
    for number, size in enumerate(sizes):
        results = folder / str(number)
        told = run_until_dead(results, most_bytes=size)
        (run,) = list_runs(results)
        try:
            before, _ = read_run(run)
        except NoRun:
            assert [] == told
            continue
        finished = {result.trial.id for result in before.results}
        after, asked = go_on(run)

        assert set(told) <= finished
        assert [trial.id for trial in PLAN.trials] == [result.trial.id for result in after.results]
        assert len(PLAN.trials) - len(finished) == len(asked)
        assert before.results == tuple(result for result in after.results if result.trial.id in finished)


def _killed_between_records(folder: Path) -> None:
    content = whole_log(folder / "whole")
    _die_at(folder, [at + 1 for at, byte in enumerate(content) if byte == ord("\n")])


def _killed_within_records(folder: Path) -> None:
    content = whole_log(folder / "whole")
    ends = [0, *(at + 1 for at, byte in enumerate(content) if byte == ord("\n"))]
    _die_at(folder, [start + (end - start) // 2 for start, end in pairwise(ends)])


def _killed_from_outside(folder: Path) -> None:
    make_workspace(folder, latency_s=0.2)
    with started(folder, *RUN, "--repeat", "6", "--concurrency", "1") as process:
        run = wait_for_results(folder, 2)
        process.kill()
    before = {result.trial.id for result in read_run(run)[0].results}
    code, said = ran(folder, "run", "--resume")

    assert 2 <= len(before) < 12
    assert (0, True) == (code, "2 of 2" in said), said
    assert before < {result.trial.id for result in read_run(run)[0].results}
    assert () == verify_log(run).findings


def _disk_full(folder: Path) -> None:
    make_workspace(folder)
    code, said = ran(folder, *RUN, "--repeat", "20", most_bytes=24_000)
    (run,) = list_runs(folder / "results")
    after, more = ran(folder, "run", "--resume")

    assert (5, True) == (code, "results that were shown are kept" in said), said
    assert (0, 40) == (after, len(read_run(run)[0].results)), more


def _disk_full_for_the_plan(folder: Path) -> None:
    make_workspace(folder)
    code, said = ran(folder, *RUN, most_bytes=1000)
    after, more = ran(folder, "run", "--resume")

    assert (5, True) == (code, "cannot be written" in said), said
    assert (5, True) == (after, "holds no run" in more), more


def _no_place(folder: Path) -> None:
    make_workspace(folder)
    code, said = ran(folder, *RUN, "--results", "/dev/null/results")

    assert (5, True) == (code, "/dev/null/results" in said and "not a directory" in said), said


def _torn(folder: Path) -> None:
    content = whole_log(folder / "whole")
    (run,) = list_runs(folder / "whole")
    (run / "events.jsonl").write_bytes(content[: content.rindex(b'{"kind":"result"') + 50])
    after, asked = go_on(run)

    assert 1 == len(asked)
    assert len(PLAN.trials) == len(after.results)
    assert b'{"kind":"result"' in (run / "events.jsonl.torn-1").read_bytes()


def _flipped(folder: Path) -> None:
    content = whole_log(folder / "whole")
    (run,) = list_runs(folder / "whole")
    results = read_run(run)[0].results
    plan_end = content.index(b'{"kind":"result"')
    for place in chain(range(0, plan_end, 97), range(plan_end, len(content), 11)):
        changed = bytearray(content)
        changed[place] ^= 1 << place % 8
        (run / "events.jsonl").write_bytes(changed)
        if place < plan_end:
            with pytest.raises(NoRun):
                verify_log(run)
            continue
        line = content[:place].count(b"\n") + 1

        assert line in [finding.line for finding in verify_log(run).findings]
        assert set(read_run(run)[0].results) < set(results) or b"finished" in content.splitlines()[line - 1]


def _damaged_in_the_middle(folder: Path) -> None:
    content = whole_log(folder / "whole")
    (run,) = list_runs(folder / "whole")
    (run / "events.jsonl").write_bytes(content.replace(b'"text":"Yes."', b'"text":"Yes!"', 1))

    with pytest.raises(DamagedLog, match="evalc repair"):
        hold_log(run)


def _two_writers(folder: Path) -> None:
    make_workspace(folder, latency_s=0.2)
    with started(folder, *RUN, "--repeat", "20", "--concurrency", "1") as process:
        run = wait_for_results(folder, 1)
        code, said = ran(folder, "run", "--resume")
        with pytest.raises(LogInUse):
            hold_log(run)
        process.kill()

    assert (5, True) == (code, "another evalc is writing to" in said), said


def _two_runs(folder: Path) -> None:
    make_workspace(folder)
    with started(folder, *RUN) as first, started(folder, *RUN) as second:
        first.communicate(timeout=120)
        second.communicate(timeout=120)
    runs = list_runs(folder / "results")

    assert [(0, 2), (0, 2)] == [(first.returncode, len(read_run(run)[0].results)) for run in runs]


def _clock_jumps(folder: Path) -> None:
    steps = count()
    start = datetime(2026, 3, 4, tzinfo=UTC)
    jumping = LogContext(Scrubber({}), utc=lambda: start + timedelta(days=(-1) ** next(steps) * 400))
    with create_log(folder, PLAN, context=jumping) as log:
        for trial in PLAN.trials[:3]:
            log.write(TrialResult(trial=trial, outcome="passed"))
    after, asked = go_on(log.folder)

    assert 3 == len(asked)
    assert [trial.id for trial in PLAN.trials] == [result.trial.id for result in after.results]


def _signalled(folder: Path, *numbers: signal.Signals) -> tuple[int, str, float]:
    make_workspace(folder, latency_s=1.5)
    with started(folder, *RUN, "--repeat", "4", "--concurrency", "1") as process:
        wait_for_results(folder, 1)
        at = time.monotonic()
        for number in numbers:
            process.send_signal(number)
            time.sleep(0.2)
        out, err = process.communicate(timeout=60)
    (run,) = list_runs(folder / "results")
    assert not verify_log(run).is_damaged
    return process.returncode, out + err, time.monotonic() - at


def _interrupted_once(folder: Path) -> None:
    code, said, _ = _signalled(folder, signal.SIGINT)
    run = list_runs(folder / "results")[0]
    results = len(read_run(run)[0].results)

    assert (130, True) == (code, "finishing what is under way" in said), said
    assert f"the rest: evalc run --resume {run.name}" in said
    assert 2 <= results < 8


def _interrupted_twice(folder: Path) -> None:
    code, said, _ = _signalled(folder, signal.SIGINT, signal.SIGINT)

    assert (130, True) == (code, "--resume" in said), said


def _terminated(folder: Path) -> None:
    for name, number in (("term", signal.SIGTERM), ("hup", signal.SIGHUP)):
        code, said, _ = _signalled(folder / name, number)

        assert (130, True) == (code, "--resume" in said), said


def _deaf(folder: Path, *, stream: str) -> None:
    make_workspace(folder)
    (folder / "evalc.toml").write_text((folder / "evalc.toml").read_text().replace('"good"', '"bad"'))
    reading, writing = os.pipe()
    os.close(reading)
    with started(folder, *RUN, stdout=writing if stream == "stdout" else subprocess.DEVNULL) as process:
        os.close(writing)
        if stream == "stderr":
            assert process.stderr
            process.stderr.close()
            process.wait(timeout=60)
        else:
            process.communicate(timeout=60)
    (run,) = list_runs(folder / "results")

    assert 1 == process.returncode
    assert read_run(run)[0].finished_at


def _nobody_reads_the_output(folder: Path) -> None:
    _deaf(folder, stream="stdout")


def _nobody_reads_the_progress(folder: Path) -> None:
    _deaf(folder, stream="stderr")


def _no_terminal(folder: Path) -> None:
    make_workspace(folder)
    code, said = ran(folder, *RUN, environment={"TERM": ""})

    assert (0, True) == (code, "2 of 2: 2 passed" in said), said
    assert "\x1b" not in said


def _plain_locale(folder: Path) -> None:
    make_workspace(folder)
    plain = {"LANG": "C", "LC_ALL": "C"}
    for environment in (plain, {**plain, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        code, said = ran(folder, *RUN, environment=environment)

        assert (0, True) == (code, "2 of 2" in said), said


def _moved(folder: Path) -> None:
    make_workspace(folder / "here", latency_s=0.1)
    with started(folder / "here", *RUN, "--repeat", "4", "--concurrency", "1") as process:
        wait_for_results(folder / "here", 1)
        process.kill()
    copytree(folder / "here/results", folder / "there/results")
    (folder / "there/evalc.toml").write_text((folder / "here/evalc.toml").read_text())
    code, said = ran(folder / "there", "run", "--resume")

    assert (0, True) == (code, "2 of 2" in said), said


def _older(folder: Path) -> None:
    for path in LOGS.glob("*.jsonl"):
        run = folder / path.stem
        run.mkdir()
        (run / "events.jsonl").write_bytes(path.read_bytes())
        with hold_log(run) as held, held.resume(KEEPING) as log:
            for trial in held.work.plan().trials:
                log.write(TrialResult(trial=trial, outcome="passed"))

        went_on, findings = read_run(run)
        assert () == findings
        assert len(went_on.plan.trials) == len(went_on.results)


def _newer(folder: Path) -> None:
    content = whole_log(folder / "whole")
    (run,) = list_runs(folder / "whole")
    head, _, rest = content.partition(b"\n")
    body = head.rpartition(b',"crc"')[0].replace(b'"format_version":2', b'"format_version":99')
    (run / "events.jsonl").write_bytes(b'%s,"crc":"%08x"}\n' % (body, crc32(body)) + rest)

    with pytest.raises(NewerLog, match="use a later evalc"):
        read_run(run)


def _linked(folder: Path) -> None:
    whole_log(folder / "whole")
    (run,) = list_runs(folder / "whole")
    (run / "events.jsonl").rename(folder / "elsewhere")
    (run / "events.jsonl").symlink_to(folder / "elsewhere")

    with pytest.raises(CannotWrite):
        hold_log(run)


def _recordings_full(folder: Path) -> None:
    make_workspace(folder)
    code, said = ran(folder, *RUN, "--record", "--repeat", "30", most_bytes=9000)

    assert (5, True) == (code, "recordings" in said or "events.jsonl" in said), said


GROUPS = {
    "Kills": (
        Row("killed between two records, at each of them", "has every result that was shown, and asks only the rest",
            _killed_between_records),
        Row("killed in the middle of a record, in each of them", "puts the torn line aside, and asks its trial again",
            _killed_within_records),
        Row("`kill -9` from outside", "goes on with `--resume`; nothing counts twice", _killed_from_outside),
    ),
    "Disks": (
        Row("the disk is full", "stops asking at once, exit code 5; goes on when there is room", _disk_full),
        Row("the disk is full before the plan is written", "asks nobody, and says later that there is no run",
            _disk_full_for_the_plan),
        Row("the results cannot be written where they should be", "says so before anybody is asked", _no_place),
        Row("recordings do not fit on the disk", "stops, for the recording would be half of one", _recordings_full),
        Row("the last line is torn", "puts it aside as `events.jsonl.torn-1`, and asks its trial again", _torn),
        Row("a bit is flipped, anywhere", "finds the line and names it; its result never counts", _flipped),
        Row("a record in the middle is damaged", "does not go on before `evalc repair`", _damaged_in_the_middle),
        Row("a link in the place of the log", "writes nowhere", _linked),
        Row("a log of an older version", "is read, and goes on", _older),
        Row("a log of a later version", "is refused with its version, and not guessed at", _newer),
        Row("the run moves to another folder or machine", "goes on there; the specs are not needed", _moved),
    ),
    "Processes": (
        Row("two programs go on with one run", "refuses the second one, exit code 5", _two_writers),
        Row("two runs begin at once", "keeps them apart, each in a folder of its own", _two_runs),
        Row("the clock jumps back and forth", "loses and mixes up nothing", _clock_jumps),
        Row("Ctrl-C once", "begins nothing more, lets answers arrive for ten seconds at most, exit code 130",
            _interrupted_once),
        Row("Ctrl-C twice", "stops at once; the log is whole, exit code 130", _interrupted_twice),
        Row("SIGTERM, or the terminal is closed", "does as for Ctrl-C", _terminated),
    ),
    "Terminals": (
        Row("nobody reads standard output", "runs to its end with the exit code of its gates; the log has everything",
            _nobody_reads_the_output),
        Row("nobody reads standard error", "runs to its end without telling of progress", _nobody_reads_the_progress),
        Row("no terminal", "prints plain lines without colours", _no_terminal),
        Row("`LANG=C`", "runs, and shows what the encoding lacks as escapes", _plain_locale),
    ),
}  # fmt: skip
