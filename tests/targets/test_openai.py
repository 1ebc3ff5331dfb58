"""The target `openai` against a server on loopback."""

import asyncio
import socket
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

import pytest
from pydantic import JsonValue

from evalc.model.catalog import Tool
from evalc.model.exchange import Message, Prompt, Response, ToolCall
from evalc.targets.contract import TargetContext, TargetError
from evalc.targets.openai import OpenAI
from tests.servers.chat import Bytes, Call, Drip, Say, Script, Status, in_turn, serve_chat
from tests.targets import asking
from tests.targets.asking import KEY

PROMPT = Prompt(
    key="geo/capitals/france@1/0",
    purpose="answer",
    case_id="geo/capitals/france",
    messages=(Message(role="user", text="What is the capital of France?"),),
)


def ask(
    script: Script,
    *,
    prompt: Prompt = PROMPT,
    options: Mapping[str, JsonValue] | None = None,
    timeout_s: float = 10.0,
    times: int = 1,
) -> tuple[list[Response | TargetError], list[Call], int]:
    """What came of asking one after the other, what the server was sent, and over how many connections."""
    options = {"base_url": "{url}/v1", "model": "m-1", **(options or {})}
    asked = asking.ask(OpenAI, script, options=options, prompts=(prompt,) * times, timeout_s=timeout_s)
    return asked.found, asked.calls, asked.connections


def answer_to(script: Script) -> Response:
    """The answer to one call."""
    found = ask(script)[0][0]
    assert isinstance(found, Response), found
    return found


def fault_of(script: Script, *, timeout_s: float = 10.0, options: Mapping[str, JsonValue] | None = None) -> TargetError:
    """Why one call failed."""
    found = ask(script, timeout_s=timeout_s, options=options)[0][0]
    assert isinstance(found, TargetError), found
    return found


def test_the_question_arrives_as_the_protocol_wants_it() -> None:
    """What an endpoint is sent is what its documentation says, and nothing that was not set."""
    options: dict[str, JsonValue] = {"temperature": 0, "max_tokens": 64, "seed": 7, "body": {"top_p": 0.5}}
    _, calls, _ = ask(in_turn(Say("Paris")), options=options)

    assert "/v1/chat/completions" == calls[0].path
    assert "application/json" == calls[0].headers["content-type"]
    assert "authorization" not in calls[0].headers
    assert {
        "model": "m-1",
        "temperature": 0,
        "max_tokens": 64,
        "seed": 7,
        "top_p": 0.5,
        "messages": [{"role": "user", "content": "What is the capital of France?"}],
    } == calls[0].body


def test_the_key_is_sent_as_a_bearer() -> None:
    """The policy names a variable, and only the call itself holds its value."""
    _, calls, _ = ask(in_turn(Say("Paris")), options={"key": "KEY"})

    assert f"Bearer {KEY}" == calls[0].headers["authorization"]


def test_the_answer_is_read_with_its_numbers() -> None:
    """Reports show model, reason of the end, tokens and time for each answer."""
    response = answer_to(in_turn(Say("Paris.", latency_s=0.02)))

    assert "Paris." == response.text
    assert ("served-model", "stop", 7, 3) == (
        response.model,
        response.finish_reason,
        response.input_tokens,
        response.output_tokens,
    )
    assert 0.02 <= response.latency_s < 10


def test_one_connection_serves_calls_one_after_the_other() -> None:
    """A connection a call would cost a handshake each time."""
    found, calls, connections = ask(in_turn(Say("a"), Say("b"), Say("c")), times=3)

    assert ["a", "b", "c"] == [response.text for response in found if isinstance(response, Response)]
    assert (3, 1) == (len(calls), connections)


