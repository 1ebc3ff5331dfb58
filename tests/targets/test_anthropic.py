"""The target `anthropic` against a server that speaks Messages."""

from collections.abc import Mapping

import pytest
from pydantic import JsonValue

from evalc.model.exchange import Message, ToolCall
from evalc.targets.anthropic import Anthropic
from tests.servers.loopback import Events, Json, Script, in_turn
from tests.targets.asking import JUDGING, KEY, LOOK, PROMPT, WITH_TOOL, Asked, after_a_call, ask

OPTIONS: dict[str, JsonValue] = {"base_url": "{url}", "model": "claude-x", "max_tokens": 64}

THINKING: JsonValue = {"type": "thinking", "thinking": "On a map.", "signature": "c2ln"}
TOOL_USE: JsonValue = {"type": "tool_use", "id": "c1", "name": "look", "input": {"at": "map"}}


def message(*content: JsonValue, reason: str = "end_turn", usage: Mapping[str, JsonValue] | None = None) -> JsonValue:
    """A message as the endpoint gives it in one piece."""
    counts = {"input_tokens": 7, "cache_read_input_tokens": 90, "output_tokens": 3}
    return {
        "id": "m-1",
        "type": "message",
        "role": "assistant",
        "model": "claude-x-1",
        "content": list(content),
        "stop_reason": reason,
        "usage": dict(usage or counts),
    }


def said(text: str) -> JsonValue:
    """A block of text."""
    return {"type": "text", "text": text}


def served(script: Script, **options: JsonValue) -> Asked:
    """What came of the usual question."""
    return ask(Anthropic, script, options=OPTIONS | options)


STREAMED: list[JsonValue | bytes] = [
    {"type": "message_start", "message": message(reason="", usage={"input_tokens": 7, "output_tokens": 1})},
    {"type": "ping"},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "On a map."}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "c2ln"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Let me "}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "look."}},
    {"type": "content_block_stop", "index": 1},
    {
        "type": "content_block_start",
        "index": 2,
        "content_block": {"type": "tool_use", "id": "c1", "name": "look", "input": {}},
    },
    {"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": '{"at": '}},
    {"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": '"map"}'}},
    {"type": "content_block_stop", "index": 2},
    {"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 30}},
    {"type": "message_stop"},
]


def test_the_question_arrives_as_the_protocol_wants_it() -> None:
    """The system's text stands beside the messages, and the key has a header of its own."""
    call = served(in_turn(Json(message(said("Paris")))), key="KEY", temperature=0, body={"top_k": 5}).calls[0]

    assert ("POST", "/v1/messages") == (call.method, call.path)
    assert (KEY, "2023-06-01") == (call.headers["x-api-key"], call.headers["anthropic-version"])
    assert "authorization" not in call.headers
    assert {
        "model": "claude-x",
        "max_tokens": 64,
        "temperature": 0,
        "top_k": 5,
        "system": "You are brief.",
        "messages": [{"role": "user", "content": [{"type": "text", "text": "What is the capital of France?"}]}],
    } == call.body


def test_the_answer_is_read_with_its_numbers() -> None:
    """What was read from a cache was sent too, so a run would look cheap without it."""
    response = served(in_turn(Json(message(said("Par"), said("is."))))).response

    assert ("Paris.", "stop", "claude-x-1", 97, 90, 3) == (
        response.text,
        response.finish_reason,
        response.model,
        response.input_tokens,
        response.cached_tokens,
        response.output_tokens,
    )
    assert response.first_token_s is None


@pytest.mark.parametrize(
    ("reason", "expected"),
    [("max_tokens", "length"), ("stop_sequence", "stop"), ("refusal", "content-filter"), ("pause_turn", "pause_turn")],
)
def test_reasons_of_an_end_have_the_names_that_specs_use(reason: str, expected: str) -> None:
    """A spec says `stop with length` whoever is asked."""
    assert expected == served(in_turn(Json(message(said("Par"), reason=reason)))).response.finish_reason


