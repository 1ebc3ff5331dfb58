"""`evalc review`, on a terminal and in a browser."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from tests.cli.conftest import CAPITALS, POLICY, Workspace

SPECS = CAPITALS.replace("severity: high", "severity: critical").replace(
    "It is Lyon.", "It is <script>alert(1)</script> Lyon."
)
NO = '[judges.no]\ntype = "scripted"\nfile = "no.jsonl"\n'


@pytest.fixture
def run(workspace: Workspace) -> Path:
    """The folder of a run in which a critical case fails, and a judge is at odds with the code."""
    workspace.write("specs/capitals.evalc", SPECS)
    bad = '[targets.flawed]\ntype = "scripted"\nbad = ["*/france"]\n'
    workspace.write("no.jsonl", '{"criterion": "claim", "verdict": "not-met", "reason": "It names two."}\n')
    workspace.write("evalc.toml", POLICY + NO + bad)
    workspace.evalc("run", "--target", "flawed", "--judge", "no")
    (log,) = workspace.folder.glob("results/*/events.jsonl")
    return log.parent


def answer(workspace: Workspace, *arguments: str, says: str) -> "subprocess.CompletedProcess[str]":
    """`evalc review` with somebody at the keyboard."""
    command = [sys.executable, "-m", "evalc", "review", *arguments]
    return subprocess.run(command, cwd=workspace.folder, input=says, capture_output=True, text=True, timeout=120)


def verdicts(folder: Path) -> list[Mapping[str, str]]:
    """What people said, as it is kept."""
    path = folder / "people.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_what_a_person_should_see_is_listed_the_worst_first(workspace: Workspace, run: Path) -> None:
    """Of ten thousand results the few that need a person have to be found by somebody else."""
    listed = workspace.evalc("review", "--list")

    assert 0 == listed.returncode, listed.stderr
    lines = listed.stdout.splitlines()
    assert "flawed:atlas/capitals/france@1 names-paris (critical)  failed" == lines[0]
    assert "    failed in a critical case" == lines[1]
    assert "flawed:atlas/capitals/peru@1 names-one (low)  failed" == lines[2]
    assert "    failed, and every check by code passed" == lines[3]
    assert lines[-1].startswith("2 flagged in ")


def test_a_verdict_has_a_name_and_a_reason_and_is_shown(workspace: Workspace, run: Path) -> None:
    """An override that nobody sees is a result that was changed."""
    ended = answer(workspace, "--by", "Ann", says="s\nwhat\np\n\nLima is the only one.\n")
    gated = workspace.evalc("gate")
    listed = workspace.evalc("review", "--list")

    assert 0 == ended.returncode, ended.stderr
    assert "1 verdict kept" in ended.stdout
    (said,) = verdicts(run)
    assert ("Ann", "passed", "names-one", "Lima is the only one.") == (
        said["by"],
        said["verdict"],
        said["check"],
        said["reason"],
    )
    assert "Ann says of names-one in flawed:atlas/capitals/peru@1: passed, for Lima is the only one." in gated.stdout
    assert "Ann says passed: Lima is the only one." in listed.stdout
    assert "names-one (low)  failed" in listed.stdout


def test_a_verdict_feeds_the_calibration_of_the_judge(workspace: Workspace, run: Path) -> None:
    """Where people and the judge differ on real answers is what a calibration is for."""
    answer(workspace, "--by", "Ann", says="s\np\nLima is the only one.\n")
    measured = workspace.evalc("calibrate", "--judge", "no")

    assert "Ann atlas/capitals/peru#names-one: people say passed, the judge failed: It names two." in measured.stdout


def test_verdicts_of_two_people_are_kept_side_by_side(workspace: Workspace, run: Path) -> None:
    """They may differ, and that is worth knowing."""
    answer(workspace, "--by", "Ann", says="p\nIt is fine.\nq\n")
    answer(workspace, "--by", "Bo", says="f\nIt is not.\nq\n")
    lines = (run / "people.jsonl").read_text("utf-8").splitlines()

    assert {("Ann", "passed"), ("Bo", "failed")} == {(said["by"], said["verdict"]) for said in verdicts(run)}
    assert sorted(lines) == lines


def test_nobody_reviews_without_a_name_or_halfway(workspace: Workspace, run: Path) -> None:
    """A verdict of nobody cannot be asked about, and one that was not finished is none."""
    nameless = answer(workspace, says="p\nfine\n")
    broken = answer(workspace, "--by", "Ann", says="p\n")

    assert (2, 2) == (nameless.returncode, broken.returncode)
    assert "give yours with --by" in nameless.stderr
    assert [] == verdicts(run)


def test_a_line_that_is_no_verdict_is_named(workspace: Workspace, run: Path) -> None:
    """A merge leaves its marks, and a verdict that is not read is lost."""
    (run / "people.jsonl").write_text("<<<<<<< ours\n", encoding="utf-8")
    ended = workspace.evalc("review", "--list")

    assert 5 == ended.returncode
    assert "people.jsonl cannot be read: line 1 is no verdict" in ended.stderr


@pytest.fixture
def page(workspace: Workspace, run: Path) -> Iterator[str]:
    """The address that `evalc review --web` shows."""
    command = [sys.executable, "-m", "evalc", "review", "--web", "--by", "Ann"]
    process = workspace.start(command, environment={})
    assert process.stdout
    line = process.stdout.readline()
    yield line.removeprefix("open ").strip()
    process.terminate()
    process.communicate(timeout=30)


def _guard(html: str) -> str:
    found = re.search(r'name="guard" value="([^"]+)"', html)
    assert found
    return found[1]


def test_the_address_opens_once_and_for_one_reader(page: str) -> None:
    """It stands in a terminal's history, and other programs of this machine can read that."""
    base = page.partition("/?")[0]
    with httpx.Client(follow_redirects=True) as reader, httpx.Client(follow_redirects=True) as other:
        stranger = other.get(base)
        opened = reader.get(page)
        second = other.get(page)
        wrong = other.get(f"{base}/?token=guess")

    assert (403, 200, 403, 403) == (stranger.status_code, opened.status_code, second.status_code, wrong.status_code)
    assert "names-paris" in opened.text
    assert "names-paris" not in stranger.text + second.text