def test_tools_are_offered_and_their_calls_read() -> None:
    """Checks of tool calls read names and arguments, and see what was no JSON as it came."""
    tool = Tool(name="pay", description="Pays.", parameters={"type": "object"})
    calls: JsonValue = [
        {"id": "1", "type": "function", "function": {"name": "pay", "arguments": '{"amount": 3}'}},
        {"id": "2", "type": "function", "function": {"name": "pay", "arguments": '{"amount": NaN}'}},
        {"id": "3", "type": "function", "function": {"name": "pay", "arguments": ""}},
    ]
    prompt = PROMPT.model_copy(update={"tools": (tool,)})
    found, sent, _ = ask(in_turn(Say(None, message={"tool_calls": calls})), prompt=prompt)

    assert isinstance(found[0], Response)
    assert "" == found[0].text
    assert (
        ToolCall(id="1", name="pay", arguments={"amount": 3}),
        ToolCall(id="2", name="pay", raw='{"amount": NaN}'),
        ToolCall(id="3", name="pay"),
    ) == found[0].tool_calls
    function = {"name": "pay", "description": "Pays.", "parameters": {"type": "object"}}
    assert [{"type": "function", "function": function}] == sent[0].body["tools"]


def test_a_conversation_keeps_its_calls_and_results() -> None:
    """A server refuses a result of a tool that nobody called."""
    messages = (
        *PROMPT.messages,
        Message(role="assistant", text="", tool_calls=(ToolCall(id="1", name="look", arguments={"at": "map"}),)),
        Message(role="tool", text="Paris", tool_call_id="1"),
    )
    _, calls, _ = ask(in_turn(Say("Paris")), prompt=PROMPT.model_copy(update={"messages": messages}))
    sent = calls[0].body["messages"]

    assert isinstance(sent, list)
    assert [
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [{"id": "1", "type": "function", "function": {"name": "look", "arguments": '{"at": "map"}'}}],
        },
        {"role": "tool", "content": "Paris", "tool_call_id": "1"},
    ] == sent[1:]


@pytest.mark.parametrize("structured", [True, False])
def test_a_judge_is_asked_for_a_schema_where_that_is_set(structured: bool) -> None:
    """Not every endpoint knows `response_format`, so it is sent only where the policy says so."""
    prompt = PROMPT.model_copy(update={"purpose": "judgement", "reply_schema": {"type": "object"}})
    _, calls, _ = ask(in_turn(Say("{}")), prompt=prompt, options={"structured": structured})
    schema = {"name": "reply", "strict": True, "schema": {"type": "object"}}

    assert ({"type": "json_schema", "json_schema": schema} if structured else None) == calls[0].body.get(
        "response_format"
    )


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": [{"type": "text", "text": "Par"}, {"type": "text", "text": "is"}]}, "Paris"),
        ({"content": None, "refusal": "I would rather not."}, "I would rather not."),
        ({"content": "half a pair: \ud800"}, "half a pair: \\ud800"),
        ({"content": "nothing\x00 and line\u2028end"}, "nothing\x00 and line\u2028end"),
        ({"content": ""}, ""),
    ],
    ids=["parts", "refusal", "surrogate", "control", "empty"],
)
def test_unusual_texts_arrive_whole(message: dict[str, JsonValue], text: str) -> None:
    """What a model says is evidence, so all of it is kept in a form that a file can hold."""
    assert text == answer_to(in_turn(Say(None, message=message))).text


