"""Targets of each type as judges: the question reaches them whole, and their reply is read as a verdict."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest
from pydantic import JsonValue

from evalc.judge.prompt import claim_criterion, question_for
from evalc.judge.question import Subject
from evalc.judge.reply import read_reply, reply_schema
from evalc.model.exchange import Message, Prompt
from evalc.targets.anthropic import Anthropic
from evalc.targets.baseten import Baseten
from evalc.targets.contract import TargetType
from evalc.targets.google import Google
from evalc.targets.http import Http
from evalc.targets.openai import OpenAI
from tests.servers.chat import completion, verdict_on
from tests.servers.loopback import Call, Json
from tests.targets import test_anthropic, test_google, test_responses
from tests.targets.asking import ask

QUESTION = question_for(
    claim_criterion("Names the river"),
    None,
    subject=Subject((Message(role="user", text="Where is Paris?"),), "", "It is on the Seine."),
    seed="a secret of this test",
)
PROMPT = Prompt(
    key="geo/capitals/france@1/0/river/claim",
    purpose="judgement",
    case_id="geo/capitals/france",
    messages=QUESTION.messages,
    reply_schema=reply_schema(QUESTION),
)

MODEL: Mapping[str, JsonValue] = {"base_url": "{url}", "model": "m-1", "structured": True}
FORM: Mapping[str, JsonValue] = {
    "request": {"messages": "{{messages}}", "schema": "{{reply_schema}}"},
    "answer": "$.said",
}

JUDGES: Mapping[str, tuple[type[TargetType], Mapping[str, JsonValue], Callable[[str], JsonValue]]] = {
    "chat-completions": (OpenAI, MODEL, completion),
    "responses": (
        OpenAI,
        {**MODEL, "api": "responses"},
        lambda text: test_responses.response(test_responses.said(text)),
    ),
    "anthropic": (Anthropic, MODEL, lambda text: test_anthropic.message(test_anthropic.said(text))),
    "google": (Google, MODEL, lambda text: test_google.answer({"text": text})),
    "http": (Http, {"url": "{url}", **FORM}, lambda text: {"said": text}),
    "baseten": (Baseten, {"base_url": "{url}", "model": "m1", **FORM}, lambda text: {"said": json.loads(text)}),
}


def texts_in(value: JsonValue) -> Iterator[str]:
    """All texts anywhere in some JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_in(item)


def reply_to(call: Call) -> str:
    """The reply of a judge that finds what it is told and asked, wherever its protocol has that."""
    texts = list(texts_in(call.body))
    parts = [next(text for text in texts if mark in text) for mark in ("# How to reply", "<<<answer ")]
    messages: list[JsonValue] = [{"content": part} for part in parts]
    found = replace(call, content=json.dumps({"messages": messages}).encode())
    return verdict_on(found, "met").text or ""


@pytest.mark.parametrize("name", JUDGES)
def test_each_type_can_judge(name: str) -> None:
    """Who judges well is found by trying, and need not be who is easiest to bind."""
    kind, options, wrap = JUDGES[name]
    asked = ask(kind, lambda call: Json(wrap(reply_to(call))), options=options, prompts=(PROMPT,))
    words = read_reply(QUESTION, asked.response.text)

    assert isinstance(words, tuple), words
    assert [("met", ("It is on the Seine.",))] == [(word.verdict, word.evidence) for word in words]
    # The schema that the reply is asked for by goes along wherever the protocol or the policy has a place for it.
    assert '"nonce"' in json.dumps(asked.calls[0].body.get("schema") or asked.calls[0].body)
