"""The target `openai` and streams of Chat Completions."""

import json

import pytest
from pydantic import JsonValue

from evalc.model.exchange import Message, ToolCall
from evalc.targets.openai import OpenAI
from tests.servers.chat import Say, completion
from tests.servers.loopback import Events, Json, Script, in_turn
from tests.targets.asking import JUDGING, PROMPT, WITH_TOOL, Asked, after_a_call, ask

OPTIONS: dict[str, JsonValue] = {"base_url": "{url}", "model": "m-1", "stream": True}
DONE = b"data: [DONE]\n\n"


def chunk(delta: JsonValue, *, reason: str | None = None, **more: JsonValue) -> JsonValue:
    """A piece of a completion."""
    choice: JsonValue = {"index": 0, "delta": delta, "finish_reason": reason}
    return {"id": "c-1", "object": "chat.completion.chunk", "model": "served-model", "choices": [choice], **more}


def calling(arguments: str, *, index: int = 0, **more: JsonValue) -> JsonValue:
    """A piece of a call."""
    return chunk({"tool_calls": [{"index": index, "function": {"arguments": arguments}, **more}]})


USAGE: JsonValue = {
    "model": "served-model",
    "choices": [],
    "usage": {"prompt_tokens": 7, "completion_tokens": 3, "cost": 0.5},
}
SPOKEN: list[JsonValue | bytes] = [
    chunk({"role": "assistant", "content": ""}),
    chunk({"content": "Par"}),
    chunk({"content": "is."}),
    chunk({}, reason="stop"),
    USAGE,
    DONE,
]


def served(script: Script, **options: JsonValue) -> Asked:
    """What came of the usual question."""
    return ask(OpenAI, script, options=OPTIONS | options)


def test_a_stream_is_asked_for_with_its_usage() -> None:
    """Without that an endpoint streams no figures."""
    body = served(in_turn(Events(SPOKEN))).calls[0].body

    assert (True, {"include_usage": True}) == (body["stream"], body["stream_options"])


def test_a_stream_is_put_together() -> None:
    """Text, end, model, tokens and price are those of an answer in one piece."""
    response = served(in_turn(Events(SPOKEN))).response

    assert ("Paris.", "stop", "served-model", 7, 3, 0.5) == (
        response.text,
        response.finish_reason,
        response.model,
        response.input_tokens,
        response.output_tokens,
        response.cost_usd,
    )


def test_calls_are_put_together_from_their_pieces() -> None:
    """Two calls come mixed, each in pieces that are no JSON by themselves."""
    events = [
        chunk({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "look", "arguments": ""}}]}),
        calling('{"at": '),
        calling("{", index=1, id="b", function={"name": "look", "arguments": "{"}),
        calling('"map"}'),
        calling("}", index=1),
        chunk({}, reason="tool_calls"),
    ]
    response = served(in_turn(Events(events))).response

    assert (
        ToolCall(id="a", name="look", arguments={"at": "map"}),
        ToolCall(id="b", name="look"),
    ) == response.tool_calls
    assert "tool-calls" == response.finish_reason


def test_the_first_letter_counts_as_the_beginning() -> None:
    """An empty piece that names the role comes at once, also from a server that is slow to think."""
    response = served(in_turn(Events(SPOKEN, pause_s=0.02))).response

    assert response.first_token_s
    assert 0.02 <= response.first_token_s < response.latency_s - 3 * 0.02


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_stream_is_read_however_it_is_cut(cut: int) -> None:
    """Networks cut between any two bytes, inside of a letter and of a line end too."""
    lines = [
        json.dumps(event, ensure_ascii=False) for event in (chunk({"content": "Zürich 🏔"}), chunk({}, reason="stop"))
    ]
    # An event may have several lines of data, which belong together.
    first, second = ("data: " + line.replace(", ", ",\r\ndata: ", 1) + "\r\n\r\n" for line in lines)
    encoded = f"\ufeff{first}: a comment\r\rid: 7\n{second}data: [DONE]\n\n".encode()
    pieces: list[JsonValue | bytes] = [encoded[at : at + cut] for at in range(0, len(encoded), cut)]

    assert "Zürich 🏔" == served(in_turn(Events(pieces))).response.text


def test_one_connection_serves_streams_one_after_the_other() -> None:
    """A handshake for each answer would be felt."""
    asked = ask(OpenAI, in_turn(Events(SPOKEN)), options=OPTIONS, prompts=(PROMPT,) * 3)

    assert ["Paris."] * 3 == [response.text for response in asked.found if not isinstance(response, Exception)]
    assert 1 == asked.connections


def test_nobody_waits_for_a_stream_that_is_over() -> None:
    """Some servers keep the connection open after the mark of the end."""
    assert "Paris." == ask(OpenAI, in_turn(Events(SPOKEN, hangs=True)), options=OPTIONS, timeout_s=5).response.text


def test_a_server_that_knows_no_streams_answers_all_the_same() -> None:
    """Then nothing is known about the first token."""
    response = served(in_turn(Say("Paris."))).response

    assert ("Paris.", None) == (response.text, response.first_token_s)


def test_thoughts_come_back_with_the_calls_that_came_of_them() -> None:
    """Some endpoints lose the thread without them, and others refuse. Calls get the ids that results name."""
    kept: JsonValue = [{"type": "reasoning.encrypted", "data": "x"}]
    call: JsonValue = {"type": "function", "function": {"name": "look", "arguments": "{}"}, "extra": {"signature": "s"}}
    said = completion(None, {"tool_calls": [call], "reasoning_details": kept})
    steps = in_turn(Json(said), Say("Paris"))
    first = ask(OpenAI, steps, options=OPTIONS | {"stream": False}, prompts=(WITH_TOOL,)).response
    named = first.model_copy(update={"tool_calls": (first.tool_calls[0].model_copy(update={"id": "call-0-0"}),)})
    result = Message(role="tool", text="Paris", tool_call_id="call-0-0")
    second = ask(OpenAI, steps, options=OPTIONS | {"stream": False}, prompts=(after_a_call(named, result),))
    sent = second.calls[0].body["messages"]

    assert isinstance(call, dict)
    assert isinstance(sent, list)
    assert {
        "role": "assistant",
        "content": "",
        "reasoning_details": kept,
        "tool_calls": [{**call, "id": "call-0-0"}],
    } == sent[2]


def test_a_judge_can_be_asked_for_any_json() -> None:
    """Older endpoints know no schemas, but keep to JSON."""
    asked = ask(OpenAI, in_turn(Say("{}")), options={**OPTIONS, "structured": "json"}, prompts=(JUDGING,))

    assert {"type": "json_object"} == asked.calls[0].body["response_format"]
