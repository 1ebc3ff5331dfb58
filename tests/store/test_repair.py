"""Damaged logs: what is wrong is named, and what is intact is kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalc.store.errors import LogInUse, NoRun
from evalc.store.open import hold_log
from evalc.store.read import read_run
from evalc.store.upkeep.repair import repair_log
from evalc.store.upkeep.verify import verify_log
from tests.store.logged import CONTEXT, RUN, add, content_of, ends_of, resume_log, write_run


def damage(folder: Path, line: int) -> None:
    """Change a byte in the middle of a line, counted from 1."""
    lines = content_of(folder).splitlines(keepends=True)
    text = bytearray(lines[line - 1])
    text[len(text) // 2] ^= 1
    lines[line - 1] = bytes(text)
    (folder / "events.jsonl").write_bytes(b"".join(lines))


def test_a_whole_log_adds_up(tmp_path: Path) -> None:
    """Planned is the sum of the outcomes, and what was not asked yet is known."""
    found = verify_log(write_run(tmp_path, RUN.results[:5]))

    assert ((), False, False) == (found.findings, found.is_damaged, found.is_finished)
    assert (6, 1, {"passed": 3, "failed": 2}) == (found.planned, found.unasked, dict(found.outcomes))
    assert 6 + 5 == found.records


def test_damaged_records_are_named_by_line_and_byte(tmp_path: Path) -> None:
    """Whoever looks into the file finds the place."""
    folder = write_run(tmp_path, RUN.results, ends=True)
    starts = ends_of(content_of(folder))
    damage(folder, 8)
    damage(folder, 10)
    found = verify_log(folder)

    assert [(8, starts[1]), (10, starts[3])] == [(finding.line, finding.offset) for finding in found.findings]
    assert f"line 8 (from byte {starts[1]} on) is not as it was written" == found.findings[0].message
    assert (True, 2) == (found.is_damaged, found.unasked)


def test_a_record_that_is_gone_as_a_whole_is_missed(tmp_path: Path) -> None:
    """No checksum of a line can tell that another line was there; the count at the end does."""
    folder = write_run(tmp_path, RUN.results, ends=True)
    lines = content_of(folder).splitlines(keepends=True)
    (folder / "events.jsonl").write_bytes(b"".join(lines[:7] + lines[8:]))
    found = verify_log(folder)

    assert ["lost-record"] == [finding.kind for finding in found.findings]
    assert "says that there are 6 results, and 5 stand before it" in found.findings[0].message
    assert (True, False) == (found.is_damaged, found.is_finished)


def test_a_repaired_log_goes_on(tmp_path: Path) -> None:
    """The lost result is asked again, everything else stays, and the damaged log can still be looked at."""
    folder = write_run(tmp_path, RUN.results, ends=True)
    damage(folder, 8)
    damaged = content_of(folder)
    repair = repair_log(folder, context=CONTEXT)
    with resume_log(folder) as log:
        left = [trial.id for trial in log.run.work.plan().trials]
        add(log, [RUN.results[1]])
        log.finish("complete")
    read, findings = read_run(folder)

    assert [RUN.results[1].trial.id] == left == [dropped.trial_id for dropped in repair.dropped]
    assert (RUN.results, ()) == (read.results, findings)
    assert read.finished_at
    assert repair.original is not None
    assert damaged == repair.original.read_bytes()


@given(places=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 7)), min_size=1, max_size=4))
def test_no_intact_record_is_lost(tmp_path_factory: pytest.TempPathFactory, places: list[tuple[float, int]]) -> None:
    """Whatever bits flipped behind the plan: each line that is as it was written is in the repaired log."""
    folder = write_run(tmp_path_factory.mktemp("run"), RUN.results, ends=True)
    before = content_of(folder)
    start = ends_of(before)[0]
    content = bytearray(before)
    for at, bit in places:
        content[start + int(at * (len(content) - start))] ^= 1 << bit
    (folder / "events.jsonl").write_bytes(content)
    intact = [line for line in before.splitlines(keepends=True) if line in bytes(content).splitlines(keepends=True)]
    repair = repair_log(folder, context=CONTEXT)

    is_changed = bytes(content) != before
    lines = content_of(folder).splitlines(keepends=True)

    assert intact == (lines[:-1] if is_changed else lines)
    assert () == verify_log(folder).findings
    assert is_changed == bool(repair.dropped)
    with hold_log(folder):
        pass


def test_a_sound_log_is_left_alone(tmp_path: Path) -> None:
    """A repair may be run on suspicion."""
    folder = write_run(tmp_path, RUN.results)
    before = content_of(folder)
    repair = repair_log(folder, context=CONTEXT)

    assert (None, ()) == (repair.original, repair.dropped)
    assert before == content_of(folder)
    assert ["events.jsonl"] == [path.name for path in folder.iterdir()]


def test_a_plan_that_is_damaged_is_not_guessed(tmp_path: Path) -> None:
    """Without a case nobody can say what its results mean, so the log stays as it is for a person to look at."""
    folder = write_run(tmp_path, RUN.results)
    damage(folder, 3)
    before = content_of(folder)

    with pytest.raises(NoRun, match=r"its plan is damaged: line 3 \(from byte \d+ on\)"):
        verify_log(folder)
    with pytest.raises(NoRun, match=r"its plan is damaged: line 3 \(from byte \d+ on\)"):
        repair_log(folder, context=CONTEXT)
    assert before == content_of(folder)


def test_a_log_that_is_written_to_is_not_repaired(tmp_path: Path) -> None:
    """The writer would go on in the file that was put aside."""
    folder = write_run(tmp_path, RUN.results[:2])
    with resume_log(folder), pytest.raises(LogInUse):
        repair_log(folder, context=CONTEXT)


def test_a_repair_that_was_killed_is_begun_anew(tmp_path: Path) -> None:
    """What it left must not stand in the way."""
    folder = write_run(tmp_path, RUN.results)
    damage(folder, 9)
    (folder / "events.jsonl.repairing").write_text("half")
    repair = repair_log(folder, context=CONTEXT)

    assert 1 == len(repair.dropped)
    assert {"events.jsonl", "events.jsonl.damaged-1"} == {path.name for path in folder.iterdir()}
