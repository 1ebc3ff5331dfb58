"""One comment on a pull request, replaced and never repeated."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from evalc.forges._find import find_forge
from evalc.forges._rest import Rest
from evalc.forges.contract import Forge, ForgeError, Refused, Unreachable, WrongSetting
from tests.servers.forge import ForgeServer, serve_forge

MARKER = "<!-- evalc -->"


@pytest.fixture
def server() -> Iterator[ForgeServer]:
    """A forge without comments."""
    with serve_forge() as running:
        yield running


def github(server: ForgeServer, tmp_path: Path, **more: str) -> dict[str, str]:
    """What a job of GitHub Actions for pull request 12 has in its environment."""
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"action": "opened", "pull_request": {"number": 12, "title": "x"}}), encoding="utf-8")
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_API_URL": server.url,
        "GITHUB_REPOSITORY": "o/r",
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_TOKEN": "token-of-the-job",
        **more,
    }


def gitlab(server: ForgeServer) -> dict[str, str]:
    """What a job of GitLab for merge request 12 has in its environment."""
    return {
        "GITLAB_CI": "true",
        "CI_API_V4_URL": server.url,
        "CI_PROJECT_ID": "34",
        "CI_PROJECT_URL": "https://gitlab.example/o/r",
        "CI_MERGE_REQUEST_IID": "12",
        "EVALC_GITLAB_TOKEN": "token-of-the-project",
    }


def found(environment: dict[str, str], *, number: int | None = None) -> Forge:
    """The forge of a job."""
    forge = find_forge(environment, number=number)
    assert forge
    return forge


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_second_comment_replaces_the_first(name: str, server: ForgeServer, tmp_path: Path) -> None:
    """A comment a push would bury the talk of people."""
    environment = github(server, tmp_path) if name == "github" else gitlab(server)
    server.add("Looks good", is_ours=False)
    first = found(environment).put_comment(f"{MARKER}\none", marker=MARKER)
    second = found(environment).put_comment(f"{MARKER}\ntwo", marker=MARKER)

    assert first == second
    assert ["Looks good", f"{MARKER}\ntwo"] == [note.body for note in server.notes]
    assert 1 == len(server.tokens)


@pytest.mark.parametrize("name", ["github", "gitlab"])
def test_a_comment_of_somebody_else_is_left_alone(name: str, server: ForgeServer, tmp_path: Path) -> None:
    """Whoever begins a comment with our line would otherwise have words of theirs replaced, or ours hidden there."""
    environment = github(server, tmp_path) if name == "github" else gitlab(server)
    server.add(f"{MARKER}\nnot ours", is_ours=False)
    found(environment).put_comment(f"{MARKER}\nours", marker=MARKER)

    assert [f"{MARKER}\nnot ours", f"{MARKER}\nours"] == [note.body for note in server.notes]


def test_our_comment_is_found_behind_a_long_talk(server: ForgeServer, tmp_path: Path) -> None:
    """Forges hand out a hundred comments at a time."""
    for number in range(230):
        server.add(f"remark {number}", is_ours=False)
    server.add(f"{MARKER}\none", is_ours=True)
    found(github(server, tmp_path)).put_comment(f"{MARKER}\ntwo", marker=MARKER)

    assert 231 == len(server.notes)
    assert f"{MARKER}\ntwo" == server.notes[-1].body


def test_the_token_of_a_fork_is_refused_in_words(server: ForgeServer, tmp_path: Path) -> None:
    """The job of a pull request from a fork may only read, and its summary is the place then."""
    summary = tmp_path / "summary.md"
    server.failures = [403]
    forge = found(github(server, tmp_path, GITHUB_STEP_SUMMARY=str(summary)))
    with pytest.raises(Refused) as refused:
        forge.put_comment("text", marker=MARKER)

    assert "the token of this job may not do that on 127.0.0.1 (status 403)" == str(refused.value)
    assert forge.add_summary("text")
    assert "text\n" == summary.read_text(encoding="utf-8")


def test_reading_is_tried_again_and_writing_is_not(server: ForgeServer) -> None:
    """A forge that is being deployed answers 502 for a moment; a comment asked for twice would stand there twice."""
    waits: list[float] = []
    rest = Rest(server.url, {}, sleep=waits.append)
    server.failures = [502, 503]
    kind = TypeAdapter(dict[str, int])

    assert {"id": 7} == rest.get("user", kind)
    assert [1.0, 3.0] == waits

    server.failures = [502]
    with pytest.raises(Unreachable):
        rest.send("POST", "notes", body={}, kind=kind)
    assert 4 == len(server.requests)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"<html>", "with something else than its documentation says"),
        (b"[" + b" " * 17_000_000, "with more than 16,777,216 bytes"),
    ],
)
def test_an_answer_that_is_none_is_named(server: ForgeServer, tmp_path: Path, raw: bytes, words: str) -> None:
    """A page of a proxy, or one without an end, is neither a comment nor a traceback."""
    server.raw = raw
    with pytest.raises(Unreachable) as unreadable:
        found(github(server, tmp_path)).put_comment("text", marker=MARKER)

    assert words in str(unreadable.value)


def test_no_redirect_is_followed(server: ForgeServer, tmp_path: Path) -> None:
    """The token would go along."""
    server.failures = [302]
    server.location = f"{server.url}/elsewhere"
    with pytest.raises(Unreachable):
        found(github(server, tmp_path)).put_comment("text", marker=MARKER)

    assert 1 == len(server.requests)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"GITHUB_EVENT_PATH": ""}, "`--number` names one"),
        ({"GITHUB_EVENT_PATH": "/nowhere"}, "which tells of no event"),
        ({"GITHUB_TOKEN": ""}, "env: { GITHUB_TOKEN"),
        ({"GITHUB_API_URL": "nowhere"}, "'nowhere' is no address of a forge"),
    ],
)
def test_a_job_that_lacks_something_is_told(
    server: ForgeServer, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    """The author of a workflow sees the message and nothing else."""
    with pytest.raises(WrongSetting) as wrong:
        find_forge(github(server, tmp_path, **change), number=None)

    assert words in str(wrong.value)


def test_gitlab_says_which_token_it_needs(server: ForgeServer) -> None:
    """A job's own token cannot write notes there, which its error would not tell."""
    environment = gitlab(server)
    del environment["EVALC_GITLAB_TOKEN"]
    with pytest.raises(ForgeError) as wrong:
        find_forge(environment, number=None)

    assert "EVALC_GITLAB_TOKEN" in str(wrong.value)


def test_a_number_stands_in_for_the_event(server: ForgeServer, tmp_path: Path) -> None:
    """A run that a maintainer starts by hand is about no pull request of its own."""
    found(github(server, tmp_path, GITHUB_EVENT_PATH=""), number=5).put_comment("text", marker=MARKER)

    assert "POST /repos/o/r/issues/5/comments" == server.requests[-1]


def test_elsewhere_there_is_no_forge() -> None:
    """On somebody's own machine nothing is posted anywhere."""
    assert find_forge({}, number=None) is None