def test_tools_are_offered_and_results_given_back() -> None:
    """The thinking comes back with its signature, or the endpoint refuses; a result belongs to the user."""
    steps = in_turn(
        Json(message(THINKING, said("Looking."), TOOL_USE, reason="tool_use")), Json(message(said("Paris")))
    )
    first = ask(Anthropic, steps, options=OPTIONS, prompts=(WITH_TOOL,))

    assert (LOOK,) == first.response.tool_calls
    assert ("Looking.", "tool-calls") == (first.response.text, first.response.finish_reason)
    schema: JsonValue = {"type": "object", "properties": {"at": {}}}
    assert [{"name": "look", "description": "Looks it up.", "input_schema": schema}] == first.calls[0].body["tools"]

    result = Message(role="tool", text="no map", tool_call_id="c1", is_error=True)
    second = ask(Anthropic, steps, options=OPTIONS, prompts=(after_a_call(first.response, result),))
    sent = second.calls[0].body["messages"]
    assert isinstance(sent, list)
    assert [
        {"role": "assistant", "content": [THINKING, said("Looking."), TOOL_USE]},
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "no map", "is_error": True}],
        },
    ] == sent[1:]


def test_a_conversation_from_a_spec_is_written_in_two_roles() -> None:
    """Messages of one role in a row are one message here, and an empty text is refused."""
    messages = (
        *PROMPT.messages,
        Message(role="assistant", text="", tool_calls=(LOOK, ToolCall(id="c2", name="look"))),
        Message(role="tool", text="Paris", tool_call_id="c1"),
        Message(role="tool", text="", tool_call_id="c2"),
        Message(role="user", text="Well?"),
    )
    prompt = WITH_TOOL.model_copy(update={"messages": messages})
    asked = ask(Anthropic, in_turn(Json(message(said("Paris")))), options=OPTIONS, prompts=(prompt,))
    sent = asked.calls[0].body["messages"]

    assert isinstance(sent, list)
    assert ["user", "assistant", "user"] == [turn["role"] for turn in sent if isinstance(turn, dict)]
    assert isinstance(sent[2], dict)
    assert [
        {"type": "tool_result", "tool_use_id": "c1", "content": "Paris"},
        {"type": "tool_result", "tool_use_id": "c2", "content": ""},
        {"type": "text", "text": "Well?"},
    ] == sent[2]["content"]


def test_a_stream_is_the_same_answer() -> None:
    """Whether an answer is streamed must not change what is checked."""
    asked = served(in_turn(Events(STREAMED)), stream=True)
    whole = message(
        THINKING, said("Let me look."), TOOL_USE, reason="tool_use", usage={"input_tokens": 7, "output_tokens": 30}
    )
    in_one_piece = served(in_turn(Json(whole))).response

    assert asked.calls[0].body["stream"] is True
    streamed = asked.response.model_copy(update={"latency_s": 0.0, "first_token_s": None})
    assert in_one_piece.model_copy(update={"latency_s": 0.0}) == streamed


def test_a_stream_tells_when_it_began() -> None:
    """The first letter that a reader would see, not the first sign of life and not what was thought before."""
    response = served(in_turn(Events(STREAMED, pause_s=0.02)), stream=True).response

    assert response.first_token_s
    assert 7 * 0.02 <= response.first_token_s < response.latency_s - 4 * 0.02


def test_a_judge_is_asked_for_a_schema_where_that_is_set() -> None:
    """The endpoint then keeps to it, and fewer replies have to be repaired."""
    answer = in_turn(Json(message(said("{}"))))
    with_schema = ask(Anthropic, answer, options={**OPTIONS, "structured": True}, prompts=(JUDGING,)).calls[0].body
    without = ask(Anthropic, answer, options=OPTIONS, prompts=(JUDGING,)).calls[0].body

    assert {"format": {"type": "json_schema", "schema": {"type": "object"}}} == with_schema["output_config"]
    assert "output_config" not in without


@pytest.mark.parametrize(
    ("status", "type_", "kind"),
    [
        (529, "overloaded_error", "throttled"),
        (429, "rate_limit_error", "throttled"),
        (500, "api_error", "transient"),
        (401, "authentication_error", "target-fatal"),
        (404, "not_found_error", "target-fatal"),
        (400, "invalid_request_error", "case-fatal"),
        (413, "request_too_large", "case-fatal"),
    ],
)
def test_errors_are_of_their_kind_in_a_status_and_in_a_stream(status: int, type_: str, kind: str) -> None:
    """An endpoint that is overloaded says so in the middle of a stream too, where there is no status any more."""
    error: JsonValue = {"type": "error", "error": {"type": type_, "message": "so it is"}}
    in_status = served(in_turn(Json(error, status=status))).fault
    in_stream = served(in_turn(Events([*STREAMED[:8], error])), stream=True).fault

    assert (kind, kind) == (in_status.kind, in_stream.kind)
    assert "so it is" in str(in_status)
    assert "so it is" in str(in_stream)