@pytest.mark.parametrize(
    ("step", "kind", "words"),
    [
        (Status(429, b'{"error": {"message": "slow down"}}'), "throttled", "fewer calls: slow down (status 429)"),
        (Status(529), "throttled", "nothing more is said (status 529)"),
        (Status(503, headers={"retry-after": "2"}), "throttled", "for a pause of 2 s"),
        (Status(503, b"<html>busy</html>"), "transient", "has a fault: <html>busy</html> (status 503)"),
        (Status(500), "transient", "has a fault"),
        (Status(408), "transient", "has a fault"),
        (Status(429, b'{"error": {"code": "insufficient_quota"}}'), "target-fatal", "no quota left"),
        (Status(402), "target-fatal", "no quota left"),
        (Status(401), "target-fatal", "does not take calls without a key"),
        (Status(403), "target-fatal", "does not take calls without a key"),
        (Status(404, b'{"detail": "Not Found"}'), "target-fatal", "look at its address and model: Not Found"),
        (Status(400, b'{"error": {"code": "model_not_found"}}'), "target-fatal", "does not have what the policy names"),
        (Status(302, headers={"location": "http://127.0.0.1:9/"}), "target-fatal", "no redirect is followed"),
        (Status(400, b'{"error": "too long"}'), "case-fatal", "does not take this question: too long (status 400)"),
        (Status(422), "case-fatal", "does not take this question"),
        (Status(200, b"<html>Sign in</html>"), "bad-answer", "no JSON and begins with <html>Sign in</html>"),
        (Status(200), "bad-answer", "cannot be read: it is empty"),
        (Status(200, b'{"choices": []}'), "bad-answer", "no choices"),
        (Status(200, b"[" * 50_000), "bad-answer", "no JSON"),
        (Status(200, b'{"choices": [{"message": {"content": 3}}]}'), "bad-answer", "is no text"),
        (Status(200, b'{"choices": [{"message": {"content": "Par', has_length=False), "bad-answer", "no JSON"),
        (Status(200, b" " * 100_001), "bad-answer", "more than 100000 bytes"),
        (Status(200, b"\x1f\x8b", headers={"content-encoding": "gzip"}), "bad-answer", "compressed"),
        (Bytes(), "transient", "broke off before the end of its answer"),
        (Bytes(is_reset=True), "transient", "broke off before the end of its answer"),
        (Bytes(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"), "transient", "broke off"),
        (Bytes(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"), "transient", "broke off"),
        (Bytes(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 20_000), "transient", "too long"),
        (Bytes(b"SSH-2.0-server\r\n\r\n"), "transient", "broke off"),
    ],
    ids=lambda value: f"{value}"[:40] if isinstance(value, str) else type(value).__name__,
)
def test_each_failure_is_of_its_kind_and_says_why(step: Status | Bytes, kind: str, words: str) -> None:
    """The engine decides by the kind, and the sentence is all that the author of a spec gets to see."""
    fault = fault_of(in_turn(step))

    assert kind == fault.kind
    assert words in str(fault)
    assert str(fault).count("`served`") == 1


def test_a_slow_answer_ends_at_the_deadline() -> None:
    """A server that sends a byte now and then would keep a call open for ever, for something comes all the time."""
    fault = fault_of(in_turn(Drip()), timeout_s=0.2)

    assert "`served` gave no whole answer within 0.2 s" == str(fault)
    assert "transient" == fault.kind


def test_nobody_there_is_a_passing_fault() -> None:
    """A server that is being restarted refuses connections for a moment."""
    fault = fault_of(in_turn(Say("")), options={"base_url": "http://127.0.0.1:9/v1"})

    assert "transient" == fault.kind
    assert "`served` cannot be reached: connection refused" == str(fault)


def test_a_name_that_nobody_knows_is_a_passing_fault() -> None:
    """Names fail for a moment when a network comes up. `.invalid` is reserved for names that nobody has."""
    fault = fault_of(in_turn(Say("")), options={"base_url": "http://nobody.invalid/v1"})

    assert "transient" == fault.kind
    assert "`served` cannot be reached: its name cannot be resolved" in str(fault)


def test_a_server_that_cannot_prove_who_it_is_gets_nothing() -> None:
    """A key must not go to whoever answers at an address, so waiting and asking again would not help."""
    came: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer_in_the_clear() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                came.append(connection.recv(100_000))

        thread = Thread(target=answer_in_the_clear)
        thread.start()
        options: dict[str, JsonValue] = {"base_url": f"https://127.0.0.1:{listener.getsockname()[1]}", "key": "KEY"}
        fault = fault_of(in_turn(Say("")), options=options)
        thread.join()

    assert "target-fatal" == fault.kind
    assert "cannot prove who it is, so nothing was sent" in str(fault)
    assert KEY.encode() not in b"".join(came)


def test_a_redirect_gets_neither_question_nor_key() -> None:
    """Whoever can redirect a call could collect keys."""
    with serve_chat(in_turn(Say("stolen"))) as thief:
        moved = Status(307, headers={"location": f"{thief.url}/chat/completions"})
        fault = fault_of(in_turn(moved), options={"key": "KEY"})

        assert "target-fatal" == fault.kind
        assert [] == thief.calls


def test_a_cookie_is_not_sent_back() -> None:
    """An answer must not depend on who was asked before."""
    said = Status(200, b"{}", headers={"set-cookie": "a=b"})
    _, calls, _ = ask(in_turn(said), times=2)

    assert "cookie" not in calls[1].headers


def test_the_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where questions and keys go is said by the policy alone."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")

    assert "Paris" == answer_to(in_turn(Say("Paris"))).text


def test_a_key_that_the_server_repeats_is_not_shown() -> None:
    """Refusals are printed and logged."""
    refusal = Status(401, f'{{"error": {{"message": "no such key: {KEY}"}}}}'.encode())
    fault = fault_of(in_turn(refusal), options={"key": "KEY"})

    assert "`served` does not take the key in KEY: no such key: [secret KEY] (status 401)" == str(fault)


def test_a_terminal_is_not_told_anything_by_a_server() -> None:
    """Words of a server end up on terminals, which obey escape sequences."""
    fault = fault_of(in_turn(Status(400, b"\x1b]0;owned\x07 no\n::error::")))

    assert r"does not take this question: \x1b]0;owned\x07 no ::error:: (status 400)" in str(fault)


@pytest.mark.parametrize(("value", "words"), [(None, "is not set"), ("two words", "characters that no key has")])
def test_a_key_that_cannot_be_sent_is_said_before_anything_is_asked(value: str | None, words: str) -> None:
    """Otherwise the first sign would be a refusal by the server, or a header cut in two."""
    type_ = OpenAI(base_url="http://127.0.0.1:9", model="m", key="KEY")
    context = TargetContext(Path(), (), lambda name: value, timeout_s=1, max_answer_bytes=1)

    with pytest.raises(TargetError, match=words):
        type_.open(type_.card("served", type="openai"), context)


def test_what_comes_unasked_answers_nothing() -> None:
    """Left on the connection, it would be read as the answer to the next question."""
    first = b'{"choices": [{"message": {"content": "one"}}]}'
    extra = b'HTTP/1.1 200 OK\r\ncontent-length: 46\r\n\r\n{"choices": [{"message": {"content": "evil"}}]}'
    steps = in_turn(Status(200, first + extra, headers={"content-length": str(len(first))}), Say("two"))
    found, _, _ = ask(steps, times=2)

    assert ["one", "two"] == [response.text for response in found if isinstance(response, Response)]


def test_what_comes_late_and_unasked_answers_nothing() -> None:
    """Some servers tell an idle client that they are about to hang up, and that is no answer to its next question."""
    late = b"HTTP/1.1 408 Too Late\r\ncontent-length: 2\r\n\r\nno"
    with serve_chat(in_turn(Say("one", late=late), Say("two"))) as server:
        type_ = OpenAI(base_url=server.url, model="m-1")
        context = TargetContext(Path(), (), lambda name: None, timeout_s=10, max_answer_bytes=1000)
        target = type_.open(type_.card("served", type="openai"), context)

        async def run() -> list[str]:
            first = await target.ask(PROMPT)
            server.may_be_late.set()
            await asyncio.to_thread(server.was_late.wait)
            # What the server wrote is in our socket by now, and is read when the loop looks at it again.
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            second = await target.ask(PROMPT)
            await target.aclose()
            return [first.text, second.text]

        assert ["one", "two"] == asyncio.run(run())


def test_cards_show_neither_address_nor_key() -> None:
    """Cards are published with results."""
    type_ = OpenAI(base_url="https://secret.example/v1", model="m-1", key="KEY")
    card = type_.card("served", type="openai")

    assert ("served", "openai", "m-1", False) == (card.name, card.type, card.model, card.is_scripted)
    assert "secret.example" not in card.model_dump_json()


def test_another_key_is_the_same_target_and_another_temperature_is_not() -> None:
    """A run goes on after a key was renewed, and not with other settings."""
    first = OpenAI(base_url="https://api.example/v1", model="m-1", key="KEY")
    renewed = first.model_copy(update={"key": "NEW_KEY"})
    warmer = first.model_copy(update={"temperature": 1.0})

    assert first.card("a", type="openai") == renewed.card("a", type="openai")
    assert first.card("a", type="openai") != warmer.card("a", type="openai")
