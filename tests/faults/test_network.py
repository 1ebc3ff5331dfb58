"""The fault matrix of the network: each row states what must happen, and is a run in which it does."""

from pathlib import Path

import pytest

from tests.faults.matrix import KEY, Played, Row, play
from tests.faults.network import GROUPS, YES
from tests.house.modules import ROOT
from tests.servers.loopback import Status, in_turn

ROWS = [pytest.param(row, id=f"{group}: {row.fault}") for group, rows in GROUPS.items() for row in rows]
PAGE = ROOT / "site" / "docs" / "faults.md"


def said(played: Played) -> str:
    """All that the run says about what went wrong."""
    result = played.result
    faults = [result.fault.message] if result and result.fault else []
    reasons = [check.reason for check in result.checks if check.outcome != "passed"] if result else []
    return "\n".join([played.reason, *faults, *reasons])


@pytest.mark.parametrize("row", ROWS)
def test_each_fault_ends_as_the_matrix_says(row: Row, tmp_path: Path) -> None:
    """A fault of the world is never a pass or a fail, is told in words that help, and costs no more than it must."""
    played = play(row, tmp_path)

    assert row.outcome == (played.result.outcome if played.result else None), said(played)
    assert row.calls == len(played.calls)
    assert row.says in said(played)
    if row.kind and played.result:
        assert played.result.fault
        assert row.kind == played.result.fault.kind
    assert ("complete" if played.result else "stopped") == played.ending
    assert row.waits_s == pytest.approx(played.waited_s, abs=1 if row.waits_s > 2 else 0.01)


@pytest.mark.parametrize("row", ROWS)
def test_the_key_goes_to_its_server_and_nowhere_else(row: Row, tmp_path: Path) -> None:
    """It is in each call to the address of the policy, in no other one, and in nothing that is written."""
    played = play(row, tmp_path)

    assert {"/v1/chat/completions"} >= {call.path for call in played.calls}
    assert {f"Bearer {KEY}"} >= {call.headers["authorization"] for call in played.calls}
    assert KEY.encode() not in played.written
    assert not any("cookie" in call.headers for call in played.calls)


def test_the_guide_has_the_rows_of_the_matrix() -> None:
    """What the guide says that evalc does is what a test has seen it do."""
    shown = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    expected = []
    for group, rows in GROUPS.items():
        expected.append(f"| {group.lower()} | evalc |")
        expected += [f"| {row.fault} | {row.does} |" for row in rows]

    assert expected == [line for line in shown if not line.startswith("| ---")]


def test_a_row_that_would_end_otherwise_is_seen(tmp_path: Path) -> None:
    """A matrix in which every row passes whatever happens would show nothing."""
    wrong = Row("500 once", "is not asked again", in_turn(Status(500), YES), outcome="errored", calls=1)
    played = play(wrong, tmp_path)

    assert (wrong.outcome, wrong.calls) != (played.result.outcome if played.result else None, len(played.calls))