def test_the_page_runs_nothing_and_shows_answers_as_text(page: str) -> None:
    """An answer is written by the system under test."""
    with httpx.Client(follow_redirects=True) as reader:
        opened = reader.get(page)

    assert "<script" not in opened.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Lyon." in opened.text
    assert "default-src 'none'" in opened.headers["content-security-policy"]
    assert "unsafe" not in opened.headers["content-security-policy"]


def test_only_a_form_of_the_page_can_give_a_verdict(page: str, run: Path) -> None:
    """A page of somebody else, open in the same browser, knows the port and sends forms there."""
    base = page.partition("/?")[0]
    form = {"number": "0", "verdict": "passed", "reason": "because", "by": "Eve"}
    with httpx.Client(follow_redirects=True) as reader:
        guard = _guard(reader.get(page).text)
        refused = [
            httpx.post(f"{base}/verdict", data=form | {"guard": guard}),
            reader.post(f"{base}/verdict", data=form),
            reader.post(f"{base}/verdict", data=form | {"guard": "guess"}),
            reader.post(f"{base}/verdict", data=form | {"guard": guard}, headers={"Origin": "http://evil.example"}),
            reader.post(f"{base}/verdict", data=form | {"guard": guard}, headers={"Host": "evil.example"}),
            reader.post(f"{base}/verdict", data=form | {"guard": guard, "reason": " "}),
            reader.post(f"{base}/verdict", data=form | {"guard": guard, "verdict": "maybe"}),
            reader.post(f"{base}/verdict", data=form | {"guard": guard, "number": "99"}),
            reader.post(f"{base}/verdict", data=form | {"guard": guard, "reason": "x" * 20_000}),
        ]

    assert {403, 400} == {response.status_code for response in refused}
    assert [] == verdicts(run)


def test_a_verdict_is_given_in_a_real_browser(page: str, run: Path, browser: Browser) -> None:
    """No script is there to save it, and the form has to do."""
    tab = browser.new_page()
    tab.goto(page)
    article = tab.locator("article").nth(1)
    article.get_by_label("passed").check()
    article.get_by_label("Reason").fill("Lima is the only one.")
    article.get_by_role("button", name="Save").click()
    shown = tab.locator("article").nth(1).inner_text()
    tab.get_by_role("button", name="Done").click()
    tab.wait_for_load_state()
    last = tab.locator("body").inner_text()
    tab.close()

    assert "passed: Lima is the only one." in shown
    assert "Kept." in last
    assert [("Ann", "names-one")] == [(said["by"], said["check"]) for said in verdicts(run)]
