"""What every member of the family `targets` keeps, whoever wrote it."""

import asyncio
import json
import tomllib
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import pytest
from pydantic import JsonValue

from evalc.base.family import members
from evalc.model.exchange import Message, Prompt, Recording, Response
from evalc.planning.policy.read import TARGETS, read_policy
from evalc.targets.contract import Target, TargetContext, TargetType
from tests.builders import make_case, make_eval
from tests.servers.loopback import Json, by_path, serve

MEMBERS = dict(members(TARGETS, TargetType))

PROMPT = Prompt(
    key="geo/capitals/france@1/0",
    purpose="answer",
    case_id="geo/capitals/france",
    messages=(Message(role="user", text="What is the capital of France?"),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A policy's folder with a script and a recording, each with an answer to the prompt."""
    recording = Recording(key=PROMPT.key, prompt_digest=PROMPT.digest, response=Response(text="Paris"))
    (tmp_path / "recording.jsonl").write_text(recording.model_dump_json() + "\n")
    (tmp_path / "script.jsonl").write_text('{"text": "Paris"}\n')
    return tmp_path


def options_of(word: str, url: str) -> dict[str, JsonValue]:
    """What a member needs to be opened for this test."""
    by_word: dict[str, dict[str, JsonValue]] = {
        "anthropic": {"base_url": url, "model": "m-1"},
        "baseten": {"base_url": url, "model": "m-1", "request": {"q": "{{input}}"}, "answer": "$"},
        "command": {"command": ["echo", "Paris"], "output": "text"},
        "google": {"base_url": url, "model": "m-1"},
        "http": {"url": f"{url}/answer", "request": {"q": "{{input}}"}, "answer": "$.text"},
        "openai": {"base_url": url, "model": "m-1"},
        "python": {"function": "installed_agent:paris"},
        "replay": {"file": "recording.jsonl"},
        "scripted": {"file": "script.jsonl"},
    }
    assert word in by_word, f"tell the contract's test how to open {word}"
    return by_word[word]


PARIS = by_path(
    {
        "/chat/completions": Json({"choices": [{"message": {"content": "Paris"}}]}),
        "/v1/messages": Json({"content": [{"type": "text", "text": "Paris"}]}),
        "/answer": Json({"text": "Paris"}),
        "/production/predict": Json("Paris"),
        "/models/m-1:generateContent": Json({"candidates": [{"content": {"parts": [{"text": "Paris"}]}}]}),
    }
)


@pytest.fixture(params=MEMBERS)
def target(request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Target]:
    """Each member in turn, opened, with a server beside it for those that call one."""
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "targets" / "installed")
    with serve(PARIS) as server:
        type_ = MEMBERS[request.param].model_validate_json(json.dumps(options_of(request.param, server.url)))
        evals = (make_eval([make_case("france")]),)
        context = TargetContext(folder, evals, lambda name: None, timeout_s=10, max_answer_bytes=10_000)
        yield type_.open(type_.card("it", type=request.param), context)


def test_a_target_serves_many_workers_at_once(target: Target) -> None:
    """A run has one instance of a target for all of its workers."""

    async def run() -> list[Response]:
        found = await asyncio.gather(*(target.ask(PROMPT) for _ in range(20)))
        await target.aclose()
        return found

    assert ["Paris"] * 20 == [response.text for response in asyncio.run(run())]


def test_an_unused_target_can_be_closed_twice(target: Target) -> None:
    """A run that ends before its first question closes all the same."""

    async def run() -> None:
        await target.aclose()
        await target.aclose()

    asyncio.run(run())


def test_a_target_shows_the_card_that_it_was_opened_with(target: Target) -> None:
    """Results are filed under the card of the plan."""
    assert "it" == target.card.name
    assert target.card.fingerprint


@pytest.mark.parametrize("word", MEMBERS)
def test_the_example_of_a_member_is_a_policy(word: str, tmp_path: Path) -> None:
    """The docstring is the member's page in the reference, and people copy examples from there."""
    text = cleandoc(MEMBERS[word].__doc__ or "").partition("Example:\n")[2]
    path = tmp_path / "evalc.toml"
    path.write_text(cleandoc(text))
    policy, findings = read_policy(path)

    assert [] == [finding.message for finding in findings]
    assert {word} == {binding.type for binding in (*policy.targets, *policy.judges)}
    assert {"targets", "judges"} >= tomllib.loads(path.read_text()).keys()
